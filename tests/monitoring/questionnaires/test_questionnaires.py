"""The region's questionnaire: opens after the year, is saved in between, counts at once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from interventions.models import ConsultationSchedule
from monitoring.bottlenecks.states import Source
from monitoring.compliance import Status
from monitoring.models import (
    Bottleneck,
    Exemption,
    QuestionnaireAnswer,
    QuestionnaireDraft,
    Visit,
    VisitAnswer,
)
from monitoring.questionnaires import services
from monitoring.questionnaires.questions import part_of
from monitoring.standing import standing
from practices.mailing.tasks import send_personal_mail
from practices.models import AuditEvent
from practices.states import AuditAction
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.fixture
def practice():
    """In year 2: the questionnaire about year 1 is open."""
    return factories.practice(start_on=day(-380))


@pytest.fixture
def owner(practice, client):
    user = factories.staff_user(practice)
    client.force_login(user)
    return user


@pytest.fixture
def coordinator():
    return factories.region_user("coordinator", name="Lotte Maas")


def address(practice, rest="1/"):
    return f"/praktijk/{practice.slug}/vragenlijst/{rest}"


def exempt(practice, intervention):
    Exemption.objects.create(
        practice=practice,
        intervention=intervention,
        programme_year=1,
        recorded_on=TODAY,
        reason="x",
    )


def status(practice, year=1):
    return part_of(standing(TODAY, [practice.pk])[0], year).status


def typed(practice, **changes):
    return {
        "plans_made": "yes",
        "lasting_habit": "no",
        "flexible_in_use": "yes",
        "experiences": "Rust in de praktijk",
        "added_value": "",
        "bottlenecks-1-partner": "ggz",
        "bottlenecks-1-kind": "waiting",
        "bottlenecks-1-weight": "3",
        "bottlenecks-1-text": "Wachttijd ggz",
        "looked_at": services.state_of(practice, 1),
    } | changes


def test_handing_in_counts_at_once(practice, owner, client):
    assert status(practice) is not Status.MET
    assert client.post(address(practice), typed(practice, hand_in="1")).status_code == 302
    answer = QuestionnaireAnswer.objects.get()
    assert (answer.plans_made, answer.lasting_habit, answer.flexible_in_use) == (True, False, True)
    assert (answer.answered_on, answer.handed_in_by, answer.on_behalf) == (TODAY, owner, False)
    assert answer.answers["experiences"] == "Rust in de praktijk"
    assert answer.version.number == 1
    assert answer.asked["plans_made"].startswith("Heeft de praktijk dit jaar voor ten minste 5 ")
    assert set(answer.asked) == {
        *("plans_made", "lasting_habit", "flexible_in_use"),
        *("experiences", "added_value", "bottlenecks"),
    }
    assert status(practice) is Status.MET


def test_half_of_it_can_be_saved_and_gone_on_with(practice, owner, client):
    half = typed(practice, plans_made="", lasting_habit="", experiences="Begonnen", save="1")
    assert client.post(address(practice), half).status_code == 302
    assert not QuestionnaireAnswer.objects.exists()
    assert status(practice) is not Status.MET
    client.force_login(factories.staff_user(practice, "manager"))
    page = client.get(address(practice))
    assert page.context["form"].initial["experiences"] == "Begonnen"
    assert page.context["year"].draft.saved_by == owner
    client.post(address(practice), typed(practice, hand_in="1"))
    assert not QuestionnaireDraft.objects.exists()


def test_handing_in_asks_a_yes_or_no_for_each(practice, owner, client):
    page = client.post(address(practice), typed(practice, lasting_habit="", hand_in="1"))
    assert set(page.context["form"].errors) == {"lasting_habit"}
    assert not QuestionnaireAnswer.objects.exists()


def test_what_is_on_record_stands_beside_the_question_and_is_filled_in(practice, owner, client):
    ConsultationSchedule.objects.create(practice=practice, pattern="20", in_use_from=day(-200))
    form = client.get(address(practice)).context["form"]
    assert form.initial["flexible_in_use"] == "yes"
    assert form.initial["plans_made"] == "no"
    assert form.initial["lasting_habit"] is None
    assert "0" in form.fields["plans_made"].help_text
    assert "5" in form.fields["plans_made"].help_text


def test_it_opens_on_the_first_day_after_the_year(client):
    for start, opened in ((day(-364), False), (day(-366), True)):
        practice = factories.practice(start_on=start)
        client.force_login(factories.staff_user(practice))
        client.post(address(practice), typed(practice, hand_in="1"))
        assert QuestionnaireAnswer.objects.filter(practice=practice).exists() == opened


def test_nothing_is_asked_of_a_practice_that_is_exempt_or_stopped(practice, owner, client):
    exempt(practice, 1)
    exempt(practice, 4)
    client.post(address(practice), typed(practice, hand_in="1"))
    assert not QuestionnaireAnswer.objects.exists()


def test_it_is_asked_as_long_as_one_obligation_asks_it(practice, owner, client):
    """Exempt from the plans, but not from the flexible consultation length."""
    exempt(practice, 1)
    client.post(address(practice), typed(practice, hand_in="1"))
    assert QuestionnaireAnswer.objects.exists()


@pytest.mark.parametrize("year", [0, 3, 99])
def test_other_years_have_no_questionnaire(year, practice, owner, client):
    assert client.get(address(practice, f"{year}/")).status_code == 404
    assert client.post(address(practice, f"{year}/"), typed(practice)).status_code == 404


def test_who_saves_over_a_colleague_is_told_and_keeps_the_text(practice, owner, client):
    old = typed(practice, save="1")
    client.post(address(practice), typed(practice, experiences="Eerst", save="1"))
    client.force_login(factories.staff_user(practice, "manager"))
    page = client.post(address(practice), old | {"experiences": "Later"})
    assert page.context["form"].non_field_errors()
    assert "Later" in page.content.decode()
    assert QuestionnaireDraft.objects.get().answers["experiences"] == "Eerst"


def on_screen(client, practice):
    """What the page brings along: what was on it, and the answers filled in."""
    form = client.get(address(practice)).context["form"]
    return {"on_screen": form.packed, "looked_at": form.state_looked_at}


def test_two_colleagues_in_different_questions_lose_nothing(practice, owner, client):
    manager = factories.staff_user(practice, "manager")
    mine, theirs = on_screen(client, practice), on_screen(client, practice)
    blank = {"experiences": "", "bottlenecks-1-partner": "", "bottlenecks-1-kind": ""}
    blank |= {"bottlenecks-1-weight": "", "bottlenecks-1-text": "", "plans_made": "no"}
    blank |= {"flexible_in_use": "no", "lasting_habit": ""}
    client.post(address(practice), typed(practice, **blank | mine | {"experiences": "Eerst"}))
    client.force_login(manager)
    typed_too = blank | theirs | {"added_value": "Rust", "lasting_habit": "yes"}
    line = client.post(
        address(practice), typed(practice, **typed_too, auto="1"), headers={"HX-Request": "true"}
    )
    kept = QuestionnaireDraft.objects.get().answers
    assert (kept["experiences"], kept["added_value"], kept["lasting_habit"]) == (
        *("Eerst", "Rust"),
        True,
    )
    assert "id_on_screen" in line.content.decode()
    typed_too |= {"looked_at": services.state_of(practice, 1), "hand_in": "1"}
    page = client.post(address(practice), typed(practice, **typed_too), follow=True)
    assert "A colleague filled in other questions." in page.content.decode()
    assert page.context["form"].initial["experiences"] == "Eerst"
    assert not QuestionnaireAnswer.objects.exists()


def test_two_answers_to_one_question_are_shown_and_one_of_them_decides(practice, owner, client):
    manager = factories.staff_user(practice, "manager")
    theirs = on_screen(client, practice)
    client.post(address(practice), typed(practice, experiences="Eerst", save="1"))
    client.force_login(manager)
    page = client.post(address(practice), typed(practice, **theirs | {"experiences": "Later"}))
    said = page.content.decode()
    assert "A colleague answered meanwhile:" in said
    assert "Eerst" in said
    assert QuestionnaireDraft.objects.get().answers["experiences"] == "Eerst"
    again = typed(practice, experiences="Later", on_screen=page.context["form"].packed, save="1")
    assert client.post(address(practice), again).status_code == 302
    assert QuestionnaireDraft.objects.get().answers["experiences"] == "Later"


def test_what_a_colleague_handed_in_meanwhile_is_said(practice, owner, client):
    mine = on_screen(client, practice)
    client.post(address(practice), typed(practice, hand_in="1"))
    page = client.post(address(practice), typed(practice, **mine, experiences="Nog iets"))
    assert "handed in already" in page.content.decode()
    assert "Nog iets" in page.content.decode()


def test_an_answer_that_was_saved_says_so_when_the_record_moved_on(practice, owner, client):
    client.post(address(practice), typed(practice, flexible_in_use="no", save="1"))
    field = "flexible_in_use"
    assert "differs" not in client.get(address(practice)).context["form"].fields[field].help_text
    ConsultationSchedule.objects.create(practice=practice, pattern="20", in_use_from=day(-20))
    hint = client.get(address(practice)).context["form"].fields[field].help_text
    assert "This differs from the answer." in hint
    assert f"/praktijk/{practice.slug}/" in hint


def test_what_was_handed_in_is_read_only_until_it_is_reopened(practice, owner, coordinator, client):
    client.post(address(practice), typed(practice, hand_in="1"))
    late = client.post(address(practice), typed(practice, experiences="Anders", hand_in="1"))
    assert late.context["form"].non_field_errors()
    assert QuestionnaireAnswer.objects.get().answers["experiences"] == "Rust in de praktijk"
    client.force_login(coordinator)
    assert client.post(address(practice, "1/heropenen/"), {"reason": ""}).status_code == 200
    client.post(address(practice, "1/heropenen/"), {"reason": "Verkeerd jaar"})
    answer = QuestionnaireAnswer.objects.get()
    assert (answer.reopened_by, answer.reopen_reason) == (coordinator, "Verkeerd jaar")
    assert status(practice) is Status.MET
    QuestionnaireAnswer.objects.update(answered_on=day(-9))
    client.force_login(owner)
    assert "Verkeerd jaar" in client.get(address(practice)).content.decode()
    client.post(address(practice), typed(practice, experiences="Anders", hand_in="1"))
    answer.refresh_from_db()
    assert (answer.answers["experiences"], answer.reopened_at) == ("Anders", None)
    assert answer.answered_on == day(-9)


def test_a_page_from_before_it_was_handed_in_does_not_overwrite_it(
    practice, owner, coordinator, client
):
    """Nor does it report its bottlenecks once more."""
    before = on_screen(client, practice)
    client.post(address(practice), typed(practice, hand_in="1"))
    services.reopen(practice=practice, year=1, reason="Aanvullen", actor=coordinator)
    stale = typed(practice, **before | {"experiences": "Oud"}, hand_in="1")
    page = client.post(address(practice), stale)
    assert "open it again" in str(page.context["form"].non_field_errors())
    assert QuestionnaireAnswer.objects.get().answers["experiences"] == "Rust in de praktijk"
    assert Bottleneck.objects.count() == 1


def test_the_practice_hears_that_it_was_reopened_and_why(practice, owner, coordinator, client):
    client.post(address(practice), typed(practice, hand_in="1"))
    services.reopen(practice=practice, year=1, reason="Een antwoord ontbrak.", actor=coordinator)
    found = client.get(f"/praktijk/{practice.slug}/taken/").content.decode()
    assert "Change the questionnaire about year 1 and hand it in again" in found
    assert "Een antwoord ontbrak." in client.get(address(practice)).content.decode()
    mail.outbox.clear()
    send_personal_mail()
    (message,) = mail.outbox
    assert message.to == [owner.email]
    assert "Lotte Maas heeft de vragenlijst" in message.body
    assert "Een antwoord ontbrak." not in message.body, "it may say who was named in an answer"
    client.post(address(practice), typed(practice, hand_in="1"))
    services.reopen(practice=practice, year=1, reason="Nog eens.", actor=coordinator)
    client.post(address(practice), typed(practice, hand_in="1"))
    mail.outbox.clear()
    send_personal_mail()
    assert mail.outbox == []


def test_only_the_coordinator_reopens(practice, owner, client):
    client.post(address(practice), typed(practice, hand_in="1"))
    practice.consultant = factories.region_user("consultant")
    practice.save()
    for user in (owner, practice.consultant):
        client.force_login(user)
        answer = client.post(address(practice, "1/heropenen/"), {"reason": "x"})
        assert answer.status_code == 403
    assert QuestionnaireAnswer.objects.get().reopened_at is None


def test_the_region_fills_in_on_behalf_visibly_and_on_record(practice, coordinator, client):
    client.force_login(coordinator)
    assert f"<strong>{practice.name}</strong>" in client.get(address(practice)).content.decode()
    client.post(address(practice), typed(practice, hand_in="1"))
    assert QuestionnaireAnswer.objects.get().on_behalf
    event = AuditEvent.objects.get(
        action=AuditAction.CREATE, object_type="monitoring.questionnaireanswer"
    )
    assert (event.role, event.practice) == ("coordinator", practice)
    assert event.detail == {"on_behalf": True, "programme_year": 1}
    assert "Lotte Maas" in client.get(address(practice)).content.decode()


def test_an_answer_that_differs_from_the_record_is_marked(practice, owner, client):
    client.post(address(practice), typed(practice, hand_in="1"))
    lines = client.get(address(practice)).context["answered"]
    assert [line.against for line in lines] == [True, False, True, False, False, False]


def test_a_bottleneck_is_reported_once_however_often_it_is_handed_in(
    practice, owner, coordinator, client
):
    client.post(address(practice), typed(practice, save="1"))
    assert not Bottleneck.objects.exists()
    client.post(address(practice), typed(practice, hand_in="1"))
    one = Bottleneck.objects.get()
    assert (one.practice, one.text, one.weight) == (practice, "Wachttijd ggz", 3)
    assert (one.source, one.reported_by, one.on_behalf) == (Source.QUESTIONNAIRE, owner, False)
    assert "Wachttijd ggz" in client.get(address(practice)).content.decode()
    services.reopen(practice=practice, year=1, reason="Aanvullen", actor=coordinator)
    page = client.get(address(practice))
    assert [known.text for known in page.context["reported"]] == ["Wachttijd ggz"]
    assert page.context["form"]["bottlenecks-1-text"].value() == ""
    again = {f"bottlenecks-1-{part}": "" for part in ("partner", "kind", "weight", "text")}
    client.post(address(practice), typed(practice, **again, hand_in="1"))
    assert Bottleneck.objects.count() == 1
    answer = QuestionnaireAnswer.objects.get()
    assert [said["report"] for said in answer.answers["bottlenecks"]] == [one.pk]


def test_a_bottleneck_that_was_begun_is_asked_whole(practice, owner, client):
    half = typed(practice, **{"bottlenecks-1-kind": ""})
    assert client.post(address(practice), half | {"save": "1"}).status_code == 302
    half["looked_at"] = services.state_of(practice, 1)
    page = client.post(address(practice), half | {"hand_in": "1"})
    assert set(page.context["form"].errors) == {"bottlenecks-1-kind"}
    assert not QuestionnaireAnswer.objects.exists()


def test_words_in_which_somebody_may_be_known_are_shown_before_they_are_handed_in(
    practice, owner, client
):
    words = typed(practice, experiences="Mevrouw Jansen kwam minder.", hand_in="1")
    page = client.post(address(practice), words)
    assert page.context["form"].told
    assert not QuestionnaireAnswer.objects.exists()
    client.post(address(practice), words | {"looked": page.context["form"].seen})
    assert QuestionnaireAnswer.objects.exists()


def test_what_is_typed_is_kept_by_itself_and_a_line_says_so(practice, owner, client):
    half = typed(practice, lasting_habit="", auto="1")
    line = client.post(address(practice), half, headers={"HX-Request": "true"}).content.decode()
    assert "Saved" in line
    assert services.state_of(practice, 1) in line
    assert QuestionnaireDraft.objects.get().answers["experiences"] == "Rust in de praktijk"
    again = client.post(address(practice), half, headers={"HX-Request": "true"})
    assert "Saved" in again.content.decode(), "the own earlier state is no colleague"
    client.force_login(factories.staff_user(practice, "manager"))
    line = client.post(address(practice), half, headers={"HX-Request": "true"}).content.decode()
    assert "Not saved." in line


def test_what_was_said_at_the_visit_of_the_year_is_not_asked_again(practice, owner, client):
    visit = Visit.objects.create(practice=practice, held_on=day(-100))
    for key, choice, text in (("i1-habit", "yes", ""), ("added", "", "Meer rust")):
        VisitAnswer.objects.create(
            visit=visit, key=key, asked="?", choice=choice, text=text, version=key, written_at=NOW
        )
    form = client.get(address(practice)).context["form"]
    assert form.initial["lasting_habit"] == "yes"
    assert form.initial["experiences"] == "Meer rust"


def test_the_start_page_leads_to_it(practice, owner, client):
    found = client.get(f"/praktijk/{practice.slug}/").context["suggestion"]
    assert found.url == address(practice)
    client.force_login(factories.staff_user(practice, "poh"))
    found = client.get(f"/praktijk/{practice.slug}/").context["suggestion"]
    assert found.url.endswith("/regie/")


def test_the_trail_holds_no_answers(practice, owner, client):
    client.post(address(practice), typed(practice, save="1"))
    client.post(address(practice), typed(practice, hand_in="1"))
    events = AuditEvent.objects.filter(object_type__startswith="monitoring.questionnaire")
    details = [event.detail for event in events]
    assert details
    assert all(set(detail) <= {"programme_year"} for detail in details)
