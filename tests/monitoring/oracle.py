"""A second, independent reckoning of compliance: plain loops over rows as spreadsheets hold them.

It shares no code with the product, its date arithmetic included, and is written for reading
along with the rules, not for speed. `region` maps the name of each file of a region folder to
its rows: dictionaries with the file's columns, dates as `date` or None, numbers as int, yes/no
as bool. Tables that no region file holds are optional: `totals` (practice, period_start,
period_end, patient, contacts: a patient's row of an uploaded extract) and `norms` (key, cohort
or None, valid_from, value).
"""

import datetime

ONE_DAY = datetime.timedelta(days=1)
DEFAULTS = {
    "high_user_contacts": 30,
    "plans": 5,
    "assistants_percent": 50,
    "professionals_percent": 50,
    "gps_percent": 50,
    "intervision_sessions": 2,
    "course_months_before_start": 12,
    "extract_months_before_start": 3,
    "questionnaire_days": 90,
    "at_risk_days": 90,
    "questionnaire_at_risk_days": 30,
}
GPS = ("gp_owner", "gp_locum")


def shifted(day, months):
    """`day` moved by whole months; steps back to an existing day when the month is shorter."""
    count = day.year * 12 + (day.month - 1) + months
    wanted = day.day
    while True:
        try:
            return datetime.date(count // 12, count % 12 + 1, wanted)
        except ValueError:
            wanted -= 1


def anniversary(day, years):
    return shifted(day, 12 * years)


def serves(row, day):
    return row["from"] <= day and (row["until"] is None or day <= row["until"])


class Oracle:
    def __init__(self, region, practice, as_of):
        self.region = region
        self.practice = practice
        self.code = practice["code"]
        self.today = as_of
        self.start = practice["start"]
        if self.start is None:
            for cohort in region["cohorts"]:
                if cohort["number"] == practice["cohort"]:
                    self.start = cohort["start"]
        self.stopped = practice["stopped_on"]
        if self.stopped is not None and self.stopped > as_of:
            self.stopped = None

    def rows(self, name):
        return [row for row in self.region.get(name, ()) if row["practice"] == self.code]

    def first_day(self, year):
        return anniversary(self.start, year - 1)

    def last_day(self, year):
        return anniversary(self.start, year) - ONE_DAY

    def norm(self, key, year):
        best_rank, best = None, DEFAULTS[key]
        for row in self.region.get("norms", ()):
            if row["key"] != key or row["valid_from"] > self.first_day(year):
                continue
            if row["cohort"] is not None and row["cohort"] != self.practice["cohort"]:
                continue
            rank = (1 if row["cohort"] is not None else 0, row["valid_from"])
            if best_rank is None or rank > best_rank:
                best_rank, best = rank, row["value"]
        return best

    # The day on which an obligation is looked at.

    def given_up(self, year):
        return self.stopped is not None and self.last_day(year) > self.stopped

    def looked_at(self, year):
        if self.stopped is not None and not self.given_up(year):
            return self.stopped
        return self.today

    def exempted(self, intervention, year):
        for row in self.rows("exemptions"):
            concerned = row["intervention"] == intervention and row["programme_year"] == year
            if concerned and row["recorded_on"] <= self.looked_at(year):
                return True
        return False

    # People.

    def in_service(self, person, day):
        return any(row["person"] == person and serves(row, day) for row in self.rows("staff"))

    def group(self, roles, year):
        day = min(self.looked_at(year), self.last_day(year))
        found = set()
        for row in self.rows("staff"):
            if row["role"] in roles and serves(row, day):
                found.add(row["person"])
        return found

    def times_present(self, person, kind, first, last):
        seen = set()
        for session in self.region.get("sessions", ()):
            day = session["date"]
            if session["kind"] != kind or day < first or day > last:
                continue
            for row in self.region.get("attendance", ()):
                listed = row["session"] == session["session"] and row["person"] == person
                if listed and row["attended"] and self.in_service(person, day):
                    seen.add(session["session"])
        return len(seen)

    def share(self, roles, kind, year, first, times, percent):
        last = min(self.last_day(year), self.looked_at(year))
        people = self.group(roles, year)
        reached = 0
        for person in people:
            if self.times_present(person, kind, first, last) >= times:
                reached += 1
        required = 0
        while required * 100 < len(people) * percent:
            required += 1
        return reached, required, len(people) > 0

    # The parts.

    def assistants(self, year):
        first = shifted(self.start, -self.norm("course_months_before_start", year))
        percent = self.norm("assistants_percent", year)
        return self.share(("assistant",), "triage", year, first, 1, percent)

    def professionals(self, year):
        first = shifted(self.start, -self.norm("course_months_before_start", year))
        percent = self.norm("professionals_percent", year)
        return self.share((*GPS, "poh"), "conversation", year, first, 1, percent)

    def gps_twice(self, year):
        times = self.norm("intervision_sessions", year)
        percent = self.norm("gps_percent", year)
        return self.share(GPS, "intervision", year, self.first_day(year), times, percent)

    def extract(self, year):
        first = self.first_day(year)
        if year == 1:
            first = shifted(self.start, -self.norm("extract_months_before_start", year))
        found = 0
        for row in self.rows("extracts"):
            end = row["period_end"]
            if end + ONE_DAY != anniversary(row["period_start"], 1):
                continue
            if first <= end <= self.last_day(year) and end <= self.looked_at(year):
                found = 1
        return found, 1, True

    def stood_on_extract(self, patient, year, threshold):
        for row in self.rows("totals"):
            end = row["period_end"]
            if row["patient"] != patient or row["contacts"] < threshold:
                continue
            if end + ONE_DAY != anniversary(row["period_start"], 1):
                continue
            if end <= self.last_day(year) and end <= self.looked_at(year):
                return True
        return False

    def plans(self, year):
        threshold = self.norm("high_user_contacts", year)
        patients = set()
        for row in self.rows("plans"):
            day = row["drafted_on"]
            if not self.first_day(year) <= day <= self.last_day(year):
                continue
            if day > self.looked_at(year):
                continue
            before = row["contacts_before"]
            named = before is not None and before >= threshold
            if named or self.stood_on_extract(row["patient"], year, threshold):
                patients.add(row["patient"])
        return len(patients), self.norm("plans", year), True

    def visit(self, year):
        found = 0
        for row in self.rows("visits"):
            day = row["date"]
            inside = self.first_day(year) <= day <= self.last_day(year)
            if row["time_out_discussed"] and inside and day <= self.looked_at(year):
                found = 1
        return found, 1, True

    def schedule(self, year):
        found = 0
        for row in self.rows("schedules"):
            day = row["in_use_from"]
            if day is not None and day <= self.last_day(year) and day <= self.looked_at(year):
                found = 1
        return found, 1, True

    def questionnaire(self, year):
        found = 0
        for row in self.rows("questionnaires"):
            if row["programme_year"] == year and row["answered_on"] <= self.looked_at(year):
                found = 1
        return found, 1, True

    def part(self, name, intervention, year):
        achieved, required, applies = getattr(self, name)(year)
        day = self.looked_at(year)
        opens, deadline = self.first_day(year), self.last_day(year)
        warning = self.norm("at_risk_days", year)
        if name == "questionnaire":
            opens = deadline + ONE_DAY
            deadline += datetime.timedelta(days=self.norm("questionnaire_days", year))
            warning = self.norm("questionnaire_at_risk_days", year)
        if day < opens:
            status = "not_due"
        elif self.given_up(year) or self.exempted(intervention, year):
            achieved, required, status = 0, 0, "not_applicable"
        elif not applies:
            status = "not_applicable"
        elif achieved >= required:
            status = "met"
        elif day > deadline:
            status = "missed"
        elif day + datetime.timedelta(days=warning) >= deadline:
            status = "at_risk"
        else:
            status = "on_track"
        return {"name": name, "achieved": achieved, "required": required, "status": status}

    def obligation(self, intervention, year, names):
        parts = [self.part(name, intervention, year) for name in names]
        counting = [p["status"] for p in parts if p["status"] not in ("not_due", "not_applicable")]
        if self.looked_at(year) < self.first_day(year):
            status = "not_due"
        elif not counting:
            status = "not_applicable"
        elif all(status == "met" for status in counting):
            status = "met"
        elif "missed" in counting:
            status = "missed"
        elif "at_risk" in counting:
            status = "at_risk"
        else:
            status = "on_track"
        return {
            "intervention": intervention,
            "programme_year": year,
            "status": status,
            "deadline": self.last_day(year).isoformat(),
            "parts": parts,
        }

    def answer(self):
        year, ends = None, None
        if self.today >= self.start:
            year = 1
            while self.last_day(year) < self.today:
                year += 1
            ends = self.last_day(year).isoformat()
        return {
            "code": self.code,
            "programme_year": year,
            "year_ends": ends,
            "obligations": [
                self.obligation(1, 1, ("extract", "plans", "questionnaire")),
                self.obligation(1, 2, ("extract", "plans", "questionnaire")),
                self.obligation(2, 1, ("assistants",)),
                self.obligation(3, 1, ("visit",)),
                self.obligation(4, 1, ("schedule", "questionnaire")),
                self.obligation(5, 1, ("professionals",)),
                self.obligation(6, 1, ("gps_twice",)),
                self.obligation(6, 2, ("gps_twice",)),
            ],
        }


def compliance(region, as_of):
    """The answer that the `compliance` command must give for a region on a day."""
    practices = sorted(region["practices"], key=lambda row: row["code"])
    return {
        "as_of": as_of.isoformat(),
        "practices": [Oracle(region, practice, as_of).answer() for practice in practices],
    }
