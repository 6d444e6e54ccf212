"""What of an extract reaches the database, and what never does."""

import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction

from highusers import rows
from highusers.imports.definitions import REGIOPRESTATIE
from highusers.imports.refusal import Refused
from highusers.models import Extract, HighUser, PatientTotal
from highusers.services import import_extract, panel_of, read_extract, store_extract, threshold_of
from mtvp.privacy.keyed_hash import patient_key
from practices.isolation import practice_scope
from practices.models import AuditEvent, Norm, Panel, Practice
from practices.vault import hash_secret
from tests import factories
from tests.highusers.extracts import (
    NEXT_YEAR,
    YEAR,
    high_users,
    store,
    stored_contacts,
    totals,
)
from tests.highusers.imports.files import csv_of, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=date(2023, 4, 1))


def test_counts_are_stored_with_the_extract(practice: Practice) -> None:
    actor = factories.staff_user(practice)
    data = csv_of([["Patnr", "Contacten"], ["1", "30"], ["2", "3"], ["3", "veel"], ["4", "0"]])
    import_extract(practice=practice, data=data, period=YEAR, actor=actor)
    extract = Extract.objects.get()
    assert (extract.practice, extract.period_start, extract.period_end) == (practice, *YEAR)
    assert (extract.source, extract.shape, extract.definition) == ("upload", "totals", "MTVP 2023")
    assert (extract.patients, extract.contacts, extract.high_users) == (3, 33, 1)
    assert (extract.threshold, extract.rejected_rows) == (30, 1)
    assert [warning["code"] for warning in extract.warnings] == ["share_high"]
    assert extract.stored_by == actor


def test_patients_are_stored_as_keyed_hash_and_sums(practice: Practice) -> None:
    rows = [["Patnr", "Contactdatum", "Soort contact", "Geslacht", "Geb.datum"]]
    rows += [["0012", day(12 * n), "Consult", "V", "18-07-1930"] for n in range(30)]
    rows += [["13", day(5), "Visite", "M", ""], ["13", day(6), "Herhaalrecept", "M", ""]]
    import_extract(practice=practice, data=csv_of(rows), period=YEAR, actor=None)
    with practice_scope(practice):
        stored = {bytes(one.patient_key): one for one in PatientTotal.objects.all()}
    high, low = (stored[patient_key(hash_secret(), practice.code, n)] for n in ("12", "13"))
    assert len(stored) == 2
    assert (high.contacts, high.by_type) == (30, {"consultation/practice": 30})
    assert (high.birth_year, high.sex) == (1930, "F")
    assert sum(high.by_month.values()) == 30
    assert set(high.by_month) == {f"2023-{m:02d}" for m in range(4, 13)} | {
        "2024-01", "2024-02", "2024-03",
    }  # fmt: skip
    assert (low.contacts, low.by_type, low.by_month) == (1, {"visit/home": 1}, None)
    assert (low.birth_year, low.sex) == (None, "M")


def test_rows_stored_in_several_parts_are_those_of_the_file(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_PATIENTS_AT_ONCE", 3)
    visits = {"8": 31, "1": 2, "5": 40, "2": 2, "9": 1, "4": 33, "7": 2}
    lines = [["Patnr", "Contactdatum", "Soort contact", "Geslacht"]]
    for patient, number in visits.items():
        kind, sex = ("Visite", "M") if int(patient) % 2 else ("Consult", "V")
        lines += [[patient, day(9 * turn), kind, sex] for turn in range(number)]
    import_extract(practice=practice, data=csv_of(lines), period=YEAR, actor=None)
    with practice_scope(practice):
        stored = {bytes(one.patient_key): one for one in PatientTotal.objects.all()}
    assert len(stored) == len(visits)
    for patient, number in visits.items():
        one = stored[patient_key(hash_secret(), practice.code, patient)]
        odd = int(patient) % 2
        assert one.contacts == number
        assert one.by_type == {"visit/home" if odd else "consultation/practice": number}
        assert one.sex == ("M" if odd else "F")
        months = Counter(f"{date(2023, 4, 1) + timedelta(days=9 * n):%Y-%m}" for n in range(number))
        assert one.by_month == (dict(months) if number >= 30 else None)


def test_only_high_users_get_a_code_and_an_encrypted_number(practice: Practice) -> None:
    store(practice, {"007": 31, "8": 40, "9": 29})
    assert high_users(practice) == {"V-01": "8", "V-02": "7"}
    with practice_scope(practice), connection.cursor() as cursor:
        cursor.execute("SELECT his_number FROM highusers_highuser")
        kept = [bytes(row[0]) for row in cursor.fetchall()]
    assert all(number != b"8" and len(number) > 60 for number in kept)


def test_codes_stay_over_the_years(practice: Practice) -> None:
    store(practice, {"1": 40, "2": 35})
    store(practice, {"2": 50, "3": 60, "1": 3}, NEXT_YEAR)
    assert high_users(practice) == {"V-01": "1", "V-02": "2", "V-03": "3"}
    assert stored_contacts(practice) == [35, 40]
    assert stored_contacts(practice, NEXT_YEAR) == [3, 50, 60]


def test_an_extract_of_the_same_last_day_is_replaced(practice: Practice) -> None:
    store(practice, {"1": 40, "2": 35})
    first = Extract.objects.get().pk
    store(practice, {"1": 41, "5": 2})
    assert Extract.objects.get().pk == first
    assert Extract.objects.get().contacts == 43
    assert stored_contacts(practice) == [2, 41]
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "create",
        "change",
    ]


def test_the_same_file_twice_changes_nothing(practice: Practice) -> None:
    for _time in range(2):
        store(practice, {"1": 40, "2": 35})
        assert stored_contacts(practice) == [35, 40]
        assert high_users(practice) == {"V-01": "1", "V-02": "2"}


def test_figures_from_the_region_make_way_for_the_upload(practice: Practice) -> None:
    Extract.objects.create(
        practice=practice, period_start=YEAR[0], period_end=YEAR[1], source="region",
        threshold=30, patients=9, contacts=9, high_users=9,
    )  # fmt: skip
    store(practice, {"1": 40})
    assert (Extract.objects.get().source, Extract.objects.get().patients) == ("upload", 1)


def test_two_practices_share_no_key(practice: Practice) -> None:
    other = factories.practice()
    store(practice, {"1": 40})
    store(other, {"1": 40})
    keys = []
    for one in (practice, other):
        with practice_scope(one):
            keys += [bytes(row.patient_key) for row in PatientTotal.objects.all()]
    assert len(set(keys)) == 2
    assert high_users(other) == {"V-01": "1"}


def test_a_refused_file_leaves_a_line_in_the_trail_and_nothing_else(practice: Practice) -> None:
    with pytest.raises(Refused):
        import_extract(practice=practice, data=b"%PDF-1.7", period=YEAR, actor=None)
    event = AuditEvent.objects.get()
    assert (event.outcome, event.practice, event.object_type) == (
        "refused", practice, "highusers.extract",
    )  # fmt: skip
    assert not Extract.objects.exists()


@pytest.mark.parametrize(
    "period", [(date(2024, 4, 1), date(2023, 4, 1)), (date(2023, 4, 1), date(2999, 3, 31))]
)
def test_a_period_that_cannot_be(practice: Practice, period: tuple[date, date]) -> None:
    with pytest.raises(Refused):
        store(practice, {"1": 40}, period)


def test_when_storing_fails_the_earlier_extract_stands(practice: Practice) -> None:
    store(practice, {"1": 40, "2": 35})
    parsed = read_extract(practice=practice, data=totals({"1": 1, "3": 3}), period=YEAR)
    # A column of another length makes the last step of the way fail.
    broken = parsed.patients.frame.assign(birth_year=99_999)
    object.__setattr__(parsed.patients, "frame", broken)
    with pytest.raises(Exception, match=r"."), transaction.atomic():
        store_extract(practice=practice, parsed=parsed, actor=None)
    assert Extract.objects.get().contacts == 75
    assert stored_contacts(practice) == [35, 40]


def test_the_definition_is_stored_with_the_extract(practice: Practice) -> None:
    rows = [["Patnr", "Datum", "Contactwijze"], ["1", day(1), "E-consult"], ["1", day(2), "Visite"]]
    import_extract(
        practice=practice,
        data=csv_of(rows),
        period=YEAR,
        actor=None,
        definition=REGIOPRESTATIE,
    )
    extract = Extract.objects.get()
    assert (extract.definition, extract.contacts) == ("Regioprestatie", 1)


def test_the_threshold_follows_the_norm_of_the_programme_year(practice: Practice) -> None:
    Norm.objects.create(key="high_user_contacts", valid_from=date(2024, 1, 1), value=25)
    assert threshold_of(practice, date(2024, 3, 31)) == 30
    assert threshold_of(practice, date(2025, 3, 31)) == 25


def test_the_panel_is_that_of_all_insurers_in_the_quarter(practice: Practice) -> None:
    for insurer, patients in (("CZ", 900), ("VGZ", 1100)):
        Panel.objects.create(
            practice=practice,
            quarter="2024Q1",
            insurer=factories.insurer(insurer),
            patients=patients,
        )
    assert panel_of(practice, date(2024, 3, 31)) == 2000
    assert panel_of(practice, date(2024, 4, 1)) is None
    parsed = read_extract(practice=practice, data=totals({"1": 40, "2": 40}), period=YEAR)
    assert [notice.code for notice in parsed.warnings] == ["share_low", "nobody_over_65"][:1]


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_give_each_patient_one_code() -> None:
    practice = factories.practice()
    files = [totals({str(number): 40 for number in range(start, start + 60)}) for start in (0, 30)]

    def work(data: bytes, period: tuple[date, date]) -> None:
        import_extract(practice=practice, data=data, period=period, actor=None)
        connections.close_all()

    threads = [
        threading.Thread(target=work, args=pair)
        for pair in zip(files, (YEAR, NEXT_YEAR), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with practice_scope(practice):
        assert sorted(HighUser.objects.values_list("number", flat=True)) == list(range(1, 91))
    assert Extract.objects.count() == 2


def test_an_extract_goes_with_its_rows_and_never_without_them(practice: Practice) -> None:
    store(practice, {"1": 40, "2": 12})
    extract = Extract.objects.get()
    with (
        pytest.raises(IntegrityError, match="still has rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM highusers_extract WHERE id = %s", [extract.pk])
    with pytest.raises(IntegrityError, match="still has rows"), transaction.atomic():
        extract.delete()
    with practice_scope(practice):
        assert PatientTotal.objects.count() == 2
        Extract.objects.get().delete()
        assert PatientTotal.objects.count() == 0
