"""Judging, choosing, undoing, drawing lots and drawing up plans."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone, translation

from highusers.choosing.services import (
    NotPossibleError,
    OvertakenError,
    Patient,
    Seen,
    choose,
    draw_lots,
    judge,
    undo_choice,
)
from highusers.models import HighUser, Judgement, PatientProfile
from highusers.plans.services import PlanText, close_plan, save_plan
from highusers.plans.waiting import next_to_plan
from highusers.states import CloseReason
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice
from practices.programme_year import add_years
from tests import factories
from tests.highusers.choosing.lists import judgement, patient, say, seen_now
from tests.highusers.extracts import store

pytestmark = pytest.mark.django_db
UNTOUCHED = Seen(0, {"influenceable": "", "profile": None, "discussed_on": None, "reason": ""})


@pytest.fixture
def practice():
    today = timezone.localdate()
    return factories.practice(start_on=add_years(today, -1) + timedelta(days=40))


@pytest.fixture
def doctor(practice):
    return factories.staff_user(practice)


@pytest.fixture
def nurse(practice):
    return factories.staff_user(practice, "poh")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def listed(practice):
    store(practice, {"1": 64, "2": 58, "3": 40, "4": 31})


def chosen(practice):
    with practice_scope(practice):
        found = Judgement.objects.filter(chosen_on__isnull=False).order_by("position")
        return [(one.high_user.code, one.reason) for one in found.select_related("high_user")]


def test_what_is_said_is_kept_with_who_and_when(practice, doctor, nurse):
    profile = PatientProfile.objects.get(number=3)
    say(practice, doctor, influenceable="doubt", profile=profile)
    found = judgement(practice)
    assert (found.influenceable, found.profile, found.said_by) == ("doubt", profile, doctor)
    assert (found.discussed_on, found.version) == (timezone.localdate(), 1)
    say(practice, nurse, profile=None)
    found = judgement(practice)
    assert (found.profile, found.said_by, found.changed_by, found.version) == (
        None, doctor, nurse, 2,
    )  # fmt: skip


def test_the_trail_names_fields_and_patient_but_no_contents(practice, doctor):
    say(practice, doctor, influenceable="no", reason="eenzaam")
    say(practice, doctor, influenceable="yes")
    events = AuditEvent.objects.filter(object_type="highusers.judgement").order_by("pk")
    assert [(event.action, event.detail["fields"]) for event in events] == [
        ("create", ["influenceable", "reason"]),
        ("change", ["influenceable"]),
    ]
    assert {bytes(event.patient_key) for event in events} == {
        bytes(patient(practice).high_user.patient_key)
    }
    assert "eenzaam" not in str([event.detail for event in events])


def test_saving_the_same_again_leaves_no_trace(practice, doctor):
    say(practice, doctor, influenceable="yes")
    say(practice, doctor, influenceable="yes")
    assert judgement(practice).version == 1
    assert AuditEvent.objects.filter(object_type="highusers.judgement").count() == 1


def test_the_reason_is_encrypted(practice, doctor):
    say(practice, doctor, reason="belt bij stress")
    with connection.cursor() as cursor, practice_scope(practice):
        cursor.execute("SELECT reason FROM highusers_judgement")
        assert b"stress" not in bytes(cursor.fetchone()[0])


def test_a_colleague_who_was_first_in_the_same_field_is_not_overwritten(practice, doctor, nurse):
    say(practice, nurse, influenceable="no")
    with pytest.raises(OvertakenError) as overtaken:
        judge(patient(practice), given={"influenceable": "yes"}, seen=UNTOUCHED, actor=doctor)
    assert (overtaken.value.theirs.influenceable, overtaken.value.theirs.changed_by) == (
        "no", nurse,
    )  # fmt: skip
    assert judgement(practice).influenceable == "no"
    judge(
        patient(practice),
        given={"influenceable": "yes"},
        seen=seen_now(practice),
        actor=doctor,
    )
    assert (judgement(practice).influenceable, judgement(practice).said_by) == ("yes", doctor)


def test_two_who_change_other_fields_of_one_row_are_both_kept(practice, doctor, nurse):
    profile = PatientProfile.objects.get(number=2)
    say(practice, nurse, profile=profile)
    whole_row = {"influenceable": "yes", "profile": None}
    saved = judge(patient(practice), given=whole_row, seen=UNTOUCHED, actor=doctor)
    assert (saved.fields, saved.with_colleague) == (("influenceable",), True)
    found = judgement(practice)
    assert (found.influenceable, found.profile) == ("yes", profile)


def test_two_who_say_the_same_do_not_clash(practice, doctor, nurse):
    say(practice, nurse, influenceable="yes")
    saved = judge(patient(practice), given={"influenceable": "yes"}, seen=UNTOUCHED, actor=doctor)
    assert saved.fields == ()
    assert judgement(practice).said_by == nurse


def test_the_order_and_reason_of_each_choice_are_kept(practice, doctor):
    for number in (3, 1, 2):
        choose(patient(practice, number), actor=doctor, reason=f"reden {number}")
    assert chosen(practice) == [("V-03", "reden 3"), ("V-01", "reden 1"), ("V-02", "reden 2")]
    choose(patient(practice, 1), actor=doctor)
    undo_choice(patient(practice, 3), actor=doctor)
    assert chosen(practice) == [("V-01", "reden 1"), ("V-02", "reden 2")]
    choose(patient(practice, 3), actor=doctor)
    assert [code for code, _reason in chosen(practice)] == ["V-01", "V-02", "V-03"]


def test_who_cannot_be_influenced_cannot_be_chosen(practice, doctor):
    say(practice, doctor, influenceable="no")
    with pytest.raises(NotPossibleError, match="cannot be influenced"):
        choose(patient(practice), actor=doctor)
    assert chosen(practice) == []


def test_undoing_what_was_not_chosen_changes_nothing(practice, doctor):
    undo_choice(patient(practice), actor=doctor)
    assert judgement(practice) is None


def test_plans_are_asked_for_in_the_order_of_choice_of_those_without_one(practice, doctor):
    for number in (2, 1, 3):
        choose(patient(practice, number), actor=doctor)
    there = patient(practice, 2)
    text = PlanText(who="POH")
    asked = []
    for _turn in range(3):
        with practice_scope(practice):
            following = next_to_plan(practice, there.period_end)
        asked.append(following.code)
        plan = save_plan(practice=practice, high_user=following, text=text, actor=doctor)
        assert plan.period_end == there.period_end
    assert asked == ["V-02", "V-01", "V-03"]
    with practice_scope(practice):
        assert next_to_plan(practice, there.period_end) is None
        assert next_to_plan(practice, there.period_end + timedelta(days=1)) is None


def test_a_choice_with_a_plan_stays_until_the_plan_is_closed(practice, doctor):
    choose(patient(practice), actor=doctor)
    high_user = patient(practice).high_user
    plan = save_plan(practice=practice, high_user=high_user, text=PlanText(), actor=doctor)
    with pytest.raises(NotPossibleError, match="plan already"):
        undo_choice(patient(practice), actor=doctor)
    close_plan(practice=practice, plan=plan, reason=CloseReason.OTHER, note="", actor=doctor)
    undo_choice(patient(practice), actor=doctor)
    assert chosen(practice) == []


def test_the_lot_chooses_as_many_as_asked_and_says_so(practice, doctor):
    for number in (2, 3, 4):
        say(practice, doctor, number, influenceable="yes")
    with practice_scope(practice):
        high_users = list(HighUser.objects.filter(number__in=[2, 3, 4]))
    drawn = draw_lots(practice=practice, high_users=high_users, places=2, actor=doctor)
    reason = "Chosen by lot out of V-02, V-03, V-04."
    assert chosen(practice) == [(one.code, reason) for one in drawn]
    assert len({one.code for one in drawn}) == 2


def test_the_lot_falls_on_everybody_alike(practice, doctor, monkeypatch):
    """The draw is the system's own; what is asked of it is a sample of all, without weights."""
    asked = []
    monkeypatch.setattr(
        "highusers.choosing.services.SystemRandom.sample",
        lambda _self, people, places: asked.append(([one.code for one in people], places)) or [],
    )
    for number in (1, 2, 3, 4):
        say(practice, doctor, number, influenceable="doubt")
    with practice_scope(practice):
        high_users = list(HighUser.objects.order_by("number"))
    draw_lots(practice=practice, high_users=high_users, places=1, actor=doctor)
    assert asked == [(["V-01", "V-02", "V-03", "V-04"], 1)]


@pytest.mark.django_db(transaction=True)
def test_two_who_choose_at_once_get_places_of_their_own(practice, doctor):
    """The second begins while the first has chosen and not committed yet."""
    first, second = patient(practice, 1), patient(practice, 2)
    begun, failed = threading.Event(), []

    def choose_second() -> None:
        try:
            begun.set()
            choose(second, actor=doctor)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=choose_second)
    with transaction.atomic():
        choose(first, actor=doctor)
        thread.start()
        begun.wait(10)
        time.sleep(1)
    thread.join(30)
    assert failed == []
    with practice_scope(practice):
        assert sorted(Judgement.objects.values_list("position", flat=True)) == [1, 2]


def meanwhile(work):
    """Run this in a thread, with a connection of its own."""
    failed = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["says no", "draws too"])
def test_the_lot_is_not_drawn_over_what_a_colleague_did_meanwhile(
    client, practice, doctor, nurse, what
):
    """The lot is asked for while the colleague has done it and not committed yet."""
    for number in (1, 2):
        say(practice, nurse, number, influenceable="yes")
    with practice_scope(practice):
        tied = list(HighUser.objects.filter(number__in=[1, 2]))
    client.force_login(doctor)
    client.cookies["mtvp_language"] = "en"
    address = f"/praktijk/{practice.slug}/veelgebruikers/kiezen/loten/"
    answers = []

    def draw() -> None:
        sent = {"patient": ["v-01", "v-02"], "places": "1"}
        answers.append(client.post(address, sent))

    with transaction.atomic():
        if what == "says no":
            for number in (1, 2):
                say(practice, nurse, number, influenceable="no")
        else:
            draw_lots(practice=practice, high_users=tied, places=1, actor=nurse)
        thread, failed = meanwhile(draw)
        time.sleep(1)
    thread.join(30)
    assert failed == []
    page = answers[0].content.decode()
    assert "A colleague changed something for these patients just now." in page
    assert len(chosen(practice)) == (what == "draws too")


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_turn_to_choose_holds_no_patient(client, practice, doctor):
    """Else a lot that is being drawn and a choice could wait for one another for ever."""
    client.force_login(doctor)
    address = f"/praktijk/{practice.slug}/veelgebruikers/oordeel/v-01/"
    sent = {"version": 0, "influenceable": "yes", "was_influenceable": "", "do": "choose"}
    with practice_scope(practice):
        Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
        thread, failed = meanwhile(lambda: client.post(address, sent))
        time.sleep(1)
        assert HighUser.objects.select_for_update(nowait=True).get(number=1).code == "V-01"
    thread.join(30)
    assert failed == []
    assert [code for code, _reason in chosen(practice)] == ["V-01"]


def test_another_practice_is_out_of_reach(practice, doctor):
    other = factories.practice()
    about = patient(practice)
    stranger = Patient(other, about.high_user, about.period_end)
    with pytest.raises(HighUser.DoesNotExist):
        choose(stranger, actor=doctor)
