"""Month ends, on which a course of statuses is taken: pure."""

from datetime import date, timedelta

from practices.programme_year import add_months


def month_ends(first: date, last: date) -> list[date]:
    """The last day of every month from that of `first` on, and at the end `last` itself.

    `last` stands for its own month: [31 January, 28 February, 12 March].
    """
    ends = []
    month = first.replace(day=1)
    while (end := add_months(month, 1) - timedelta(days=1)) < last:
        ends.append(end)
        month = add_months(month, 1)
    return [*ends, last] if month <= last else ends
