from datetime import date

import pytest

from highusers.imports.definitions import (
    DEFINITIONS,
    MTVP_2023,
    REGIOPRESTATIE,
    Channel,
    Kind,
    channel_of,
    definition_named,
    kind_of,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Consult", Kind.CONSULTATION), ("spreekuurconsult", Kind.CONSULTATION),
        ("Consult praktijk", Kind.CONSULTATION), ("CONSULT.", Kind.CONSULTATION),
        ("Telefonisch consult", Kind.TELEPHONE), ("Tel. consult", Kind.TELEPHONE),
        ("Visite", Kind.VISIT), ("Huisbezoek", Kind.VISIT), ("E-consult", Kind.E_CONSULTATION),
        ("e-mail", Kind.E_CONSULTATION), ("Beeldconsult", Kind.E_CONSULTATION),
        ("Herhaalrecept", Kind.REPEAT_PRESCRIPTION), ("Administratie", Kind.ADMINISTRATION),
        ("Laboratorium", Kind.LABORATORY), ("Griepvaccinatie", Kind.VACCINATION),
        ("12010", Kind.CONSULTATION_BY_LENGTH), ("12011", Kind.CONSULTATION_BY_LENGTH),
        ("12001 Consult 20 minuten of langer", Kind.CONSULTATION), ("12002", Kind.VISIT),
        ("12003 visite", Kind.VISIT), ("12006", Kind.VACCINATION),
        ("12006 consult", Kind.VACCINATION), ("12010 telefonisch consult", Kind.TELEPHONE),
        ("Preventie", Kind.UNKNOWN), ("", Kind.UNKNOWN), ("99999", Kind.UNKNOWN),
        ("120101", Kind.UNKNOWN), ("consult en recept", Kind.UNKNOWN),
        ("telefonisch recept", Kind.UNKNOWN),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize("code", ["12010", "12011", "12001"])
def test_a_code_for_length_tells_no_channel(code: str) -> None:
    assert channel_of(kind_of(code)) is Channel.UNKNOWN


def test_what_the_shipped_definition_counts() -> None:
    counted = {kind for kind in Kind if kind in MTVP_2023.counts}
    assert counted == {
        Kind.CONSULTATION, Kind.CONSULTATION_BY_LENGTH, Kind.VISIT, Kind.TELEPHONE,
        Kind.E_CONSULTATION, Kind.UNKNOWN,
    }  # fmt: skip


def test_what_the_regional_performance_counts() -> None:
    assert MTVP_2023.counts - REGIOPRESTATIE.counts == {Kind.E_CONSULTATION}
    assert REGIOPRESTATIE.counts - REGIOPRESTATIE.regional == {Kind.TELEPHONE}


def test_definitions_are_dated_and_found_by_name() -> None:
    assert [(one.name, one.valid_from) for one in DEFINITIONS] == [
        ("MTVP 2023", date(2023, 1, 1)),
        ("Regioprestatie", date(2022, 1, 1)),
    ]
    assert definition_named(" mtvp 2023 ") is MTVP_2023
    assert definition_named("MTVP 2019") is None


def test_a_definition_that_was_used_is_not_changed_but_gets_a_new_version() -> None:
    """Stored extracts name their definition and version: what those mean stays for good. Another
    choice of kinds is another version, and gets a line of its own here."""
    known = {
        ("MTVP 2023", 1): (
            "consultation consultation_by_length e_consultation telephone unknown visit",
            "consultation consultation_by_length e_consultation telephone unknown visit",
        ),
        ("Regioprestatie", 1): (
            "consultation consultation_by_length telephone unknown visit",
            "consultation consultation_by_length unknown visit",
        ),
    }
    for one in DEFINITIONS:
        assert known[one.name, one.version] == (
            " ".join(sorted(one.counts)),
            " ".join(sorted(one.regional)),
        )
