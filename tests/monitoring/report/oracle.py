"""A second, independent reckoning of the report: plain loops over the rows of a region.

It shares no code with the product. Obligations come from the oracle of compliance.
"""

import datetime
from decimal import Decimal

from tests.monitoring.oracle import DEFAULTS, Oracle, anniversary, compliance, serves
from tests.monitoring.report import oracle_indicators, oracle_told

DAY = datetime.timedelta(days=1)
KINDS = ("triage", "conversation", "intervision", "information", "question_hour")
PLACES = [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (6, 2)]
STATUSES = ("met", "on_track", "at_risk", "missed", "not_due", "not_applicable")
REASONS = (
    "no_panel",
    "no_tariff",
    "not_begun",
    "stopped",
    "other_preferred",
    "leading_not_listed",
    "not_listed",
)
TOLD = ("visit_answers", "bottlenecks", "structural", "texts", "quotes", "meeting")
SENTENCES = {
    "extract": "Een uitdraai over 12 maanden van patiënten met {high_user_contacts} of meer "
    "contacten",
    "plans": "Een plan voor minimaal {plans} patiënten",
    "visit": "Time-out besproken bij een bezoek in dit programmajaar",
    "schedule": "Een vorm van flexibele consultduur in gebruik",
    "assistants": "Minimaal {assistants_percent} van de assistenten volgde een training",
    "professionals": "Minimaal {professionals_percent} van de huisartsen en POH's samen deed mee",
    "gps_twice": "Minimaal {gps_percent} van de huisartsen deed mee aan {intervision_sessions} "
    "bijeenkomsten",
    "questionnaire": "Ingevuld binnen {questionnaire_days} dagen na het programmajaar",
}
PARTS = {
    1: ("extract", "plans", "questionnaire"),
    2: ("assistants",),
    3: ("visit",),
    4: ("schedule", "questionnaire"),
    5: ("professionals",),
    6: ("gps_twice",),
}


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
            figures = {name: cohort[name] for name in ("number", "name")}
            figures["start"] = cohort["start"].isoformat()
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
        for intervention, year in PLACES:
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
                    "definitions": self.definitions(intervention, year),
                }
            )
        return found

    def definitions(self, intervention, year):
        """In words what is asked of the practices; of each norm that holds for one of them."""
        found = []
        for part in PARTS[intervention]:
            said = {self.sentence(part, row, year) for row in self.begun}
            nobody = {"cohort": None, "code": "", "start": self.last, "stopped_on": None}
            bare = {name: rows for name, rows in self.region.items() if name != "norms"}
            said = said or {self.sentence(part, nobody, year, bare)}
            found.append(" / ".join(sorted(said)))
        return found

    def sentence(self, part, row, year, region=None):
        asked = Oracle(region or self.region, row, self.last)
        norms = {}
        for key in DEFAULTS:
            value = asked.norm(key, year)
            half = "de helft" if value == 50 else f"{value}%"
            norms[key] = half if key.endswith("percent") else value
        return SENTENCES[part].format(**norms)

    def counting(self, year):
        """Extracts of twelve months of the practices that had begun by the end of the year."""
        return [
            row
            for row in self.region["extracts"]
            if row["period_end"].year == year
            and self.starts[row["practice"]] <= datetime.date(year, 12, 31)
            and anniversary(row["period_start"], 1) - DAY == row["period_end"]
        ]

    def latest(self, year):
        """Of each practice."""
        found = {}
        for row in sorted(self.counting(year), key=lambda one: one["period_end"]):
            found[row["practice"]] = row
        return found

    def extract_year(self, year):
        number, latest = len(self.counting(year)), self.latest(year)
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
                fee["amount"] = None
                if fee["patients"] is None and self.fee_tariff(day) is not None:
                    self.suppressed.add(f"regional_fee.{quarter}.amount")
                if fee["patients"] is not None:
                    fee["amount"] = times(fee["patients"], self.fee_tariff(day))
                fees.append(fee)
                self.hide_difference(panel, fee, quarter, inside, listed)
            else:
                self.suppressed.discard(f"regional_fee.{quarter}.patients")
            panels.append(panel)
        return panels, fees

    def fee_tariff(self, day):
        """For all insurers alike; as it is shipped, unless the region has its own rows."""
        rows = self.region.get("fee_tariffs", [{"from": day, "until": None, "amount": "0.50"}])
        return next((row["amount"] for row in rows if serves(row, day)), None)

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
        """Quarters without an amount, for the first reason that fits."""
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
                    without = None if self.fee_tariff(day) else "no_tariff"
                    reason = without if panels else "no_panel"
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
        found = {
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
        return [{"item": item, "number": number, "of": of} for item, (number, of) in found.items()]

    def met(self, standings):
        found = []
        for intervention, year in PLACES:
            met = counting = 0
            for standing in standings:
                for one in standing["obligations"]:
                    if (one["intervention"], one["programme_year"]) == (intervention, year):
                        met += one["status"] == "met"
                        counting += one["status"] not in ("not_due", "not_applicable")
            duty = {"intervention": intervention, "programme_year": year}
            found.append({**duty, "met": met, "applicable": counting})
        return found

    def plans(self, practices):
        """Those that count, of the programme years that practices had begun."""
        found = []
        for year in (1, 2):
            figures = {"programme_year": year, "practices": 0, "plans": 0}
            for practice in practices:
                asked = Oracle(self.region, practice, self.last)
                if (asked.answer()["programme_year"] or 0) >= year:
                    figures["practices"] += 1
                    figures["plans"] += asked.plans(year)[0]
            found.append(figures)
        return found

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
                    "name": next(
                        one["name"] for one in self.region["cohorts"] if one["number"] == number
                    ),
                    "plans": sum(one["plans"] for one in self.plans(rows)),
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
            "plans": before.plans(before.begun),
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

    def appendix(self, found):
        """The practices one by one. Of patients it hides more than what is small itself: here what
        shows is the truth, and what is small does not show."""
        rows = []
        latest = self.latest(self.year)
        for row, standing in zip(self.begun, self.standings, strict=True):
            code = row["code"]
            told = next(one for one in found if one["code"] == code)
            extract = latest.get(code)
            figures = {name: row[name] for name in ("code", "name", "city", "cohort")}
            figures |= {
                "start": self.starts[code].isoformat(),
                "stopped_on": row["stopped_on"] and row["stopped_on"].isoformat(),
                "programme_year": standing["programme_year"],
                "obligations": [
                    {name: one[name] for name in one if name != "deadline"}
                    for one in standing["obligations"]
                ],
                "extract_until": extract and extract["period_end"].isoformat(),
                "patients": extract and extract["patients"],
                "high_users": extract and extract["high_users"],
            }
            if extract:
                small = {name for name in ("patients", "high_users") if extract[name] < 10}
                if 0 < extract["patients"] - extract["high_users"] < 10:
                    small |= {"high_users"} if told["patients"] is not None else {"patients"}
                for name in ("patients", "high_users"):
                    if name in small or told[name] is None:
                        self.hide(figures, f"appendix.{code}", name)
            rows.append(figures)
        return rows

    def hidden_with(self, figures, path, found):
        """With practices beside it a total may be hidden for them; what shows is the truth."""
        for name in ("patients", "contacts", "high_users"):
            if found[name] is None:
                self.hide(figures, path, name)
        return figures

    def answer(self, found, *, appendix):
        """The whole value. `found` tells, where the appendix or time-outs hide more than what is
        small, which figures were hidden: those are judged and not reckoned."""
        rows = self.appendix(found["appendix"]) if appendix else None
        extracts, earlier = self.extract_year(self.year), self.earlier()
        if appendix:
            extracts = self.hidden_with(extracts, "extracts", found["extracts"])
        panels, fees = self.quarters()
        programme_fee = self.programme_fee(panels)
        told = [path for path in found["suppressed"] if path.startswith("indicators.")]
        indicators, hidden = oracle_indicators.indicators(self.region, self.year, told)
        self.suppressed |= hidden
        return {
            **{name: getattr(oracle_told, name)(self) for name in TOLD},
            "year": self.year,
            "insurer": self.insurer,
            "as_of": self.last.isoformat(),
            "practices": len(self.begun),
            "stopped": len([row for row in self.begun if self.gone(row)]),
            "cohorts": self.cohorts(),
            "obligations": self.obligations(),
            "extracts": extracts,
            "earlier_extracts": earlier,
            "plans": self.plans(self.begun),
            "sessions": self.sessions(),
            "questionnaires": self.questionnaires(),
            "panels": panels,
            "regional_fee": fees,
            "indicators": indicators,
            "quality": self.quality(),
            "appendix": rows,
            "by_cohort": self.by_cohort(),
            "last_year": self.last_year(),
            "visits": self.visits(),
            "time_outs": oracle_told.time_outs(self, found["time_outs"]),
            "correction": None,
            "programme_fee": programme_fee,
            "fee_tariffs": self.fee_tariffs() if self.has_list() else [],
            "not_accounted": self.not_accounted(),
            "suppressed": sorted(self.suppressed),
        }

    def fee_tariffs(self):
        return [
            {
                "quarter": f"{self.year}Q{number}",
                "amount": self.fee_tariff(datetime.date(self.year, 3 * number - 2, 1)),
            }
            for number in (1, 2, 3, 4)
        ]


def times(patients, tariff):
    return None if tariff is None else f"{patients * Decimal(tariff):.2f}"
