"""The pages of the mirror, as a practice, a consultant and the region see them."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from highusers.models import Extract
from monitoring.models import IndicatorDefinition, IndicatorValue
from practices.models import AuditEvent, Panel, Practice
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.monitoring.mirror.region import LISTS, YEAR, fill, practices
from tests.pages import words

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def made() -> list[Practice]:
    return practices(10)


@pytest.fixture
def owner(client: Client, made: list[Practice]) -> Client:
    return signed_in(client, factories.staff_user(made[0]))


def signed_in(client: Client, user) -> Client:
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return client


def page(client: Client, practice: Practice, code: str = "referrals", **query: object):
    return client.get(reverse("mirror_indicator", args=[practice.slug, code]), query)


def funnel(html: str) -> ElementTree.Element:
    """The wide drawing of the first figure."""
    return ElementTree.fromstring(re.search(r"<svg xmlns.*?</svg>", html, re.DOTALL)[0])


def test_one_sentence_a_funnel_the_course_and_what_to_talk_about(owner, made):
    fill(made)
    fill(made, year=2024, counts=[(size, count + 9) for size, count in LISTS])
    said = words(page(owner, made[0]))
    assert (
        "Your practice lies higher than most: 0.275, all practices together 0.207. "
        "That is more than chance. See whether there is an explanation." in said
    )
    assert "Your practice 0.275" in said
    assert "Your practice lies above the outer line." in said
    assert "Practices compared 10" in said
    assert "Usual for a list of your size (95%) 0.189 to 0.226" in said
    assert "Fell from 0.279 in 2024 to 0.275 in 2025." in said
    assert "Provisional: with fewer than 12 years" in said
    for part in ("Why does this matter?", "Possible explanations", "In the team", "Source"):
        assert part in said
    assert "kaderarts" in said
    assert reverse("time_outs", args=[made[0].slug]) in page(owner, made[0]).content.decode()
    assert AuditEvent.objects.filter(object_type="monitoring.indicatordefinition").count() == 2


def test_nobody_is_named_ranked_or_to_be_read_from_the_page(owner, made):
    fill(made)
    html = page(owner, made[0]).content.decode()
    said = words(page(owner, made[0]))
    for practice, (size, count) in list(zip(made, LISTS, strict=True))[1:]:
        assert practice.name not in html
        assert practice.slug not in html
        assert practice.code not in html
        assert not re.search(rf"\b{size // 1000}[,.]?{size % 1000:03}\b", said), size
        assert not re.search(rf"\b{count}\b", said), count
    for word in ("rank", "position", "best", "worst"):
        assert not re.search(rf"\b{word}\b", said.lower().replace("nobody is ranked", ""))


def test_the_drawing_holds_rounded_values_and_sizes_shared_by_three(owner, made):
    """Read back from the picture by its own axis: what an attacker can measure."""
    fill(made)
    drawing = funnel(page(owner, made[0]).content.decode())
    ticks = [
        (float(one.text), float(one.attrib["y"]) - 4.5)
        for one in drawing.iter(f"{SVG}text")
        if one.get("text-anchor") == "end"
    ]
    (low, bottom), (high, top) = ticks[0], ticks[-1]
    circles = list(drawing.iter(f"{SVG}circle"))
    assert len(circles) == 9
    for circle in circles:
        value = low + (float(circle.attrib["cy"]) - bottom) * (high - low) / (top - bottom)
        assert value == pytest.approx(round(value, 3), abs=0.0001)
    across = [circle.attrib["cx"] for circle in circles]
    assert all(across.count(place) >= 3 for place in across)
    (own,) = drawing.iter(f"{SVG}polygon")
    assert own.attrib["fill"] == "#B34A12"


def test_below_eight_practices_only_the_own_course_shows(owner, made):
    fill(made[:7])
    fill(made[:7], year=2024)
    html = page(owner, made[0]).content.decode()
    said = words(page(owner, made[0]))
    assert "Too few practices take part yet. From 8 practices on you see a comparison" in said
    assert "0.275 in 2025, as in 2024." in said
    assert "polygon" in html or "circle" in html
    assert "95% limit" not in said
    assert "Region" not in re.sub(r"The region.*?year\.", "", words(page(owner, made[0])).split(
        "The course over years")[1].split("Why does")[0])  # fmt: skip


def test_a_waiting_time_is_followed_and_not_compared(owner, made):
    fill(made, "waiting_time", counts=[(20, 60)] * 10, national=3.4)
    said = words(page(owner, made[0], "waiting_time"))
    assert "3.0 in 2025. One year shows no course yet." in said
    assert "limit" not in said.split("Why does")[0]
    assert "Too few practices" not in said


def test_a_small_list_is_told_no_difference(owner, made):
    IndicatorDefinition.objects.filter(code="referrals").update(minimum_size=2_500)
    fill(made)
    html = page(owner, made[0]).content.decode()
    assert "Your list is too small to say whether that is more than chance." in html
    assert "tag-busy" not in html


def test_within_the_usual_spread_there_is_no_colour(client, made):
    fill(made)
    signed_in(client, factories.staff_user(made[4]))
    html = page(client, made[4]).content.decode()
    assert "Your practice lies within the usual spread: 0.198" in html
    assert ("tag-busy" in html, "tag-empty" in html) == (False, True)


def test_few_people_show_to_the_practice_and_not_to_its_consultant(client, made):
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    Practice.objects.filter(pk=made[0].pk).update(consultant=consultant)
    fill(made, detail="Cardiologie", counts=[(2_400, 7), *((size, 50) for size, _c in LISTS[1:])])
    fill(made)
    query = {"specialisme": "Cardiologie"}
    signed_in(client, factories.staff_user(made[0], StaffRole.MANAGER))
    inside = words(page(client, made[0], **query))
    assert "Your practice has no figure of 2025 that can be compared." in inside
    assert "0.003 in 2025" in inside
    signed_in(client, consultant)
    outside = words(page(client, made[0], **query))
    assert "Verwijzingen per patiënt: Cardiologie" in outside
    assert "0.003" not in outside
    assert page(client, made[1]).status_code == 404


def test_specialism_and_year_come_from_the_address(owner, made):
    fill(made)
    fill(made, year=2024, counts=[(size, 200) for size, _count in LISTS])
    fill(made, detail="Dermatologie", counts=[(size, 60) for size, _count in LISTS])
    said = words(page(owner, made[0], specialisme="Dermatologie"))
    assert "Verwijzingen per patiënt: Dermatologie" in said
    assert "0.025" in said
    assert page(owner, made[0], jaar=2024).context["page"].choice.year == 2024
    for wrong in ("1900", "x", ""):
        assert page(owner, made[0], jaar=wrong).context["page"].choice.year == YEAR
    assert page(owner, made[0], specialisme="Niets").context["page"].choice.detail == ""
    assert page(owner, made[0], "bestaat-niet").status_code == 404


def test_the_overview_keeps_its_order_and_tells_each_in_a_sentence(owner, made):
    fill(made, "prescriptions", counts=[(size, 6 * size) for size, _count in LISTS])
    fill(made)
    response = owner.get(reverse("mirror", args=[made[0].slug]))
    titles = [line.definition.code for line in response.context["lines"]]
    assert titles == ["referrals", "prescriptions"]
    said = words(response)
    assert "Your practice lies higher than most: 0.275" in said
    assert "Your practice lies within the usual spread: 6.00" in said


def test_without_any_figure_there_is_a_reason(owner, made):
    assert "There is no figure of your practice yet." in words(
        owner.get(reverse("mirror", args=[made[0].slug]))
    )
    assert "There is no figure of your practice yet." in words(page(owner, made[0]))


def test_high_users_are_counted_from_extracts(owner, made):
    insurer = factories.insurer()
    for place, practice in enumerate(made):
        Panel.objects.create(practice=practice, quarter="2024Q4", insurer=insurer, patients=2500)
        Extract.objects.create(
            practice=practice,
            period_start="2024-01-01",
            period_end="2024-12-31",
            patients=2500,
            contacts=9000,
            high_users=95 if place == 0 else 50 + place,
            threshold=30,
        )
    said = words(page(owner, made[0], "high_users"))
    assert "Your practice lies higher than most: 3.8%" in said
    assert "Practices compared 10" in said


@pytest.mark.parametrize("number", [8, 24])
def test_the_number_of_queries_is_the_same_for_more_practices(
    client, number, django_assert_num_queries
):
    made = practices(number)
    signed_in(client, factories.staff_user(made[0]))
    for year in (2023, 2024, 2025)[: 1 if number == 8 else 3]:
        fill(made, counts=LISTS * 3, year=year)
    page(client, made[0])
    client.get(reverse("mirror", args=[made[0].slug]))
    with django_assert_num_queries(13):
        page(client, made[0])
    with django_assert_num_queries(13):
        client.get(reverse("mirror", args=[made[0].slug]))


def test_the_region_sees_the_same_with_nobody_marked(client, made):
    signed_in(client, factories.region_user(RegionRoleName.COORDINATOR))
    fill(made)
    response = client.get(reverse("region_mirror_indicator", args=["referrals"]))
    drawing = funnel(response.content.decode())
    assert len(list(drawing.iter(f"{SVG}circle"))) == 10
    assert list(drawing.iter(f"{SVG}polygon")) == []
    said = words(response)
    assert "9 of 10 practices lie within the usual spread." in said
    assert not any(practice.name in said for practice in made)
    assert "9 of 10" in words(client.get(reverse("region_mirror")))


def test_questions_on_paper_hold_no_figure(client, made):
    fill(made)
    signed_in(client, factories.region_user(RegionRoleName.FACILITATOR))
    response = client.get(reverse("mirror_questions"))
    said = words(response)
    assert "Verwijzingen per patiënt" in said
    assert said.count("In intervision") == IndicatorDefinition.objects.count()
    assert "<svg" not in re.sub(r"<svg class=\"icon.*?</svg>", "", response.content.decode())
    assert IndicatorValue.objects.exists()
