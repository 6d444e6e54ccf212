"""From an empty plan to one that both sides agreed to, and on to the next year."""

from datetime import date

import pytest

from interventions.models import PlanSection, PracticePlan
from interventions.practice_plan import services
from interventions.practice_plan.states import MANDATORY, Field, Kind, PlanState
from practices.models import AuditEvent
from practices.states import RegionRoleName
from tests import factories
from tests.interventions.practice_plan.plans import begun, colleague, said, section_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultant():
    return factories.region_user(RegionRoleName.CONSULTANT)


@pytest.fixture
def practice(consultant):
    return factories.practice(slug="linde", consultant=consultant, start_on=date(2023, 4, 1))


@pytest.fixture
def doctor(practice):
    return colleague(practice, "gp_owner", "Dokter Smit")


@pytest.fixture
def plan(practice, doctor):
    return begun(practice, doctor)


def state_of(plan) -> str:
    plan.refresh_from_db()
    return plan.state


def test_a_plan_begins_with_the_six_and_once(plan, practice, doctor):
    assert [one.kind for one in plan.sections.all()] == list(MANDATORY)
    assert begun(practice, doctor) == plan
    assert PracticePlan.objects.count() == 1


def test_from_handed_in_with_comments_to_agreed(plan, doctor, consultant):
    section = section_of(plan, Kind.TRIAGE)
    write(section, Field.DOING, "Twee assistenten volgen de training.", doctor)
    first = services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    assert (state_of(plan), first.practice_agreed_by, first.agreed) == ("handed_in", doctor, False)
    services.comment(section=section, text="Wanneer?", of_consultant=True, actor=consultant)
    services.send_back(plan=plan, actor=consultant)
    assert state_of(plan) == PlanState.COMMENTED
    write(section, Field.BY_ON, "2024-01-15", doctor)
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    agreed = services.agree(plan=plan, actor=consultant, for_practice=False)
    assert (state_of(plan), agreed.number, agreed.agreed) == ("agreed", 2, True)
    texts = [
        next(one["texts"]["by_on"] for one in version.contents if one["kind"] == Kind.TRIAGE)
        for version in plan.versions.order_by("number")
    ]
    assert texts == ["", "2024-01-15"]


def test_what_the_consultant_handed_in_herself_waits_for_the_practice(plan, doctor, consultant):
    services.hand_in(plan=plan, actor=consultant, on_behalf=True)
    services.agree(plan=plan, actor=consultant, for_practice=False)
    assert state_of(plan) == PlanState.HANDED_IN
    services.agree(plan=plan, actor=doctor, for_practice=True)
    assert state_of(plan) == PlanState.AGREED


def test_reopening_keeps_the_agreed_version_as_it_was(plan, doctor, consultant):
    section = section_of(plan, Kind.TRIAGE)
    write(section, Field.DOING, "Eerst dit", doctor)
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    services.agree(plan=plan, actor=consultant, for_practice=False)
    services.reopen(plan=plan, actor=doctor)
    write(section, Field.DOING, "Nu dat", doctor, based_on="Eerst dit")
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    new, old = plan.versions.all()
    assert (new.agreed, old.agreed) == (False, True)
    assert [one["texts"]["doing"] for one in old.contents if one["kind"] == Kind.TRIAGE] == [
        "Eerst dit"
    ]


@pytest.mark.parametrize("step", ["send_back", "agree", "reopen"])
def test_a_step_out_of_turn_is_refused(plan, doctor, step):
    more = {"for_practice": False} if step == "agree" else {}
    with pytest.raises(services.NotNowError):
        getattr(services, step)(plan=plan, actor=doctor, **more)
    assert state_of(plan) == PlanState.DRAFT


def test_a_handed_in_plan_gets_no_sections_and_is_handed_in_once(plan, doctor):
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    with pytest.raises(services.NotNowError):
        services.add_section(plan=plan, kind=Kind.CAPACITY, actor=doctor)
    with pytest.raises(services.NotNowError):
        services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    assert plan.versions.count() == 1


def test_added_activities_stand_after_the_six_and_only_empty_ones_go(plan, doctor):
    free = services.add_section(plan=plan, kind=Kind.FREE, actor=doctor)
    services.add_section(plan=plan, kind=Kind.FREE, actor=doctor)
    added = services.add_section(plan=plan, kind=Kind.CAPACITY, actor=doctor)
    assert services.add_section(plan=plan, kind=Kind.CAPACITY, actor=doctor) == added
    kinds = [one["kind"] for one in services.contents_of(plan)]
    assert kinds == [*MANDATORY, Kind.CAPACITY, Kind.FREE, Kind.FREE]
    with pytest.raises(services.NotNowError):
        services.add_section(plan=plan, kind=Kind.TRIAGE, actor=doctor)
    write(free, Field.TITLE, "Moestuin", doctor)
    with pytest.raises(services.NotNowError):
        services.remove_section(section=free, actor=doctor)
    services.remove_section(section=added, actor=doctor)
    with pytest.raises(services.NotNowError):
        services.remove_section(section=section_of(plan, Kind.TRIAGE), actor=doctor)
    assert plan.sections.count() == 8


def test_the_next_year_takes_over_what_is_still_open(plan, practice, doctor):
    triage, lengths = section_of(plan, Kind.TRIAGE), section_of(plan, Kind.LENGTHS)
    capacity = services.add_section(plan=plan, kind=Kind.CAPACITY, actor=doctor)
    write(triage, Field.DOING, "Training", doctor)
    write(triage, Field.WHO, "Dokter Smit", doctor)
    write(triage, Field.BY_ON, "2024-02-01", doctor)
    write(capacity, Field.DOING, "Een POH erbij", doctor)
    write(capacity, Field.BY_ON, "2024-04-01", doctor)
    write(lengths, Field.DOING, "20 minuten", doctor)
    services.mark_done(section=lengths, done=True, actor=doctor)
    following = begun(practice, doctor, year=2)
    # The day lies before the new year and is asked anew; what was done stays behind.
    assert said(following, Kind.TRIAGE) | {"hope": ""} == {
        "doing": "Training",
        "who": "Dokter Smit",
        "by_on": "",
        "hope": "",
    }
    assert said(following, Kind.CAPACITY)["by_on"] == "2024-04-01"
    assert said(following, Kind.LENGTHS)["doing"] == ""
    carried = section_of(following, Kind.TRIAGE)
    assert set(carried.texts.values_list("from_year", flat=True)) == {1}
    assert carried.texts.get(field="who").person == doctor.person
    write(carried, Field.DOING, "Vervolgtraining", doctor, based_on="Training")
    assert carried.texts.get(field="doing").from_year is None
    assert said(plan, Kind.TRIAGE)["doing"] == "Training"


def test_steps_are_in_the_trail_and_texts_are_not(plan, doctor):
    write(section_of(plan, Kind.TRIAGE), Field.DOING, "Geheim voornemen", doctor)
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    events = AuditEvent.objects.filter(practice=plan.practice)
    assert {one.object_type for one in events} == {
        "interventions.practiceplan",
        "interventions.plansection",
    }
    assert "Geheim" not in str([one.detail for one in events])


def test_the_plan_at_hand_is_that_of_the_programme_year(practice):
    days = {date(2023, 3, 1): 1, date(2023, 4, 1): 1, date(2024, 3, 31): 1, date(2025, 4, 1): 3}
    assert {day: services.year_of(practice, day) for day in days} == days
    assert not PlanSection.objects.exists()
