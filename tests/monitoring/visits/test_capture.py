"""Each change once, nobody's words overwritten unseen, and the time-out as obligation 3."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from monitoring.bottlenecks.services import Described, make_structural
from monitoring.models import Bottleneck, Visit, VisitAgreement, VisitAnswer, VisitChange
from monitoring.standing import standing
from monitoring.visits.capture import held, keep, on_page
from monitoring.visits.services import amend, read_back, start_visit
from monitoring.visits.states import VisitState
from practices.drafts.exchange import Outcome
from practices.models import AuditEvent
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.monitoring.visits import making
from tests.monitoring.visits.making import agreed, say, sent, version_of, visited

pytestmark = pytest.mark.django_db

STUCK = {"partner": "ggz", "kind": "waiting", "weight": "3", "text": "Een jaar wachten"}


@pytest.fixture(autouse=True)
def in_english():
    """The texts in the code; Dutch is a catalogue."""
    with translation.override("en"):
        yield


@pytest.fixture
def consultant():
    return making.consultant()


@pytest.fixture
def practice(consultant):
    return making.practice(consultant)


@pytest.fixture
def visit(practice, consultant):
    return start_visit(practice=practice, actor=consultant)


def time_out_status(practice):
    found = standing(making.today(), [practice.pk])[0].obligations
    return next(one.status for one in found if one.intervention == 3)


def test_an_answer_keeps_the_question_as_it_was_asked(visit, consultant):
    assert say(visit, "i1-going", "stuck") is Outcome.KEPT
    kept = VisitAnswer.objects.get()
    assert (kept.asked, kept.choice, kept.text) == ("How is it going?", "stuck", "")
    assert (kept.written_by, visit.questions) == (consultant, 1)


def test_a_change_that_arrives_twice_is_made_once(visit, consultant):
    first, then = on_page("joy", "Rust", ""), on_page("joy", "Meer rust", "")
    then = type(then)(then.id, "joy", "Meer rust", first.id, then.at)
    outcomes = [keep(one, visit=visit, actor=consultant) for one in (first, then, first, then)]
    assert outcomes == [Outcome.KEPT] * 4
    assert VisitAnswer.objects.get().text == "Meer rust"
    assert VisitChange.objects.count() == 2


def test_somebody_elses_words_are_not_overwritten(visit):
    say(visit, "joy", "Van een.")
    other = factories.region_user(RegionRoleName.COORDINATOR)
    assert say(visit, "joy", "Van ander.", actor=other) is Outcome.CONFLICT
    assert VisitAnswer.objects.get().text == "Van een."
    assert say(visit, "joy", "Van een.", actor=other) is Outcome.KEPT
    assert say(visit, "joy", "Beide.", version_of(visit, "joy"), other) is Outcome.KEPT


def test_words_that_were_taken_back_are_nowhere(visit):
    say(visit, "joy", "Mevrouw Jansen")
    say(visit, "joy", "", version_of(visit, "joy"))
    assert VisitAnswer.objects.get().text == ""
    assert {field.name for field in VisitChange._meta.fields} == {"id", "visit", "change", "field"}
    assert "Jansen" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_a_citizen_service_number_is_left_out(visit):
    say(visit, "joy", "Het was 111222333, denk ik")
    assert VisitAnswer.objects.get().text == "Het was …, denk ik"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("i1-going", "excellent"),
        ("onbekend", "x"),
        ("joy", "x" * 4001),
        ("kept-1", "done"),
        ("agreement_i1-a", '{"what": "", "owner": "other", "due_on": "2027-01-01"}'),
        ("agreement_i1-a", '{"what": "Iets", "owner": "other", "due_on": ""}'),
        ("agreement_i1-a", '{"what": "Iets", "owner": "p1", "due_on": "2027-01-01"}'),
        ("agreement_i1-a", "[]"),
        ("stuck-a", '{"partner": "ggz", "kind": "waiting", "weight": "9", "text": "x"}'),
        ("stuck-a", '{"partner": "ggz", "kind": "waiting", "weight": "1", "text": ""}'),
    ],
)
def test_what_no_page_asks_is_refused_in_words(visit, key, value):
    with pytest.raises(ValidationError) as refused:
        say(visit, key, value)
    assert refused.value.messages[0].endswith(".")
    assert VisitChange.objects.count() == 0


def test_the_part_about_the_time_out_meets_the_obligation(practice, visit):
    say(visit, "i3-used", "sometimes")
    visit.refresh_from_db()
    assert (visit.time_out_discussed, time_out_status(practice)) == (False, "on_track")
    say(visit, "i3-effect", "unknown")
    visit.refresh_from_db()
    assert (visit.time_out_discussed, time_out_status(practice)) == (True, "met")
    say(visit, "i3-effect", "", version_of(visit, "i3-effect"))
    visit.refresh_from_db()
    assert (visit.time_out_discussed, time_out_status(practice)) == (False, "on_track")


def test_what_a_spreadsheet_said_stays_until_the_answers_say_it(practice, consultant):
    Visit.objects.create(practice=practice, held_on=making.today(), time_out_discussed=True)
    visit = start_visit(practice=practice, actor=consultant)
    say(visit, "i3-used", "yes")
    visit.refresh_from_db()
    assert (visit.state, visit.time_out_discussed) == (VisitState.HELD, True)


def test_what_was_sent_takes_no_change_until_it_is_amended(visit, consultant):
    say(visit, "joy", "Rust.")
    sent(visit)
    with pytest.raises(ValidationError):
        say(visit, "patients", "Blij.")
    amend(visit=visit, actor=consultant)
    assert say(visit, "patients", "Blij.") is Outcome.KEPT


def test_a_change_after_reading_back_asks_to_read_back_again(visit, consultant):
    say(visit, "joy", "Rust.")
    read_back(visit=visit, actor=consultant)
    say(visit, "patients", "Blij.")
    visit.refresh_from_db()
    assert (visit.state, visit.read_back_at) == (VisitState.HELD, None)


def test_an_agreement_has_an_owner_of_the_practice_the_region_or_in_words(
    practice, visit, consultant
):
    person = factories.person(name="Mila Bos")
    factories.employment(person=person, practice=practice, role=StaffRole.ASSISTANT)
    hers = agreed(visit, "Een", owner=f"p{person.pk}", owner_name="Niet dit")
    theirs = agreed(visit, "Twee", owner=f"a{consultant.pk}")
    words = agreed(visit, "Drie", owner_name="Het wijkteam")
    owners = [(one.person, one.account, one.owner) for one in (hers, theirs, words)]
    assert owners == [(person, None, ""), (None, consultant, ""), (None, None, "Het wijkteam")]
    say(visit, hers.field, "", hers.version)
    hers.refresh_from_db()
    assert hers.withdrawn_at is not None
    assert {one.field: one.value for one in held(visit)}[hers.field] == ""


def reworded(what: str) -> str:
    return json.dumps({"what": what, "owner": "other", "due_on": making.in_days(9).isoformat()})


def test_an_agreement_is_amended_and_keeps_its_number(visit):
    made = agreed(visit, "Oefenen")
    assert say(visit, made.field, reworded("Samen oefenen"), made.version) == Outcome.KEPT
    fresh = VisitAgreement.objects.get()
    assert (fresh.pk, fresh.what, fresh.due_on) == (made.pk, "Samen oefenen", making.in_days(9))
    assert fresh.version != made.version


def test_an_agreement_that_somebody_else_amended_meanwhile_is_not_overwritten(visit):
    made = agreed(visit, "Oefenen")
    say(visit, made.field, reworded("Van een ander"), made.version)
    assert say(visit, made.field, reworded("Van mij"), made.version) == Outcome.CONFLICT
    assert say(visit, made.field, "", made.version) == Outcome.CONFLICT
    assert VisitAgreement.objects.get().what == "Van een ander"


def test_an_agreement_that_was_taken_back_can_be_put_down_again(visit):
    made = agreed(visit, "Oefenen")
    say(visit, made.field, "", made.version)
    made.refresh_from_db()
    say(visit, made.field, reworded("Toch oefenen"), made.version)
    made.refresh_from_db()
    assert (made.what, made.withdrawn_at) == ("Toch oefenen", None)


def test_somebody_of_another_practice_takes_nothing_on(visit):
    stranger = factories.employment(practice=factories.practice()).person
    with pytest.raises(ValidationError):
        agreed(visit, owner=f"p{stranger.pk}")
    assert VisitAgreement.objects.count() == 0


def test_last_times_agreement_is_done_with_one_tap_and_open_again(practice, visit):
    before = visited(practice, making.ago(30))
    made = agreed(before)
    key = f"kept-{made.pk}"
    say(visit, key, "done")
    made.refresh_from_db()
    assert (made.done_on, made.done_by) == (visit.held_on, visit.begun_by)
    say(visit, key, "not_yet", version_of(visit, key))
    made.refresh_from_db()
    assert (made.done_on, made.done_by) == (None, None)


def test_an_agreement_of_another_practice_cannot_be_settled(visit, consultant):
    made = agreed(visited(making.practice(consultant), making.ago(30)))
    with pytest.raises(ValidationError):
        say(visit, f"kept-{made.pk}", "done")


def test_a_bottleneck_reaches_the_region_when_the_report_is_sent(practice, visit, consultant):
    say(visit, "stuck-a", json.dumps(STUCK))
    assert Bottleneck.objects.count() == 0
    sent(visit)
    found = Bottleneck.objects.get()
    said = (found.practice, found.partner, found.kind, found.weight, found.text, found.source)
    assert said == (practice, "ggz", "waiting", 3, "Een jaar wachten", "visit")
    amend(visit=visit, actor=consultant)
    say(visit, "joy", "Rust.")
    sent(visit)
    assert Bottleneck.objects.count() == 1
    amend(visit=visit, actor=consultant)
    say(visit, "stuck-a", "", version_of(visit, "stuck-a"))
    found.refresh_from_db()
    assert found.withdrawn_at is not None


def test_what_an_amended_report_says_of_a_bottleneck_is_what_the_region_reads(
    practice, visit, consultant
):
    say(visit, "stuck-a", json.dumps(STUCK | {"text": "Mevrouw Bos wacht een jaar"}))
    sent(visit)
    found = Bottleneck.objects.get()
    for grouped, kind in ((False, "communication"), (True, "ict")):
        amend(visit=visit, actor=consultant)
        words = f"Een jaar wachten, {kind}"
        said = json.dumps(STUCK | {"text": words, "kind": kind})
        say(visit, "stuck-a", said, version_of(visit, "stuck-a"))
        if grouped:
            described = Described("Wachten", "ggz", "", "communication", "", None)
            make_structural(chosen=[found], described=described, actor=consultant)
        sent(visit)
        found.refresh_from_db()
        assert (found.text, found.kind) == (words, "communication")
    assert [step.event for step in found.steps.all()] == [
        "reported",
        "changed",
        "grouped",
        "changed",
    ]


def test_typing_leaves_one_event_per_person_and_question(visit):
    for text in ("R", "Ru", "Rust"):
        say(visit, "joy", text, VisitAnswer.objects.values_list("version", flat=True).first() or "")
    events = AuditEvent.objects.filter(action="change", object_type="monitoring.visit")
    assert [event.detail for event in events] == [{"fields": ["joy"]}]
