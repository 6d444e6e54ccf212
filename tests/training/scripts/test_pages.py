"""Script, cases and learning points: versions, warnings, and who reads what."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from practices.models import Person, User
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words
from tests.training.attendance.test_views import expect, signed_in
from tests.training.making import coordinator, in_days, session
from training.models import Case, DiscussionQuestion, LearningPoint, Script, Session
from training.scripts import services
from training.scripts.services import ScriptText

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The texts in the code; Dutch is a catalogue."""
    with translation.override("en"):
        yield


@pytest.fixture
def facilitator() -> User:
    return factories.region_user(RegionRoleName.FACILITATOR, name="Noor Smit")


@pytest.fixture
def evening(facilitator: User) -> Session:
    return session(held_on=in_days(7), facilitator=facilitator)


@pytest.fixture
def doctor(evening: Session) -> User:
    (person,) = expect(evening, 1)
    return factories.user(person=person)


def at(name: str, evening: Session, *args: int) -> str:
    return reverse(name, args=[evening.pk, *args])


def text(topic: str = "Rugpijn") -> ScriptText:
    return ScriptText(topic, "Welkom", "Wat gaf de doorslag?\nWie keek mee?")


def test_a_case_is_about_a_patient_and_not_readable_in_the_database(evening, doctor):
    made = services.put_forward(
        session=evening, person=doctor.person, text="Rugpijn na een val", actor=doctor
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM training_case")
        assert b"Rugpijn" not in bytes(cursor.fetchone()[0])
    made.refresh_from_db()
    assert made.text == "Rugpijn na een val"


def test_every_save_is_a_version_and_earlier_ones_stay(evening, facilitator):
    services.write_script(session=evening, text=text(), seen=0, actor=facilitator)
    services.write_script(session=evening, text=text("Hoofdpijn"), seen=1, actor=facilitator)
    assert list(evening.scripts.values_list("number", "topic")) == [
        (2, "Hoofdpijn"),
        (1, "Rugpijn"),
    ]
    first = signed_in(facilitator).get(at("session_script_version", evening, 1))
    assert "Rugpijn" in words(first)


def test_two_who_write_at_once_lose_nothing(evening, facilitator):
    client = signed_in(facilitator)
    services.write_script(session=evening, text=text(), seen=0, actor=coordinator())
    posted = {"topic": "Mijn tekst", "text": "", "questions": "", "seen": "0"}
    response = client.post(at("session_script", evening), posted)
    assert "meanwhile" in words(response)
    assert 'value="Mijn tekst"' in response.content.decode()
    assert Script.objects.count() == 1
    client.post(at("session_script", evening), posted | {"seen": "1"})
    assert evening.scripts.first().topic == "Mijn tekst"


def test_a_version_on_top_of_none_is_not_found(evening, facilitator):
    typed = {"topic": "Rugpijn", "text": "", "questions": "", "seen": "1"}
    assert signed_in(facilitator).post(at("session_script", evening), typed).status_code == 404
    assert not Script.objects.exists()


def test_questions_are_suggested_by_kind(evening, facilitator):
    page = words(signed_in(facilitator).get(at("session_script", evening)))
    suggested = DiscussionQuestion.objects.filter(kind="intervision")
    assert suggested.count() == 5
    assert all(one.text in page for one in suggested)


def test_a_participant_reads_topic_and_questions_but_not_the_script(evening, doctor, facilitator):
    services.write_script(session=evening, text=text(), seen=0, actor=facilitator)
    page = words(signed_in(doctor).get(at("session_topic", evening)))
    assert "Wat gaf de doorslag?" in page
    assert "Welkom" not in page
    assert signed_in(doctor).get(at("session_script", evening)).status_code == 403


def test_who_has_no_place_does_not_see_the_topic(evening, doctor):
    stranger = factories.user(person=factories.person())
    for user in (stranger, factories.user()):
        assert signed_in(user).get(at("session_topic", evening)).status_code == 404


def test_a_case_is_put_forward_and_taken_back(evening, doctor, facilitator):
    client = signed_in(doctor)
    client.post(at("session_topic", evening), {"text": "Vrouw, 54 jaar. Wel of geen MRI?"})
    page = words(signed_in(facilitator).get(at("session_script", evening)))
    assert "Vrouw, 54 jaar. Wel of geen MRI?" in page
    page = words(signed_in(coordinator()).get(at("session_script", evening)))
    assert "1 case. Only the facilitator of this session reads what they say." in page
    assert "Vrouw, 54 jaar" not in page
    client.post(at("withdraw_case", evening, Case.objects.get().pk))
    page = words(signed_in(facilitator).get(at("session_script", evening)))
    assert "Vrouw, 54 jaar" not in page
    assert Case.objects.get().text == ""


def test_what_looks_like_a_name_is_warned_for_and_not_blocked(evening, doctor):
    client = signed_in(doctor)
    first = client.post(at("session_topic", evening), {"text": "Mevrouw Jansen kwam weer."})
    assert "“Mevrouw Jansen” looks like a name." in words(first)
    assert Case.objects.count() == 0
    looked = first.context["form"].seen
    client.post(
        at("session_topic", evening), {"text": "Mevrouw Jansen kwam weer.", "looked": looked}
    )
    assert Case.objects.count() == 1


def test_having_looked_at_one_name_is_no_leave_for_the_next(evening, doctor):
    client = signed_in(doctor)
    other = {"text": "Mevrouw Pietersen kwam weer.", "looked": "Mevrouw Jansen"}
    assert "Pietersen” looks" in words(client.post(at("session_topic", evening), other))
    assert Case.objects.count() == 0


def test_a_bsn_is_refused_whatever_one_says(evening, doctor):
    client = signed_in(doctor)
    posted = {"text": "Patiënt 111222333 kwam weer.", "looked": "111222333"}
    assert "citizen service number" in words(client.post(at("session_topic", evening), posted))
    assert Case.objects.count() == 0


def test_no_case_for_a_session_that_is_over(doctor, facilitator):
    over = session(held_on=in_days(-1), facilitator=facilitator)
    Person.objects.get(pk=doctor.person_id)
    with pytest.raises(Exception, match="over"):
        services.put_forward(session=over, person=doctor.person, text="x", actor=doctor)


def test_somebody_elses_case_cannot_be_taken_back(evening, doctor):
    other = session(held_on=in_days(8))
    (person,) = expect(other, 1)
    case = Case.objects.create(session=other, person=person, text="x")
    client = signed_in(doctor)
    assert client.post(at("withdraw_case", evening, case.pk)).status_code == 404
    assert client.post(at("withdraw_case", other, case.pk)).status_code == 404


def test_the_region_reads_a_learning_point_once_the_facilitator_agrees(
    evening, doctor, facilitator
):
    client = signed_in(facilitator)
    client.post(at("session_learning", evening), {"text": "Bel eerst de fysiotherapeut."})
    client.post(at("session_learning", evening), {"text": "Dit blijft onder ons."})
    reader = signed_in(doctor)
    assert "Bel eerst" not in words(reader.get(reverse("shared_learning")))
    point = LearningPoint.objects.get(text__startswith="Bel")
    client.post(at("share_learning", evening), {"point": [point.pk]})
    page = words(reader.get(reverse("shared_learning")))
    assert "Bel eerst de fysiotherapeut." in page
    assert "onder ons" not in page
    assert "Noor Smit" not in page
    client.post(at("share_learning", evening), {})
    assert "Bel eerst" not in words(reader.get(reverse("shared_learning")))


def test_the_coordinator_does_not_agree_for_the_facilitator(evening, facilitator):
    point = services.add_learning_point(session=evening, text="x", actor=facilitator)
    response = signed_in(coordinator()).post(at("share_learning", evening), {"point": [point.pk]})
    assert response.status_code == 403
    assert LearningPoint.objects.get().shared_at is None


def test_a_point_of_another_session_cannot_be_shared_along(evening, facilitator):
    other = session(held_on=in_days(8))
    point = services.add_learning_point(session=other, text="x", actor=facilitator)
    signed_in(facilitator).post(at("share_learning", evening), {"point": [point.pk]})
    assert LearningPoint.objects.get().shared_at is None
