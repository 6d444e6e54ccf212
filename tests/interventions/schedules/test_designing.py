"""Designing a week: block by block, two people at once, copying, and into use so that it counts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from interventions.facts import schedules
from interventions.models import ConsultationSchedule, DayTemplate, SharedTemplate, TemplateBlock
from interventions.schedules import designing
from interventions.schedules.blocks import Block
from interventions.schedules.patterns import TEXTS, pattern
from interventions.schedules.states import ShareState
from practices.facts import programme_calendar
from practices.models import AuditEvent
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MORNING = {"begins": "08:00", "ends": "10:00", "kind": "consultations", "minutes": "15"}


@pytest.fixture
def practice():
    return factories.practice(start_on=TODAY - timedelta(days=100))


@pytest.fixture
def owner(practice, client):
    user = factories.staff_user(practice)
    client.force_login(user)
    return user


@pytest.fixture
def week(practice, owner):
    return designing.start_template(
        practice=practice,
        name="Ons ontwerp",
        week=[Block(1, "Bakker", 480, 600, "consultations", 15)],
        actor=owner,
        on_behalf=False,
    )


def address(template, rest=""):
    return f"/praktijk/{template.practice.slug}/consultduur/rooster/week/{template.pk}/{rest}"


def day(template, weekday=1, who="Bakker"):
    return address(template, f"dag/{weekday}/?wie={who}")


def held(template):
    return [(one.weekday, one.who, one.begins, one.ends) for one in template.blocks.all()]


@pytest.mark.parametrize("key", [text.key for text in TEXTS])
def test_a_known_pattern_is_a_week_without_overlap_to_start_from(key, practice, owner, client):
    known = pattern(key)
    blocks = known.week
    assert not [
        (one, other)
        for place, one in enumerate(blocks)
        for other in blocks[place + 1 :]
        if one.overlaps(other)
    ]
    start = f"/praktijk/{practice.slug}/consultduur/rooster/week/nieuw/"
    page = client.post(start, {"from": f"pattern:{key}"}, follow=True)
    made = DayTemplate.objects.get()
    assert (made.name, made.blocks.count()) == (known.name, len(blocks))
    assert page.status_code == 200
    assert "<svg" in page.content.decode()


def test_a_block_is_added_and_changed_without_javascript(week, client):
    typed = {"begins": "10:00", "ends": "10:30", "kind": "email", "minutes": "5", "places": "4"}
    assert client.post(day(week), typed | {"who": "Bakker"}).status_code == 302
    added = week.blocks.get(begins=600)
    assert (added.ends, added.kind, added.block().count) == (630, "email", 4)
    typed |= {"ends": "11:00", "based_on": added.version, "who": "Bakker"}
    assert client.post(address(week, f"blok/{added.pk}/"), typed).status_code == 302
    added.refresh_from_db()
    assert (added.ends, added.version) == (660, 2)
    client.post(
        address(week, f"blok/{added.pk}/"), {"take_out": "1", "based_on": 2, "who": "Bakker"}
    )
    assert held(week) == [(1, "Bakker", 480, 600)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"begins": "09:30", "ends": "10:30"}, "8.00–10.00"),
        ({"begins": "12:00", "ends": "11:00"}, 'id="b-new-ends"'),
        ({"begins": "11:00", "ends": "12:00", "minutes": ""}, "b-new-minutes"),
        ({"begins": "11:00", "ends": "12:00", "places": "5"}, "b-new-places"),
        ({"begins": "ochtend", "ends": "12:00"}, "b-new-begins"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(typed, said, week, client):
    page = client.post(day(week), MORNING | typed | {"who": "Bakker"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "error-summary" in text
    assert said in text
    assert week.blocks.count() == 1


def test_with_htmx_only_the_row_and_the_picture_come_back(week, client):
    typed = MORNING | {"begins": "10:00", "ends": "11:00", "who": "Bakker"}
    page = client.post(day(week), typed, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in page
    made = week.blocks.get(begins=600)
    assert f'id="row-{made.pk}"' in page
    assert 'id="add"' in page
    assert 'id="picture" hx-swap-oob' in page


def test_two_people_who_change_one_block_are_told_and_nothing_is_lost(week, client):
    block = week.blocks.get()
    mine = MORNING | {"ends": "09:00", "based_on": block.version, "who": "Bakker"}
    theirs = mine | {"ends": "11:00"}
    assert client.post(address(week, f"blok/{block.pk}/"), theirs).status_code == 302
    page = client.post(address(week, f"blok/{block.pk}/"), mine)
    text = page.content.decode()
    block.refresh_from_db()
    assert (block.ends, block.version) == (660, 2)
    assert "8.00–11.00" in text
    assert 'value="09:00"' in text
    assert (
        client.post(address(week, f"blok/{block.pk}/"), mine | {"based_on": 2}).status_code == 302
    )
    block.refresh_from_db()
    assert block.ends == 540


def test_a_block_that_a_colleague_took_out_is_not_brought_back(week, client):
    block = week.blocks.get()
    TemplateBlock.objects.all().delete()
    typed = MORNING | {"based_on": 1, "who": "Bakker", "weekday": "1"}
    page = client.post(address(week, f"blok/{block.pk}/"), typed, follow=True)
    assert page.status_code == 200
    assert week.blocks.count() == 0
    page = client.post(
        address(week, f"blok/{block.pk}/"), typed, headers={"hx-request": "true"}
    ).content.decode()
    assert 'role="alert"' in page


def test_a_day_and_a_person_are_copied(week, owner, client):
    client.post(address(week, "dag/1/kopie/"), {"who": "Bakker", "days": ["1", "2", "4"]})
    assert [one[0] for one in held(week)] == [1, 2, 4]
    person = {"who": "Bakker", "to": "Visser", "do": "copy", "weekday": "1"}
    client.post(address(week, "persoon/"), person)
    assert sorted(held(week))[:2] == [(1, "Bakker", 480, 600), (1, "Visser", 480, 600)]
    client.post(address(week, "persoon/"), person)
    assert week.blocks.count() == 6
    client.post(address(week, "persoon/"), person | {"to": "de Wit", "do": "rename"})
    assert {one[1] for one in held(week)} == {"Visser", "de Wit"}
    client.post(address(week, "persoon/"), {"who": "Visser", "do": "remove"})
    assert {one[1] for one in held(week)} == {"de Wit"}


def test_in_use_from_a_date_it_counts_at_once_as_one_schedule(week, practice, owner, client):
    since = TODAY - timedelta(days=5)
    client.post(address(week, "gebruik/"), {"in_use_from": str(since)})
    schedule = ConsultationSchedule.objects.get()
    assert (schedule.pattern, schedule.in_use_from) == ("Ons ontwerp", since)
    calendar = programme_calendar(TODAY, [practice.pk])
    assert schedules(calendar)[practice.pk, 1] == since
    client.post(address(week, "gebruik/"), {"in_use_from": str(TODAY)})
    assert ConsultationSchedule.objects.count() == 1
    client.post(address(week, "weg/"))
    assert (DayTemplate.objects.count(), ConsultationSchedule.objects.count()) == (0, 1)


def test_what_the_region_recorded_under_this_name_is_taken_along(week, practice, client):
    known = ConsultationSchedule.objects.create(practice=practice, pattern="ons ontwerp")
    client.post(address(week, "gebruik/"), {"in_use_from": str(TODAY)})
    known.refresh_from_db()
    assert (known.in_use_from, known.day_template) == (TODAY, week)


def test_one_week_is_how_it_is_now_and_designs_are_laid_beside_it(week, practice, owner, client):
    other = designing.start_template(
        practice=practice,
        name="Nu",
        week=[Block(1, "Bakker", 480, 600, "consultations", 10)],
        actor=owner,
        on_behalf=False,
    )
    client.post(address(week, "nu/"), {"seen_per_week": ""})
    client.post(address(other, "nu/"), {"seen_per_week": "11"})
    assert [one.name for one in DayTemplate.objects.filter(is_now=True)] == ["Nu"]
    page = client.get(address(week))
    assert page.context["now"].total.places == 12
    said = page.context["sentences"][1]
    assert " 8 " in said
    assert " 11 " in said
    assert " 3 " in said
    assert page.content.decode().count("<svg xmlns") == 2


def test_a_week_is_offered_without_names_and_copied_when_published(week, practice, owner, client):
    typed = {"name": "Kwartieren", "explanation": "Rust", "consent": "on"}
    client.post(address(week, "aanbieden/"), typed | {"consent": ""})
    assert SharedTemplate.objects.count() == 0
    client.post(address(week, "aanbieden/"), typed)
    shared = SharedTemplate.objects.get()
    assert (shared.state, [one.who for one in shared.week()]) == (ShareState.OFFERED, ["A"])
    elsewhere = factories.practice()
    colleague = factories.staff_user(elsewhere)
    start = f"/praktijk/{elsewhere.slug}/consultduur/rooster/week/nieuw/"
    client.force_login(colleague)
    assert client.post(start, {"from": f"shared:{shared.pk}"}).status_code == 404
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    client.post(f"/regio/consultduur/{shared.pk}/", {"do": "publish"})
    client.force_login(colleague)
    page = client.get(start).content.decode()
    assert "Kwartieren" in page
    assert practice.name not in page
    client.post(start, {"from": f"shared:{shared.pk}"})
    copied = DayTemplate.objects.get(practice=elsewhere)
    assert held(copied) == [(1, "A", 480, 600)]
    client.force_login(owner)
    client.post(address(week, "terugnemen/"))
    shared.refresh_from_db()
    assert (shared.state, copied.blocks.count()) == (ShareState.WITHDRAWN, 1)


def test_a_week_is_declined_with_a_reason_that_the_practice_reads(week, owner, client):
    client.post(address(week, "aanbieden/"), {"name": "Vol", "explanation": "", "consent": "on"})
    shared = SharedTemplate.objects.get()
    client.cookies["mtvp_language"] = "en"
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    assert "1 week is offered" in words(client.get("/regio/"))
    decide = f"/regio/consultduur/{shared.pk}/"
    page = client.post(decide, {"do": "decline", "reason": " "})
    assert "Fill in the reason" in words(page)
    shared.refresh_from_db()
    assert shared.state == ShareState.OFFERED
    client.post(decide, {"do": "decline", "reason": "Zonder pauze houdt niemand dit vol"})
    assert "is offered" not in words(client.get("/regio/"))
    client.force_login(owner)
    page = words(client.get(address(week)))
    assert "Zonder pauze houdt niemand dit vol" in page
    assert "Take back" not in page


def test_a_week_of_another_practice_does_not_exist_here(week, client):
    elsewhere = factories.practice()
    client.force_login(factories.staff_user(elsewhere))
    wrong = f"/praktijk/{elsewhere.slug}/consultduur/rooster/week/{week.pk}/"
    block = week.blocks.get()
    assert client.get(wrong).status_code == 404
    assert client.get(f"{wrong}dag/1/?wie=Bakker").status_code == 404
    assert (
        client.post(f"{wrong}blok/{block.pk}/", {"take_out": "1", "based_on": 1}).status_code == 404
    )
    assert client.post(f"{wrong}weg/").status_code == 404
    assert week.blocks.count() == 1


def test_the_trail_says_what_was_done_without_contents(week, client):
    client.post(day(week), MORNING | {"begins": "10:00", "ends": "11:00", "who": "Bakker"})
    event = AuditEvent.objects.latest("pk")
    assert (event.object_type, event.detail) == (
        "interventions.daytemplate",
        {"fields": ["blocks"]},
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": 480},
        {"minutes": 7},
        {"minutes": 15, "places": 9},
        {"weekday": 6},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong, week):
    fields = {"weekday": 2, "who": "Bakker", "begins": 480, "ends": 600, "kind": "consultations"}
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateBlock.objects.create(template=week, **fields | wrong)


def test_the_page_of_a_week_asks_no_more_of_the_database_for_more_blocks(
    week, practice, owner, client, django_assert_num_queries
):
    with django_assert_num_queries(14):
        client.get(address(week))
    for weekday in (2, 3):
        designing.add_block(
            template=week,
            block=Block(weekday, "Visser", 480, 600, "consultations", 15),
            actor=owner,
        )
    with django_assert_num_queries(14):
        client.get(address(week))
