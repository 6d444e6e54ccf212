"""Statuses, figures and gaps as sentences; asserted in English, the language of the msgids."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from monitoring import words
from monitoring.compliance import DUTIES, MEASURES, Obligation, Part, Status
from practices.norms import SHIPPED_NORMS

OPENS, DEADLINE = date(2023, 4, 1), date(2024, 3, 31)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def part(
    name: str,
    achieved: int = 0,
    required: int = 1,
    status: Status = Status.ON_TRACK,
    people: int = 0,
) -> Part:
    return Part(name, achieved, required, people, status, OPENS, DEADLINE)


def obligation(status: Status, *parts: Part) -> Obligation:
    return Obligation(1, 1, status, DEADLINE, parts)


@pytest.mark.parametrize(
    ("status", "achieved", "word"),
    [
        (Status.MET, 5, "Done"),
        (Status.ON_TRACK, 0, "Not started yet"),
        (Status.ON_TRACK, 1, "In progress"),
        (Status.AT_RISK, 0, "Attention"),
        (Status.MISSED, 3, "Too late"),
        (Status.NOT_DUE, 2, "From April 1, 2023"),
        (Status.NOT_APPLICABLE, 0, "Not applicable"),
    ],
)
def test_the_word_of_each_status(status: Status, achieved: int, word: str) -> None:
    plans = part("plans", achieved, 5, status)
    assert words.part_word(plans) == word
    assert words.obligation_word(obligation(status, plans)) == word


def test_an_early_answer_does_not_start_an_obligation() -> None:
    early = part("questionnaire", 1, 1, Status.NOT_DUE)
    found = obligation(Status.ON_TRACK, part("schedule"), early)
    assert words.obligation_word(found) == "Not started yet"


@pytest.mark.parametrize(
    ("name", "achieved", "required", "people", "count", "gap"),
    [
        ("plans", 3, 5, 0, "3 of 5 plans", "2 more plans needed"),
        ("plans", 4, 5, 0, "4 of 5 plans", "1 more plan needed"),
        ("assistants", 0, 1, 1, "0 of 1 assistant done", "1 more assistant needed"),
        ("assistants", 0, 2, 4, "0 of 4 assistants done", "2 more assistants needed"),
        ("professionals", 1, 2, 3, "1 of 3 GPs and POHs done", "1 more GP or POH needed"),
        ("professionals", 0, 2, 3, "0 of 3 GPs and POHs done", "2 more GPs or POHs needed"),
        ("gps_twice", 0, 1, 2, "0 of 2 GPs done", "1 more GP needed"),
        ("gps_twice", 0, 2, 3, "0 of 3 GPs done", "2 more GPs needed"),
        ("extract", 0, 1, 0, "", "Extract still to be read in"),
        ("visit", 0, 1, 0, "", "Time-out still to be discussed at a visit"),
        ("schedule", 0, 1, 0, "", "Schedule not in use yet"),
    ],
)
def test_the_figure_and_the_gap(
    name: str, achieved: int, required: int, people: int, count: str, gap: str
) -> None:
    open_part = part(name, achieved, required, people=people)
    assert (words.part_count(open_part), words.part_gap(open_part)) == (count, gap)


def test_what_is_met_or_excused_has_no_gap() -> None:
    assert words.part_gap(part("plans", 7, 5, Status.MET)) == ""
    assert words.part_count(part("plans", 7, 5, Status.MET)) == "7 of 5 plans"
    excused = part("plans", 0, 0, Status.NOT_APPLICABLE)
    assert (words.part_count(excused), words.part_gap(excused)) == ("", "")


@pytest.mark.parametrize(
    ("status", "phrase"),
    [
        (Status.NOT_DUE, "Questionnaire: opens on April 1, 2023"),
        (Status.ON_TRACK, "Questionnaire: still to be filled in before April 1, 2024"),
        (Status.AT_RISK, "Questionnaire: still to be filled in before April 1, 2024"),
        (Status.MISSED, "Questionnaire: still to be filled in"),
    ],
)
def test_the_questionnaire_names_its_date(status: Status, phrase: str) -> None:
    assert words.part_gap(part("questionnaire", status=status)) == phrase


def test_a_row_says_what_counts_now() -> None:
    found = obligation(
        Status.AT_RISK,
        part("extract", 1, 1, Status.MET),
        part("plans", 3, 5, Status.AT_RISK),
        part("questionnaire", 0, 1, Status.NOT_DUE),
    )
    assert words.obligation_phrases(found) == ["3 of 5 plans", "2 more plans needed"]


def test_every_intervention_and_part_has_a_name_and_every_part_a_norm() -> None:
    assert len({words.intervention_name(duty.intervention) for duty in DUTIES}) == 6
    assert len({words.part_name(name) for name in MEASURES}) == len(MEASURES)
    assert len({words.norm_phrase(name, SHIPPED_NORMS) for name in MEASURES}) == len(MEASURES)


@pytest.mark.parametrize(
    ("name", "norms", "phrase"),
    [
        ("gps_twice", SHIPPED_NORMS, "At least half of the GPs took part in 2 sessions"),
        (
            "gps_twice",
            replace(SHIPPED_NORMS, gps_percent=60, intervision_sessions=3),
            "At least 60% of the GPs took part in 3 sessions",
        ),
        ("assistants", SHIPPED_NORMS, "At least half of the assistants followed a course"),
        ("plans", SHIPPED_NORMS, "A plan for at least 5 patients"),
        ("questionnaire", SHIPPED_NORMS, "Answered within 90 days after the year"),
    ],
)
def test_the_norm_in_words(name: str, norms: object, phrase: str) -> None:
    assert words.norm_phrase(name, norms) == phrase
