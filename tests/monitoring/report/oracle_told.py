"""What was told to the region, reckoned once more: visits, bottlenecks, time-outs and words.

`report` is everywhere the oracle of the report.
"""

CHOICES = {
    **{f"i{number}-going": ("well", "along", "stuck") for number in (1, 2, 3, 4, 5, 6)},
    "i3-used": ("yes", "sometimes", "no"),
    "i3-effect": ("clear", "some", "none", "unknown"),
    "i1-habit": ("yes", "partly", "no"),
    "i4-in_use": ("yes", "partly", "no"),
}
PARTNERS = ("ggz", "hospital", "social", "municipality", "welfare", "other")
BOTTLENECKS = ("waiting", "communication", "reachability", "criteria", "finance", "ict", "other")
BLOCKS = ("samenvatting", "uitrol", "ervaringen", "meerwaarde", "verzoeken")
YEAR_WITH_WORDS = 2023


def visit_answers(report):
    latest = {}
    for row in sorted(report.region["answers"], key=lambda one: one["date"]):
        if row["practice"] in report.codes and report.first <= row["date"] <= report.last:
            latest[row["practice"], row["question"]] = row["answer"]
    found = []
    for question, choices in CHOICES.items():
        given = [answer for (_, asked), answer in latest.items() if asked == question]
        for answer in choices if given else ():
            row = {"question": question, "answer": answer}
            found.append({**row, "practices": given.count(answer)})
    return found


def bottlenecks(report):
    found = []
    for partner in PARTNERS:
        for kind in BOTTLENECKS:
            rows = []
            for row in report.region["bottlenecks"]:
                gone = row["withdrawn_on"] is not None and row["withdrawn_on"] <= report.last
                known = row["reported_on"] <= report.last and row["practice"] in report.codes
                if known and not gone and (row["partner"], row["kind"]) == (partner, kind):
                    rows.append(row["practice"])
            if rows:
                counts = {"practices": len(set(rows)), "reports": len(rows)}
                found.append({"partner": partner, "kind": kind, **counts})
    return found


def structural(report):
    found = []
    rows = sorted(report.region["structural"], key=lambda row: (row["partner"], row["title"]))
    for one in rows:
        who = {
            row["practice"]
            for row in report.region["bottlenecks"]
            if row["structural"] == one["title"]
            and row["grouped_on"] <= report.last
            and row["practice"] in report.codes
        }
        if one["made_on"] <= report.last and who:
            found.append(
                {
                    "title": one["title"],
                    "partner": one["partner"],
                    "state": one["state"] if one["step_on"] <= report.last else "grouped",
                    "practices": len(who),
                    "doing": "Overleg.",
                }
            )
    return found


def time_outs(report, found):
    """Of the year over the whole region. A number of fewer than ten, or of fewer than three
    practices, is hidden, and so is one that would tell it; what shows is the truth."""
    rows = [
        row
        for row in report.region["time_outs"]
        if row["date"].year == report.year and row["outcome"] != "open"
    ]
    if len({row["practice"] for row in rows}) < 3:
        return None
    groups = {
        name: [row for row in rows if row["outcome"] == name] for name in ("not_sent", "sent")
    }
    groups["decided"] = rows
    small = {
        name
        for name, of in groups.items()
        if len(of) < 10 or len({row["practice"] for row in of}) < 3
    }
    truth = {"practices": len({row["practice"] for row in rows})}
    truth |= {name: len(groups[name]) for name in ("decided", "not_sent")}
    for name in ("decided", "not_sent"):
        if name in small or (small and found[name] is None):
            report.hide(truth, "time_outs", name)
    if small == {"sent"} and None not in truth.values():
        report.hide(truth, "time_outs", "not_sent")
    return truth


def texts(report):
    """Of each block the last that was written, in the order of the report."""
    last = {row["block"]: row["text"] for row in report.region["texts"]}
    rows = [(block, last[block]) for block in BLOCKS if last.get(block)]
    return [
        {"block": block, "text": text} for block, text in rows if report.year == YEAR_WITH_WORDS
    ]


def quotes(report):
    if report.year != YEAR_WITH_WORDS:
        return []
    said = [row for row in report.region["quotes"] if row["answer"] == "yes"]
    said.sort(key=lambda row: (row["block"], row["text"]))
    return [{"block": row["block"], "text": row["text"]} for row in said]


def meeting(report):
    """Of the meeting about the year before, once signed off."""
    for row in report.region["meetings"]:
        if row["year"] == report.year - 1 and row["closed"]:
            return {
                "year": row["year"],
                "held_on": row["held_on"].isoformat(),
                "adjustments": row["adjustments"],
                "agreements": [
                    {
                        **agreed,
                        "due_on": agreed["due_on"] and agreed["due_on"].isoformat(),
                    }
                    for agreed in row["agreements"]
                ],
            }
    return None
