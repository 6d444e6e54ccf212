"""What a week comes to, counted place by place in plain loops; shares no code with the product."""

from typing import Any

LASTING = {"telephone": 0, "visits": 0}
IN_PRACTICE = ("consultations", "urgent", "walk_in", "email")


def counted(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as a practice types them: who, weekday, begins, ends, kind, minutes, places."""
    seats = [(row["kind"], row["minutes"]) for row in rows for _seat in range(seats_of(row))]
    lengths: dict[int, int] = {}
    for _kind, length in seats:
        lengths[length] = lengths.get(length, 0) + 1
    lasting = dict(LASTING)
    for row in rows:
        if row["kind"] in lasting:
            lasting[row["kind"]] += row["ends"] - row["begins"]
    minutes = sum(length for _kind, length in seats)
    urgent = [length for kind, length in seats if kind == "urgent"]
    return {
        "by_length": lengths,
        "face_to_face": minutes,
        "average": minutes / len(seats) if seats else None,
        "urgent": (len(urgent), sum(urgent)),
        "telephone": lasting["telephone"],
        "visits": lasting["visits"],
        "places": len(seats),
    }


def seats_of(row: dict[str, Any]) -> int:
    """As many as fit one after another, unless it is said how many; by e-mail only when said."""
    if row["kind"] not in IN_PRACTICE or not row["minutes"]:
        return 0
    if row["places"] is not None:
        return int(row["places"])
    if row["kind"] == "email":
        return 0
    seats, at = 0, row["begins"]
    while at + row["minutes"] <= row["ends"]:
        seats += 1
        at += row["minutes"]
    return seats
