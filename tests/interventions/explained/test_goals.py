"""The table of contributions and the shipped texts agree with the source."""

from interventions.explained.goals import CONTRIBUTIONS, Goal
from interventions.explained.texts import OF_INTERVENTION, PROGRAMME, TEXTS

TABLE = {1: "xxxxx", 2: "xxx..", 3: "x..x.", 4: "xxxx.", 5: "xxxxx", 6: "xxxxx"}
"""Seed 1, in the order of the goals: quality, patient, joy, cost, network."""


def test_the_table_is_that_of_the_programme():
    drawn = {
        number: "".join("x" if goal in served else "." for goal in Goal)
        for number, served in CONTRIBUTIONS.items()
    }
    assert drawn == TABLE


def test_every_intervention_and_the_programme_have_a_first_text():
    assert [text.key for text in TEXTS] == [PROGRAMME, *OF_INTERVENTION.values()]
    for text in TEXTS[1:]:
        headings = [line for line in text.body.splitlines() if line.startswith("# ")]
        assert headings == [
            "# Waarom",
            "# Hoe",
            "# Voor wie",
            "# Wat de regio voor u doet",
            "# Wat er van u wordt verwacht",
            "# Tips",
        ], text.key
