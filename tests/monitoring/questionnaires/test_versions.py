"""The questions as data: drawn up, published from a day on, and never changed after that."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from monitoring.models import (
    QuestionnaireAnswer,
    QuestionnaireDraft,
    QuestionnaireQuestion,
    QuestionnaireVersion,
)
from monitoring.questionnaires import drafting, services
from monitoring.questionnaires.drafting import Written
from monitoring.questionnaires.shipped import FIXED_KEYS, SHIPPED
from monitoring.questionnaires.states import QuestionKind
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CHOICE = Written("Hoe vaak?", kind=QuestionKind.CHOICE, options=("Vaak", "Soms"))


@pytest.fixture
def coordinator():
    return factories.region_user("coordinator")


@pytest.fixture
def draft(coordinator):
    return drafting.begin_draft(actor=coordinator)


def keys(version):
    return list(version.questions.order_by("position").values_list("key", flat=True))


def test_version_one_came_with_the_product():
    first = QuestionnaireVersion.objects.get()
    assert (first.number, first.made_by) == (1, None)
    assert keys(first) == [one.key for one in SHIPPED]
    assert QuestionnaireVersion.objects.asked_on(TODAY).get() == first


def test_a_draft_begins_as_a_copy_and_there_is_one(draft, coordinator):
    assert (draft.number, keys(draft)) == (2, keys(QuestionnaireVersion.objects.get(number=1)))
    with pytest.raises(drafting.NoDraftError):
        drafting.begin_draft(actor=coordinator)


def test_questions_are_added_moved_changed_and_left_out(draft, coordinator):
    made = drafting.add_question(version=draft, written=CHOICE, actor=coordinator)
    drafting.move_question(version=draft, key=made.key, up=True, actor=coordinator)
    assert keys(draft)[-2:] == [made.key, "bottlenecks"]
    drafting.remove_question(version=draft, key="added_value", actor=coordinator)
    assert "added_value" not in keys(draft)
    positions = draft.questions.order_by("position").values_list("position", flat=True)
    assert list(positions) == [1, 2, 3, 4, 5, 6]
    new = Written("Anders?", kind=QuestionKind.YES_NO, programme_year=2)
    drafting.change_question(version=draft, key=made.key, written=new, actor=coordinator)
    made.refresh_from_db()
    assert (made.text, made.kind, made.options, made.programme_year) == (
        *("Anders?", QuestionKind.YES_NO),
        *([], 2),
    )
    assert QuestionnaireQuestion.objects.filter(version__number=1).count() == len(SHIPPED)


@pytest.mark.parametrize("key", FIXED_KEYS)
def test_what_the_engine_reads_is_worded_otherwise_but_not_left_out(draft, coordinator, key):
    with pytest.raises(drafting.FixedQuestionError):
        drafting.remove_question(version=draft, key=key, actor=coordinator)
    written = Written("Anders gevraagd?", kind=QuestionKind.TEXT, programme_year=1)
    drafting.change_question(version=draft, key=key, written=written, actor=coordinator)
    question = draft.questions.get(key=key)
    assert (question.text, question.kind) == ("Anders gevraagd?", QuestionKind.YES_NO)
    assert question.programme_year is None
    assert question.prefill


def test_a_published_version_never_changes(draft, coordinator):
    drafting.publish(version=draft, holds_from=TODAY, actor=coordinator)
    with pytest.raises(drafting.NoDraftError):
        drafting.add_question(version=draft, written=CHOICE, actor=coordinator)
    for change in (
        lambda: draft.questions.update(text="Anders"),
        lambda: draft.questions.filter(key="added_value").delete(),
        lambda: draft.questions.create(key="q9", kind="text", text="Nog iets", position=9),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(drafting.NoDraftError):
        drafting.withdraw(version=draft, actor=coordinator)


def test_it_is_asked_from_its_day_on_and_taken_back_before(draft, coordinator):
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(drafting.PastDayError):
        drafting.publish(version=draft, holds_from=TODAY - timedelta(days=1), actor=coordinator)
    drafting.publish(version=draft, holds_from=tomorrow, actor=coordinator)
    asked = QuestionnaireVersion.objects.asked_on
    assert [asked(day)[0].number for day in (TODAY, tomorrow)] == [1, 2]
    drafting.withdraw(version=draft, actor=coordinator)
    assert asked(tomorrow)[0].number == 1
    drafting.discard_draft(version=draft, actor=coordinator)
    assert keys(QuestionnaireVersion.objects.get()) == [one.key for one in SHIPPED]


def test_who_began_on_a_version_finishes_on_it(client, coordinator):
    practices = [factories.practice(start_on=TODAY - timedelta(days=380)) for _one in range(2)]
    began, later = practices
    said = {"plans_made": True, "lasting_habit": False, "flexible_in_use": True}
    first = QuestionnaireVersion.objects.get()
    owner = factories.staff_user(began)
    services.save_draft(
        **{"practice": began, "year": 1, "version": first, "answers": {"experiences": "Begonnen"}},
        **{"seen": "- -", "actor": owner, "on_behalf": False},
    )
    draft = drafting.begin_draft(actor=coordinator)
    drafting.remove_question(version=draft, key="experiences", actor=coordinator)
    made = drafting.add_question(version=draft, written=CHOICE, actor=coordinator)
    drafting.publish(version=draft, holds_from=TODAY, actor=coordinator)
    for practice, on_it in ((began, ["experiences"]), (later, [made.key])):
        client.force_login(factories.staff_user(practice))
        page = client.get(f"/praktijk/{practice.slug}/vragenlijst/1/")
        form = page.context["form"]
        assert [key for key in ("experiences", made.key) if key in form.fields] == on_it
        typed = {key: "yes" if value else "no" for key, value in said.items()}
        extra = {"experiences": "Rust", made.key: "Soms", "version": "1", "hand_in": "1"}
        if practice is later:
            del extra["version"]
        typed |= {"looked_at": services.state_of(practice, 1)} | extra
        client.post(f"/praktijk/{practice.slug}/vragenlijst/1/", typed)
    answers = {one.practice: one for one in QuestionnaireAnswer.objects.all()}
    assert {one: found.version.number for one, found in answers.items()} == {began: 1, later: 2}
    assert answers[began].asked["experiences"] == "Wat zijn uw ervaringen met de interventies?"
    assert answers[later].answers == {"added_value": "", made.key: "Soms", "bottlenecks": []}
    assert answers[later].asked[made.key] == "Hoe vaak?"


def test_a_page_that_was_opened_on_a_version_is_kept_on_it(client, coordinator):
    """The new one is published while somebody types."""
    practice = factories.practice(start_on=TODAY - timedelta(days=380))
    client.force_login(factories.staff_user(practice))
    page = client.get(f"/praktijk/{practice.slug}/vragenlijst/1/")
    looked_at = page.context["form"].state_looked_at
    draft = drafting.begin_draft(actor=coordinator)
    drafting.publish(version=draft, holds_from=TODAY, actor=coordinator)
    typed = {"experiences": "Rust", "version": "1", "looked_at": looked_at, "save": "1"}
    client.post(f"/praktijk/{practice.slug}/vragenlijst/1/", typed)
    assert QuestionnaireDraft.objects.get().version.number == 1


def test_the_coordinator_does_it_all_on_pages(client, coordinator):
    client.force_login(coordinator)
    base = client.post("/regio/vragenlijsten/").url
    typed = {"text": "Hoe vaak?", "hint": "", "kind": "choice", "options": "Vaak"}
    page = client.post(f"{base}nieuw/", typed)
    assert set(page.context["form"].errors) == {"options"}
    client.post(f"{base}nieuw/", typed | {"options": "Vaak\nSoms\n"})
    client.post(f"{base}vraag/q1/plaats/", {"way": "up"})
    client.post(f"{base}vraag/added_value/weg/")
    assert client.post(f"{base}vraag/plans_made/weg/", follow=True).status_code == 200
    preview = client.get(f"{base}voorbeeld/1/").content.decode()
    assert "Hoe vaak?" in preview
    assert "Soms" in preview
    assert "ten minste 5 veelgebruikers" in preview
    page = client.post(f"{base}publiceren/", {"holds_from": "2020-01-01"})
    assert set(page.context["form"].errors) == {"holds_from"}
    client.post(f"{base}publiceren/", {"holds_from": TODAY.isoformat()})
    version = QuestionnaireVersion.objects.asked_on(TODAY)[0]
    assert (version.number, version.published_by) == (2, coordinator)
    assert keys(version) == [*FIXED_KEYS, "experiences", "q1", "bottlenecks"]
    assert client.get(f"{base}vraag/q1/").status_code == 404
    assert client.get(base).status_code == 200
    assert client.get("/regio/vragenlijsten/").context["asked_now"] == version


@pytest.mark.django_db(transaction=True)
def test_what_is_added_while_it_is_published_is_in_it_or_refused():
    """Eight people add a question while one publishes: no question slips into what was published,
    and nobody publishes twice."""
    coordinator = factories.region_user("coordinator")
    draft = drafting.begin_draft(actor=coordinator)
    outcomes: list[str] = []
    asked_at_publishing: list[int] = []
    together = threading.Barrier(10)

    def at_once(work, name):
        together.wait()
        try:
            work()
            outcomes.append(name)
        except drafting.NoDraftError:
            outcomes.append(f"no {name}")
        finally:
            connections.close_all()

    def publish():
        with transaction.atomic():
            drafting.publish(version=draft, holds_from=TODAY, actor=coordinator)
            asked_at_publishing.append(draft.questions.count())

    def add():
        drafting.add_question(version=draft, written=CHOICE, actor=coordinator)

    work = [(publish, "published")] * 2 + [(add, "added")] * 8
    threads = [threading.Thread(target=at_once, args=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("published") == 1
    assert outcomes.count("no published") == 1
    assert draft.questions.count() == len(SHIPPED) + outcomes.count("added")
    assert asked_at_publishing == [draft.questions.count()]
