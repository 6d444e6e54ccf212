"""The made-up region as plain values: repeatable, around today, plausible."""

from collections import Counter
from datetime import date

import numpy
import pytest

from monitoring.demo.extracts import counts_of, extracts_of, file_of
from monitoring.demo.names import people_names, practice_names
from monitoring.demo.patients import by_channel, contacts_of, panel_of
from monitoring.demo.programme import progress_of
from monitoring.demo.region import DemoRegion, begun, demo_region
from monitoring.demo.sheets import sheets
from practices.programme_year import is_twelve_months, programme_year
from practices.states import StaffRole

TODAY = date(2026, 11, 21)


def region(practices: int = 40, seed: int = 3, today: date = TODAY) -> DemoRegion:
    return demo_region(practices=practices, seed=seed, today=today)


def test_the_same_seed_and_day_write_the_same_spreadsheets_and_another_seed_does_not() -> None:
    def written(seed: int) -> dict[str, bytes]:
        one = region(practices=6, seed=seed)
        return sheets(one, progress_of(one))

    assert written(3) == written(3)
    assert written(3)["staff.csv"] != written(4)["staff.csv"]


@pytest.mark.parametrize(
    "today", [date(2026, 1, 1), date(2026, 3, 31), date(2028, 2, 29), date(2027, 12, 31)]
)
def test_on_any_day_there_are_practices_before_in_and_after_the_normed_years(today: date) -> None:
    years = Counter(programme_year(one.start, today) for one in region(today=today).practices)

    assert set(years) == {None, 1, 2, 3}


def test_a_practice_stops_and_another_has_a_start_of_its_own() -> None:
    practices = region().practices

    assert [one.index for one in practices if one.stopped_on] == [5]
    assert [one.index for one in practices if one.own_start] == [6, 16, 26, 36]


def test_somebody_works_in_two_practices() -> None:
    works = Counter(one.person for practice in region().practices for one in practice.staff)

    assert [person for person, practices in works.items() if practices > 1] == ["D0001-03"]


def test_every_name_and_address_is_used_once() -> None:
    names = [name for _place, name in zip(range(5_000), people_names(), strict=False)]
    practices = [name for _place, (name, *_) in zip(range(500), practice_names(), strict=False)]

    assert len(set(names)) == 5_000
    assert len(set(practices)) == 500


def test_all_addresses_end_in_a_domain_that_cannot_exist() -> None:
    staff = [one for practice in region().practices for one in practice.staff]

    assert all(one.email.endswith(".example") for one in staff)


def test_nothing_is_dated_after_today() -> None:
    one = region()
    progress = progress_of(one)

    attended = [session.held_on for session in progress.sessions if session.people]
    assert max(attended) <= TODAY
    assert max(session.held_on for session in progress.sessions) > TODAY
    assert max(day for _practice, day, _discussed in progress.visits) <= TODAY
    assert max(answer[2] for answer in progress.answers) <= TODAY


def test_sessions_stay_within_their_capacity_and_are_not_in_weekends() -> None:
    sessions = progress_of(region()).sessions

    limited = [session for session in sessions if session.capacity]
    assert all(len(session.people) <= session.capacity for session in limited)
    weekend = [session for session in sessions if session.held_on.weekday() >= 5]
    assert len(weekend) <= 2


def test_contacts_are_long_tailed_and_a_peak_falls_by_itself() -> None:
    one = region().practices[1]
    panel = panel_of(3, one)
    first, second = (contacts_of(3, one, panel, year) for year in (0, 1))
    high = first >= 30

    assert 0.006 < high.mean() < 0.02
    assert numpy.median(one.start.year - panel.birth_years[high]) > 65
    assert 0.1 < (first == 0).mean() < 0.3
    assert 0.4 < numpy.corrcoef(first, second)[0, 1] < 0.9
    assert second[high].mean() < 0.8 * first[high].mean()


def test_the_channels_add_up_to_the_contacts() -> None:
    one = region().practices[1]
    panel = panel_of(3, one)
    contacts = contacts_of(3, one, panel, 0)

    assert (by_channel(3, one, panel, contacts).sum(axis=1) == contacts).all()


def test_extracts_are_twelve_months_and_over() -> None:
    extracts = list(extracts_of(region()))

    assert all(is_twelve_months(one.period_start, one.period_end) for one in extracts)
    assert max(one.period_end for one in extracts) < TODAY
    assert {one.practice.index for one in extracts} == {one.index for one in begun(region())}


def test_files_come_in_many_shapes_and_repeat_themselves() -> None:
    one = region(practices=10)
    files = {}
    for extract in extracts_of(one):
        panel = panel_of(one.seed, extract.practice)
        name, content = file_of(one, extract, panel, counts_of(one, extract, panel))
        files[extract.practice.index] = name, content[:4]
        if not name.endswith(".xlsx"):
            assert file_of(one, extract, panel, counts_of(one, extract, panel))[1] == content

    assert {name.split(".")[1] for name, _start in files.values()} == {"csv", "txt", "xlsx"}
    assert sum(start.startswith(b"\xef\xbb\xbf") for _name, start in files.values()) == 2


def test_the_first_practice_has_one_of_each_role_that_has_an_account() -> None:
    roles = {one.role for one in region(practices=1).practices[0].staff}

    assert roles == {
        StaffRole.GP_OWNER,
        StaffRole.GP_LOCUM,
        StaffRole.POH,
        StaffRole.ASSISTANT,
        StaffRole.MANAGER,
    }
