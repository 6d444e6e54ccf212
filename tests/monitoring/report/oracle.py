"""A second, independent reckoning of the report: plain loops over the rows of a region.

It shares no code with the product. Obligations come from the oracle of compliance.
"""

import datetime
import functools
import math
from decimal import Decimal

from tests.monitoring.oracle import Oracle, anniversary, compliance, serves

DAY = datetime.timedelta(days=1)
KINDS = ("triage", "conversation", "intervision", "information", "question_hour")
STATUSES = ("met", "on_track", "at_risk", "missed", "not_due", "not_applicable")


Z = 1.959963984540054
CHOICES = {
    **{f"i{number}-going": ("well", "along", "stuck") for number in (1, 2, 3, 4, 5, 6)},
    "i3-used": ("yes", "sometimes", "no"),
    "i3-effect": ("clear", "some", "none", "unknown"),
    "i1-habit": ("yes", "partly", "no"),
    "i4-in_use": ("yes", "partly", "no"),
}
PARTNERS = ("ggz", "hospital", "social", "municipality", "welfare", "other")
BOTTLENECKS = ("waiting", "communication", "reachability", "criteria", "finance", "ict", "other")
REASONS = (
    "no_panel",
    "no_tariff",
    "not_begun",
    "stopped",
    "other_preferred",
    "leading_not_listed",
    "not_listed",
)


@functools.cache
def poisson(events):
    """Exact limits of a count, by halving; None has no such count."""

    def below(count, mean):
        """P(X <= count)."""
        if count < 0:
            return 0.0
        if mean == 0:
            return 1.0
        logs = [k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count + 1)]
        return math.fsum(math.exp(one) for one in logs)

    def halved(fits):
        low, high = 0.0, events * 2 + 20.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(middle) else (low, middle)
        return low

    lower = halved(lambda mean: 1 - below(events - 1, mean) < 0.025) if events else 0.0
    return lower, halved(lambda mean: below(events, mean) > 0.025)


class ReportOracle:
    def __init__(self, region, year, insurer):
        self.region, self.year, self.insurer = region, year, insurer
        self.first = datetime.date(year, 1, 1)
        self.last = datetime.date(year, 12, 31)
        self.starts = {}
        for row in region["practices"]:
            start = row["start"]
            for cohort in region["cohorts"]:
                if start is None and cohort["number"] == row["cohort"]:
                    start = cohort["start"]
            self.starts[row["code"]] = start
        self.begun = [r for r in region["practices"] if self.starts[r["code"]] <= self.last]
        self.codes = {row["code"] for row in self.begun}
        answers = compliance(region, self.last)["practices"]
        self.standings = [one for one in answers if one["code"] in self.codes]
        self.suppressed = set()

    def gone(self, row):
        return row["stopped_on"] is not None and row["stopped_on"] <= self.last

    def cohorts(self):
        found = []
        for cohort in sorted(self.region["cohorts"], key=lambda row: row["number"]):
            rows = [r for r in self.region["practices"] if r["cohort"] == cohort["number"]]
            if not rows:
                continue
            begun = [row for row in rows if row["code"] in self.codes]
            figures = {"number": cohort["number"], "start": cohort["start"].isoformat()}
            for step in ("invited", "information", "enrolled", "requested"):
                days = [row[f"{step}_on"] for row in rows]
                figures[step] = len([d for d in days if d is not None and d <= self.last])
            figures["begun"] = len(begun)
            figures["stopped"] = len([row for row in begun if self.gone(row)])
            steps = ("invited", "information", "enrolled", "requested", "begun", "stopped")
            if any(figures[step] for step in steps):
                found.append(figures)
        return found

    def obligations(self):
        found = []
        places = [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (6, 2)]
        for intervention, year in places:
            counts = dict.fromkeys(STATUSES, 0)
            for standing in self.standings:
                for one in standing["obligations"]:
                    if (one["intervention"], one["programme_year"]) == (intervention, year):
                        counts[one["status"]] += 1
            outside = counts["not_due"] + counts["not_applicable"]
            found.append(
                {
                    "intervention": intervention,
                    "programme_year": year,
                    "applicable": len(self.standings) - outside,
                    **counts,
                }
            )
        return found

    def extract_year(self, year):
        number, latest = 0, {}
        for row in self.region["extracts"]:
            end = row["period_end"]
            if end.year != year or self.starts[row["practice"]] > datetime.date(year, 12, 31):
                continue
            if anniversary(row["period_start"], 1) - DAY != end:
                continue
            number += 1
            if row["practice"] not in latest or end > latest[row["practice"]]["period_end"]:
                latest[row["practice"]] = row
        total = {"patients": 0, "contacts": 0, "high_users": 0}
        for row in latest.values():
            for name in total:
                total[name] += row[name]
        figures = {"year": year, "number": number, "practices": len(latest), **total}
        path = "extracts" if year == self.year else f"earlier_extracts.{year}"
        others = total["patients"] - total["high_users"]
        if not latest:
            return figures
        if total["patients"] < 10:
            self.hide(figures, path, "patients")
            self.hide(figures, path, "contacts")
        if total["high_users"] < 10 or 0 < others < 10:
            self.hide(figures, path, "high_users")
        return figures

    def hide(self, figures, path, name):
        figures[name] = None
        self.suppressed.add(f"{path}.{name}")

    def earlier(self):
        years = [self.extract_year(year) for year in range(self.year - 3, self.year)]
        return [one for one in years if one["number"]]

    def sessions(self):
        found = []
        for kind in KINDS:
            held, seen, people, practices = 0, set(), set(), set()
            for session in self.region["sessions"]:
                if session["kind"] != kind or not self.first <= session["date"] <= self.last:
                    continue
                held += 1
                for row in self.region["attendance"]:
                    if row["session"] != session["session"] or not row["attended"]:
                        continue
                    for work in self.region["staff"]:
                        if work["person"] != row["person"] or work["practice"] not in self.codes:
                            continue
                        if serves(work, session["date"]):
                            seen.add((session["session"], row["person"]))
                            people.add(row["person"])
                            practices.add(work["practice"])
            found.append(
                {
                    "kind": kind,
                    "sessions": held,
                    "attendances": len(seen),
                    "people": len(people),
                    "practices": len(practices),
                }
            )
        return found

    def questionnaire_statuses(self, year):
        """Per practice of which it is asked: the set of statuses it has."""
        found = []
        for standing in self.standings:
            statuses = set()
            for one in standing["obligations"]:
                for part in one["parts"]:
                    if part["name"] == "questionnaire" and one["programme_year"] == year:
                        statuses.add(part["status"])
            statuses -= {"not_due", "not_applicable"}
            if statuses:
                found.append(statuses)
        return found

    def questionnaires(self):
        found = []
        for year in (1, 2):
            rows = [
                row
                for row in self.region["questionnaires"]
                if row["practice"] in self.codes
                and row["programme_year"] == year
                and row["answered_on"] <= self.last
            ]
            figures = {"programme_year": year, "due": len(self.questionnaire_statuses(year))}
            figures["answered"] = len(rows)
            for name in ("plans_made", "lasting_habit", "flexible_in_use"):
                figures[name] = len([row for row in rows if row[name]])
            found.append(figures)
        return found

    def panel(self, code, quarter):
        for row in self.region["panels"]:
            if (row["practice"], row["quarter"], row["insurer"]) == (code, quarter, self.insurer):
                return row["patients"]
        return 0

    def on_list(self, code, day):
        return any(
            row["practice"] == code and row["insurer"] == self.insurer and serves(row, day)
            for row in self.region["regional_fee"]
        )

    def has_list(self):
        for row in self.region["regional_fee"]:
            begins = row["insurer"] == self.insurer and row["from"] <= self.last
            if begins and (row["until"] is None or row["until"] >= self.first):
                return True
        return False

    def quarters(self):
        panels, fees = [], []
        for number, month in enumerate((1, 4, 7, 10), start=1):
            day, quarter = datetime.date(self.year, month, 1), f"{self.year}Q{number}"
            inside, listed = set(), set()
            for row in self.begun:
                if self.starts[row["code"]] <= day and (
                    row["stopped_on"] is None or row["stopped_on"] >= day
                ):
                    inside.add(row["code"])
            for row in self.region["practices"]:
                if self.on_list(row["code"], day):
                    listed.add(row["code"])
            panel = self.group("panels", quarter, inside)
            fee = self.group("regional_fee", quarter, listed)
            if self.has_list():
                if fee["patients"] is None:
                    fee["amount"] = None
                    self.suppressed.add(f"regional_fee.{quarter}.amount")
                else:
                    fee["amount"] = f"{Decimal(fee['patients']) / 2:.2f}"
                fees.append(fee)
                self.hide_difference(panel, fee, quarter, inside, listed)
            else:
                self.suppressed.discard(f"regional_fee.{quarter}.patients")
            panels.append(panel)
        return panels, fees

    def group(self, name, quarter, codes):
        patients = sum(self.panel(code, quarter) for code in codes)
        figures = {"quarter": quarter, "practices": len(codes), "patients": patients}
        if codes and patients < 10:
            self.hide(figures, f"{name}.{quarter}", "patients")
        return figures

    def hide_difference(self, panel, fee, quarter, inside, listed):
        """One list within the other: what is left over may not be a small figure."""
        if panel["patients"] is None or fee["patients"] is None or not inside & listed:
            return
        if inside <= listed or listed <= inside:
            rest = sum(self.panel(code, quarter) for code in inside ^ listed)
            if 0 < rest < 10:
                self.hide(panel, f"panels.{quarter}", "patients")

    def indicators(self):
        found = {}
        for row in self.region["indicators"]:
            if not self.year - 3 <= row["year"] <= self.year:
                continue
            name = row["indicator"]
            value, top, bottom = None, Decimal(row["numerator"]), Decimal(row["denominator"])
            counted = [top, bottom]
            if name == "consultations":
                counted = [bottom]
            if name == "waiting_time":
                counted = []
            if bottom and any(0 < number < 10 for number in counted):
                self.suppressed.add(f"indicators.{name}.{row['year']}.value")
            elif bottom:
                value = str((top / bottom).quantize(Decimal("0.0001")))
            national = row["national"]
            national = None if national is None else f"{Decimal(str(national)):.4f}"
            limits = (None, None, "")
            if value is not None and name != "waiting_time":
                low, high = poisson(int(top))
                limits = (f"{low / int(bottom):.4f}", f"{high / int(bottom):.4f}", "rate")
            found.setdefault(name, []).append((row["year"], value, national, *limits))
        return found

    def visit_answers(self):
        latest = {}
        for row in sorted(self.region["answers"], key=lambda one: one["date"]):
            if row["practice"] in self.codes and self.first <= row["date"] <= self.last:
                latest[row["practice"], row["question"]] = row["answer"]
        found = []
        for question, choices in CHOICES.items():
            given = [answer for (_, asked), answer in latest.items() if asked == question]
            for answer in choices if given else ():
                row = {"question": question, "answer": answer}
                found.append({**row, "practices": given.count(answer)})
        return found

    def bottlenecks(self):
        found = []
        for partner in PARTNERS:
            for kind in BOTTLENECKS:
                rows = []
                for row in self.region["bottlenecks"]:
                    gone = row["withdrawn_on"] is not None and row["withdrawn_on"] <= self.last
                    known = row["reported_on"] <= self.last and row["practice"] in self.codes
                    if known and not gone and (row["partner"], row["kind"]) == (partner, kind):
                        rows.append(row["practice"])
                if rows:
                    counts = {"practices": len(set(rows)), "reports": len(rows)}
                    found.append({"partner": partner, "kind": kind, **counts})
        return found

    def structural(self):
        found = []
        for one in sorted(
            self.region["structural"], key=lambda row: (row["partner"], row["title"])
        ):
            who = {
                row["practice"]
                for row in self.region["bottlenecks"]
                if row["structural"] == one["title"]
                and row["grouped_on"] <= self.last
                and row["practice"] in self.codes
            }
            if one["made_on"] <= self.last and who:
                found.append(
                    {
                        "title": one["title"],
                        "partner": one["partner"],
                        "state": one["state"] if one["step_on"] <= self.last else "grouped",
                        "practices": len(who),
                        "doing": "Overleg.",
                    }
                )
        return found

    def programme_fee(self, panels):
        found = []
        for panel, month in zip(panels, (1, 4, 7, 10), strict=True):
            day, tariff = datetime.date(self.year, month, 1), None
            for whose in (None, self.insurer):
                for row in self.region["tariffs"]:
                    if row["insurer"] == whose and serves(row, day):
                        tariff = row["amount"]
            amount, path = None, f"programme_fee.{panel['quarter']}"
            if panel["patients"] is None:
                self.suppressed.add(f"{path}.patients")
                if tariff is not None:
                    self.suppressed.add(f"{path}.amount")
            elif tariff is not None:
                amount = f"{panel['patients'] * Decimal(tariff):.2f}"
            found.append({**panel, "tariff": tariff, "amount": amount})
        return found

    def not_accounted(self):
        """For VGZ, the one with the list; the regional fee has no gap in its tariff here."""
        if not self.has_list():
            return []
        days = [datetime.date(self.year, month, 1) for month in (1, 4, 7, 10)]
        on_some = {
            row["code"]
            for row in self.region["practices"]
            if any(self.on_list(row["code"], day) for day in days)
        }
        found = {}
        for row in self.region["practices"]:
            code = row["code"]
            if code not in self.codes | on_some:
                continue
            for number, day in enumerate(days, start=1):
                panels = [
                    one
                    for one in self.region["panels"]
                    if one["practice"] == code
                    and one["quarter"] == f"{self.year}Q{number}"
                    and one["insurer"] == self.insurer
                ]
                if self.on_list(code, day):
                    reason = None if panels else "no_panel"
                elif self.starts[code] > day:
                    reason = "not_begun"
                elif row["stopped_on"] is not None and row["stopped_on"] < day:
                    reason = "stopped"
                else:
                    reason = "not_listed" if self.insurer == "VGZ" else "other_preferred"
                if reason:
                    found.setdefault(reason, []).append(code)
        return [
            {"reason": one, "practices": len(set(found[one])), "quarters": len(found[one])}
            for one in REASONS
            if one in found
        ]

    def quality(self):
        going_on = [row for row in self.begun if not self.gone(row)]
        codes = [row["code"] for row in going_on]

        def without(name, fits):
            rows = self.region[name]
            return len([c for c in codes if not any(r["practice"] == c and fits(r) for r in rows)])

        in_year = [
            row
            for row in self.region["extracts"]
            if row["practice"] in self.codes and row["period_end"].year == self.year
        ]
        full = [r for r in in_year if anniversary(r["period_start"], 1) - DAY == r["period_end"]]
        held = [s for s in self.region["sessions"] if self.first <= s["date"] <= self.last]
        listed = {row["session"] for row in self.region["attendance"]}
        asked = self.questionnaire_statuses(1) + self.questionnaire_statuses(2)
        known = {
            row["indicator"].split(":")[0]
            for row in self.region["indicators"]
            if row["year"] == self.year and row["denominator"]
        }
        return {
            "no_staff": (without("staff", lambda r: serves(r, self.last)), len(codes)),
            "no_panel": (
                without(
                    "panels",
                    lambda r: (r["quarter"], r["insurer"]) == (f"{self.year}Q4", self.insurer),
                ),
                len(codes),
            ),
            "no_extract": (without("extracts", lambda r: r in full), len(codes)),
            "no_visit": (without("visits", lambda r: r["date"].year == self.year), len(codes)),
            "other_length": (len(in_year) - len(full), len(in_year)),
            "no_attendance": (len([s for s in held if s["session"] not in listed]), len(held)),
            "open_questionnaires": (len([s for s in asked if "met" not in s]), len(asked)),
            "no_indicator": (7 - len(known), 7),
        }

    def met(self, standings):
        places = [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (6, 2)]
        found = []
        for intervention, year in places:
            met = counting = 0
            for standing in standings:
                for one in standing["obligations"]:
                    if (one["intervention"], one["programme_year"]) == (intervention, year):
                        met += one["status"] == "met"
                        counting += one["status"] not in ("not_due", "not_applicable")
            duty = {"intervention": intervention, "programme_year": year}
            found.append({**duty, "met": met, "applicable": counting})
        return found

    def plans(self, practice):
        """Those that count, of the programme years that the practice had begun."""
        asked = Oracle(self.region, practice, self.last)
        begun = asked.answer()["programme_year"] or 0
        return sum(asked.plans(year)[0] for year in (1, 2) if year <= begun)

    def by_cohort(self):
        found = []
        for number in sorted({row["cohort"] for row in self.begun}):
            rows = [row for row in self.begun if row["cohort"] == number]
            codes = {row["code"] for row in rows}
            own = [one for one in self.standings if one["code"] in codes]
            found.append(
                {
                    "number": number,
                    "practices": len(rows),
                    "stopped": len([row for row in rows if self.gone(row)]),
                    "plans": sum(self.plans(row) for row in rows),
                    "obligations": self.met(own),
                }
            )
        return found

    def last_year(self):
        before = ReportOracle(self.region, self.year - 1, self.insurer)
        if not before.begun:
            return None
        return {
            "year": before.year,
            "sha256": "",
            "practices": len(before.begun),
            "stopped": len([row for row in before.begun if before.gone(row)]),
            "obligations": before.met(before.standings),
            "sessions": before.sessions(),
            "questionnaires": before.questionnaires(),
        }

    def visits(self):
        going_on = {row["code"] for row in self.begun if not self.gone(row)}
        in_year = [
            row
            for row in self.region["visits"]
            if row["practice"] in self.codes and row["date"].year == self.year
        ]
        seen = {row["practice"] for row in in_year} & going_on
        spoken = {row["practice"] for row in in_year if row["time_out_discussed"]} & going_on
        return {
            "visits": len(in_year),
            "practices": len(seen),
            "time_out": len(spoken),
            "of": len(going_on),
        }

    def answer(self):
        extracts, earlier = self.extract_year(self.year), self.earlier()
        panels, fees = self.quarters()
        programme_fee = self.programme_fee(panels)
        indicators = self.indicators()
        return {
            "year": self.year,
            "insurer": self.insurer,
            "as_of": self.last.isoformat(),
            "practices": len(self.begun),
            "stopped": len([row for row in self.begun if self.gone(row)]),
            "cohorts": self.cohorts(),
            "obligations": self.obligations(),
            "extracts": extracts,
            "earlier_extracts": earlier,
            "sessions": self.sessions(),
            "questionnaires": self.questionnaires(),
            "panels": panels,
            "regional_fee": fees,
            "indicators": indicators,
            "quality": self.quality(),
            "suppressed": self.suppressed,
            "by_cohort": self.by_cohort(),
            "last_year": self.last_year(),
            "visits": self.visits(),
            "time_outs": None,
            "bottlenecks": self.bottlenecks(),
            "structural": self.structural(),
            "programme_fee": programme_fee,
            "fee_tariffs": [{"quarter": f"{self.year}Q{n}", "amount": "0.50"} for n in (1, 2, 3, 4)]
            if self.has_list()
            else [],
            "not_accounted": self.not_accounted(),
            "visit_answers": self.visit_answers(),
        }
