"""A second reckoning of the regional fee: plain loops over the rows of a region, hiding nothing.

It shares no code with the product.
"""

import datetime
from decimal import Decimal

LEADING = "VGZ"
FEE = Decimal("0.50")


class FeeOracle:
    def __init__(self, region, year, insurer, today):
        self.region, self.year, self.insurer, self.today = region, year, insurer, today
        self.days = {f"{year}Q{n + 1}": datetime.date(year, 3 * n + 1, 1) for n in range(4)}
        cohorts = {row["number"]: row["start"] for row in region["cohorts"]}
        self.practices = {row["code"]: row for row in region["practices"]}
        self.starts = {
            code: row["start"] or cohorts[row["cohort"]] for code, row in self.practices.items()
        }

    def on_list(self, code, insurer, day):
        for row in self.region["regional_fee"]:
            if row["practice"] != code or row["insurer"] != insurer or row["from"] > day:
                continue
            if row["until"] is None or row["until"] >= day:
                return True
        return False

    def takes_part(self, code, day):
        stopped = self.practices[code]["stopped_on"]
        return self.starts[code] <= day and (stopped is None or stopped >= day)

    def patients(self, code, quarter):
        for row in self.region["panels"]:
            same = row["practice"] == code and row["quarter"] == quarter
            if same and row["insurer"] == self.insurer:
                return row["patients"]
        return None

    def reason(self, code, quarter):
        """Why nothing is accounted for; None with an amount."""
        day = self.days[quarter]
        listed = self.on_list(code, self.insurer, day)
        if listed and self.patients(code, quarter) is not None:
            return None
        if day > self.today:
            return "not_yet"
        if listed:
            return "no_panel"
        if self.starts[code] > day:
            return "not_begun"
        if not self.takes_part(code, day):
            return "stopped"
        if self.insurer != LEADING:
            if self.practices[code].get("preferred_insurer") != LEADING:
                return "other_preferred"
            if not self.on_list(code, LEADING, day):
                return "leading_not_listed"
        return "not_listed"

    def amount(self, code, quarter):
        if self.reason(code, quarter) is not None:
            return None
        return self.patients(code, quarter) * FEE

    def doubt(self, code, quarter):
        """What does not fit a quarter that is accounted for."""
        if self.reason(code, quarter) is not None:
            return None
        day = self.days[quarter]
        if self.starts[code] > day:
            return "listed_not_begun"
        if not self.takes_part(code, day):
            return "listed_stopped"
        follows = self.insurer != LEADING
        if follows and self.practices[code].get("preferred_insurer") != LEADING:
            return "listed_other_preferred"
        if follows and not self.on_list(code, LEADING, day):
            return "listed_leading_not"
        return None

    def shown(self):
        """The practices that have a row: begun by the end of the year, or on the list in it."""
        last = datetime.date(self.year, 12, 31)
        return {
            code
            for code in self.practices
            if self.starts[code] <= last
            or any(self.on_list(code, self.insurer, day) for day in self.days.values())
        }

    def total(self, quarter):
        """Practices on the list with their patients; those that take part without being on it."""
        day = self.days[quarter]
        listed = [c for c in self.practices if self.on_list(c, self.insurer, day)]
        part = [c for c in self.practices if self.takes_part(c, day)]
        rest = [c for c in part if c not in listed]

        def count(codes):
            return sum(self.patients(code, quarter) or 0 for code in codes)

        return {
            "practices": len(listed),
            "patients": count(listed),
            "amount": count(listed) * FEE,
            "taking_part": len(part),
            "panel": count(part),
            "unlisted": len(rest),
            "unlisted_patients": count(rest),
        }
