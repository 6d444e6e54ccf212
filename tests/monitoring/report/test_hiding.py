from decimal import Decimal

from monitoring.regional_fee.facts import QuarterPart
from monitoring.report.hiding import without_small_extracts, without_small_quarters
from monitoring.report.value import ExtractFigures, PracticeFigures

TARIFFS = {"2023Q1": Decimal("0.50")}


def row(code: str, patients: int | None, high_users: int | None) -> PracticeFigures:
    until = None if patients is None else "2023-12-31"
    return PracticeFigures(
        code, code, "Tilburg", 1, "2023-04-01", None, 1, (), until, patients, high_users
    )


def year(patients: int, high_users: int) -> ExtractFigures:
    return ExtractFigures(2023, 3, 3, patients, high_users, patients * 4)


def test_one_practice_with_few_high_users_takes_another_along() -> None:
    rows = (row("1", 2000, 30), row("2", 1500, 4), row("3", 1800, 25), row("4", None, None))
    shown = without_small_extracts([year(5300, 59)], rows)

    assert shown.year == year(5300, 59)
    assert shown.appendix is not None
    assert [one.high_users for one in shown.appendix] == [30, None, None, None]
    assert [one.patients for one in shown.appendix] == [2000, 1500, 1800, None]
    assert shown.suppressed == ("appendix.2.high_users", "appendix.3.high_users")


def test_what_the_overview_of_the_region_hides_the_appendix_hides_too() -> None:
    rows = (row("1", 2000, 30), row("2", 1500, 4), row("3", 1800, 25), row("4", None, None))
    shown = without_small_extracts([year(5300, 59)], rows, hidden_elsewhere=["1", "2", "4"])

    assert shown.appendix is not None
    assert [one.high_users for one in shown.appendix] == [None, None, 25, None]
    assert [one.patients for one in shown.appendix] == [2000, 1500, 1800, None]
    assert shown.suppressed == ("appendix.1.high_users", "appendix.2.high_users")


def test_a_list_of_high_users_alone_does_not_tell_what_the_overview_hides() -> None:
    """Its patients are its high users, and those would follow from the total of the region."""
    rows = (row("1", 31, 31), row("2", 2000, 40), row("3", 1800, 45))
    shown = without_small_extracts([year(3831, 116)], rows, hidden_elsewhere=["1"])

    assert shown.appendix is not None
    assert [one.high_users for one in shown.appendix] == [None, None, 45]
    assert [one.patients for one in shown.appendix] == [None, 2000, None]


def test_without_appendix_the_region_is_shown() -> None:
    shown = without_small_extracts([year(5300, 59)], None)
    assert (shown.year, shown.appendix, shown.suppressed) == (year(5300, 59), None, ())


def test_small_numbers_of_the_region_are_hidden_with_the_contacts() -> None:
    shown = without_small_extracts([year(9, 3)], None)
    assert (shown.year.patients, shown.year.high_users, shown.year.contacts) == (None, None, None)
    assert shown.suppressed == ("extracts.patients", "extracts.contacts", "extracts.high_users")


def test_nearly_everybody_a_high_user_would_give_the_few_others_away() -> None:
    shown = without_small_extracts([year(40, 35)], None)
    assert (shown.year.patients, shown.year.high_users) == (40, None)


def test_no_high_users_at_all_is_a_small_number_too() -> None:
    shown = without_small_extracts([year(5300, 0)], None)
    assert (shown.year.patients, shown.year.high_users) == (5300, None)
    assert shown.suppressed == ("extracts.high_users",)


def test_a_practice_without_high_users_is_not_told_apart_in_the_appendix() -> None:
    rows = (row("1", 2000, 0), row("2", 1500, 24), row("3", 1800, 35))
    shown = without_small_extracts([year(5300, 59)], rows)

    assert shown.year == year(5300, 59)
    assert shown.appendix is not None
    assert [one.high_users for one in shown.appendix] == [None, None, 35]


def test_no_extract_at_all_is_told_as_nought() -> None:
    nothing = ExtractFigures(2023, 0, 0, 0, 0, 0)
    shown = without_small_extracts([nothing], (row("1", None, None),))
    assert (shown.year, shown.suppressed) == (nothing, ())


def test_lists_of_high_users_alone_are_shown() -> None:
    rows = (row("1", 20, 20), row("2", 39, 39))
    shown = without_small_extracts([year(59, 59)], rows)
    assert (shown.year, shown.appendix, shown.suppressed) == (year(59, 59), rows, ())


def test_nought_is_small_where_patients_pay_unless_there_is_no_practice() -> None:
    none_at_all = without_small_quarters([], TARIFFS, has_list=True)
    assert (none_at_all[1][0].patients, none_at_all[1][0].amount) == (0, "0.00")
    assert none_at_all[2] == ()

    nobody = [QuarterPart("2023Q1", False, True, 2, 0)]
    _, fees, suppressed = without_small_quarters(nobody, TARIFFS, has_list=True)
    assert (fees[0].practices, fees[0].patients, fees[0].amount) == (2, None, None)
    assert suppressed == ("regional_fee.2023Q1.patients", "regional_fee.2023Q1.amount")


def test_the_amount_is_patients_times_tariff_with_two_decimals() -> None:
    parts = [QuarterPart("2023Q1", True, True, 2, 2511)]
    _, fees, _ = without_small_quarters(parts, TARIFFS, has_list=True)
    assert fees[0].amount == "1255.50"


def test_the_panel_gives_way_when_its_difference_with_the_list_is_small() -> None:
    parts = [QuarterPart("2023Q1", True, True, 7, 2926), QuarterPart("2023Q1", True, False, 1, 9)]
    panels, fees, suppressed = without_small_quarters(parts, TARIFFS, has_list=True)
    assert (panels[0].patients, fees[0].patients) == (None, 2926)
    assert suppressed == ("panels.2023Q1.patients",)


def test_no_list_no_rows() -> None:
    parts = [QuarterPart("2023Q1", True, False, 1, 2000)]
    panels, fees, _ = without_small_quarters(parts, TARIFFS, has_list=False)
    assert fees == ()
    assert panels[0].patients == 2000
