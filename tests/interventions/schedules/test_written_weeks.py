"""Example weeks that the region writes: read as blocks, refused with the line that says none."""

import pytest

from interventions.schedules.blocks import Block
from interventions.schedules.patterns import TEXTS, pattern, patterns
from interventions.schedules.written_weeks import KINDS, written_week
from practices.models import RegionText
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words

OWN = """Wat rustiger in de ochtend.

# Huisarts: maandag, woensdag
- 8.00-9.30 Spreekuur, 15 minuten
- 9:30 - 10:00 e-mail, 4 x 5 minuten

# Assistente
- 8.00-9.00 pauze
"""


def test_a_heading_says_whose_days_and_each_line_is_a_block():
    read = written_week(OWN)
    doctor = [
        block
        for day in (1, 3)
        for block in (
            Block(day, "Huisarts", 480, 570, "consultations", 15),
            Block(day, "Huisarts", 570, 600, "email", 5, 4),
        )
    ]
    others = [Block(day, "Assistente", 480, 540, "break") for day in range(1, 6)]
    assert (read.about, read.problems) == ("Wat rustiger in de ochtend.", ())
    assert sorted(read.blocks, key=repr) == sorted([*doctor, *others], key=repr)


@pytest.mark.parametrize(
    "line",
    [
        "- 8.00-9.00 spreekuur",
        "- 8.00-9.00 spreekuur, 12 minuten",
        "- 9.00-8.00 pauze",
        "- 8.00-8.30 e-mail, 7 x 5 minuten",
        "- 8.00-9.00 vergaderen",
        "- spreekuur tot negen uur",
        "- 25.00-26.00 pauze",
        "- 7.30-8.30 pauze\n- 8.00-9.00 telefoon",
        "# Waarnemer: zaterdag",
    ],
)
def test_a_line_that_says_no_block_is_named_and_the_rest_is_read(line):
    read = written_week(f"# Huisarts\n{line}\n- 13.00-14.00 visites")
    assert len(read.problems) == 1
    assert line.split("\n")[-1].removeprefix("- ") in read.problems[0]
    assert any(block.kind == "visits" for block in read.blocks) is not line.startswith("#")


def test_a_block_of_nobody_is_named():
    assert len(written_week("- 8.00-9.00 pauze").problems) == 1


def test_every_kind_of_block_has_a_word_and_what_is_shipped_can_be_read():
    assert len(set(KINDS.values())) == 7
    assert [written_week(text.body).problems for text in TEXTS] == [()] * 5


@pytest.mark.django_db
def test_the_coordinator_changes_an_example_and_practices_start_from_it(
    client, django_assert_num_queries
):
    client.cookies["mtvp_language"] = "en"
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    address = "/regio/teksten/week-twintig/"
    typed = {"title": "25 minuten", "based_on": 0}
    told = words(client.post(address, typed | {"body": "# Huisarts\n- 8.00-9.00 iets"}))
    assert "'8.00-9.00 iets': Write it like" in told
    assert not RegionText.objects.exists()
    assert client.post(address, typed | {"body": OWN}).status_code == 302
    assert pattern("week-twintig").name == "25 minuten"
    with django_assert_num_queries(1):
        assert len(patterns()) == 5
    doctor = factories.staff_user(factories.practice(slug="linde"))
    client.force_login(doctor)
    start = "/praktijk/linde/consultduur/rooster/week/nieuw/"
    assert "Wat rustiger in de ochtend." in words(client.get(start))
    client.post(start, {"from": "pattern:week-twintig"})
    made = doctor.person.employments.get().practice.day_templates.get()
    assert (made.name, made.blocks.count()) == ("25 minuten", 9)
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    client.post(address, typed | {"body": "Niet meer.", "based_on": 1})
    assert len(patterns()) == 4
