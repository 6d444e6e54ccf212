"""Announcements: for whom, from when, put away and taken down; and the newsletter in the mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from interventions.examples.services import Written as Example
from interventions.examples.services import decline, write
from interventions.examples.states import ExampleKind
from monitoring.models import Announcement, AnnouncementRead, Newsletter
from monitoring.news import services
from monitoring.news.readers import readers
from monitoring.news.services import Composed, Written
from monitoring.news.told import ANNOUNCEMENT, NEWSLETTER
from monitoring.states import Audience
from practices.mailing import collecting
from practices.mailing.services import choose_mail
from practices.mailing.tasks import send_personal_mail
from practices.models import AuditEvent, MailItem
from practices.retention import delete_expired
from practices.rights.people import export_person
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def practice():
    return factories.practice(name="De Linde", slug="de-linde")


@pytest.fixture
def doctor(practice):
    return factories.staff_user(practice)


@pytest.fixture
def assistant(practice):
    return factories.staff_user(practice, StaffRole.ASSISTANT)


@pytest.fixture
def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR)


def written(title="Nieuwe data", first=0, last=7, audience=Audience.ALL, body="Kom **ook**."):
    day = timezone.localdate()
    return Written(title, body, audience, day + timedelta(first), day + timedelta(last))


def announced(actor, **told):
    return services.announce(written=written(**told), actor=actor)


def titles(client, user, name="now"):
    client.force_login(user)
    return [one.title for one, _html in client.get("/nieuws/").context[name]]


@pytest.mark.parametrize(
    ("told", "now", "earlier"),
    [
        ({}, True, False),
        ({"last": 0}, True, False),
        ({"first": 1}, False, False),
        ({"first": -9, "last": -1}, False, True),
        ({"first": -900, "last": -400}, False, False),
    ],
)
def test_shown_from_its_first_to_its_last_day(client, doctor, coordinator, told, now, earlier):
    announced(coordinator, **told)
    assert bool(titles(client, doctor)) == now
    assert bool(titles(client, doctor, "earlier")) == earlier


def test_for_a_group_only(client, doctor, assistant, coordinator):
    announced(coordinator, title="Voor huisartsen", audience=Audience.GPS)
    announced(coordinator, title="Voor allen")
    assert titles(client, doctor) == ["Voor allen", "Voor huisartsen"]
    assert titles(client, assistant) == ["Voor allen"]
    page = words(client.get("/praktijk/de-linde/"))
    assert "Voor huisartsen" not in page


def test_everybody_is_in_the_groups_of_their_roles(practice, doctor, assistant, coordinator):
    factories.region_user(RegionRoleName.INSURER_READER, insurer=factories.insurer())
    factories.region_user(RegionRoleName.PRIVACY_OFFICER)
    left = factories.staff_user(practice, is_active=False)
    nurse = factories.staff_user(practice, StaffRole.POH)
    found = readers(timezone.localdate())
    assert found == {
        doctor.pk: {Audience.ALL, Audience.GPS},
        assistant.pk: {Audience.ALL, Audience.ASSISTANTS},
        nurse.pk: {Audience.ALL, Audience.NURSES},
        coordinator.pk: {Audience.ALL, Audience.REGION},
    }
    assert left.pk not in found


def test_put_away_from_the_start_page_by_one_and_for_one(client, practice, doctor, coordinator):
    colleague = factories.staff_user(practice, StaffRole.GP_LOCUM)
    one = announced(coordinator, title="Eén bericht")
    client.force_login(doctor)
    assert "Eén bericht" in words(client.get("/praktijk/de-linde/"))
    for _ in range(2):
        client.post(f"/nieuws/{one.pk}/gelezen/")
    assert AnnouncementRead.objects.count() == 1
    assert "Eén bericht" not in words(client.get("/praktijk/de-linde/"))
    assert "Eén bericht" in words(client.get("/nieuws/"))
    client.force_login(colleague)
    assert "Eén bericht" in words(client.get("/praktijk/de-linde/"))


def test_what_is_for_others_cannot_be_put_away(client, assistant, coordinator):
    one = announced(coordinator, audience=Audience.GPS)
    client.force_login(assistant)
    assert client.post(f"/nieuws/{one.pk}/gelezen/").status_code == 404


def typed(**other):
    day = timezone.localdate()
    return {
        "title": "Nieuwe data",
        "body": "# Kom\n\n<script>alert(1)</script> **ook**",
        "audience": "all",
        "shown_from": day.isoformat(),
        "shown_until": day.isoformat(),
    } | other


def test_the_coordinator_looks_first_writes_changes_and_takes_down(client, doctor, coordinator):
    client.force_login(coordinator)
    page = client.post("/regio/nieuws/nieuw/", typed(preview="1")).content.decode()
    assert "<strong>ook</strong>" in page
    assert "<script>alert" not in page
    assert not Announcement.objects.exists()
    client.post("/regio/nieuws/nieuw/", typed())
    one = Announcement.objects.get()
    client.post(f"/regio/nieuws/{one.pk}/", typed(title="Andere data"))
    assert titles(client, doctor) == ["Andere data"]
    client.force_login(coordinator)
    client.post(f"/regio/nieuws/{one.pk}/weg/", {"down": "yes"})
    assert titles(client, doctor) == []
    client.force_login(coordinator)
    client.post(f"/regio/nieuws/{one.pk}/weg/", {"down": "no"})
    assert titles(client, doctor) == ["Andere data"]
    assert AuditEvent.objects.filter(object_type="monitoring.announcement").count() == 4


def test_a_last_day_before_the_first_is_refused(client, coordinator):
    client.force_login(coordinator)
    answer = client.post("/regio/nieuws/nieuw/", typed(shown_until="2020-01-01"))
    assert "The last day lies before the first" in words(answer)
    assert not Announcement.objects.exists()


def mailed():
    """What goes out today, by address."""
    collecting.write_weekly(timezone.now())
    mail.outbox.clear()
    send_personal_mail()
    return {one.to[0]: one for one in mail.outbox}


def test_an_announcement_goes_along_with_the_weekly_mail_once(doctor, assistant, coordinator):
    announced(
        coordinator,
        title="Voor huisartsen",
        audience=Audience.GPS,
        body="## Wat\n\n- een\n- [twee](https://elders.example/x)",
    )
    sent = mailed()
    assert set(sent) == {doctor.email}
    message = sent[doctor.email]
    assert message.subject == "Voor huisartsen"
    assert "*Wat*\n\n- een\n- twee (https://elders.example/x)" in message.body
    assert mailed() == {}


def test_who_put_it_away_or_wants_no_announcements_gets_no_mail(doctor, assistant, coordinator):
    one = announced(coordinator)
    services.put_away(announcement=one, user=doctor)
    choose_mail(user=assistant, weekly=True, wanted=[NEWSLETTER])
    choose_mail(user=coordinator, weekly=True, wanted=[])
    assert mailed() == {}


def test_what_came_long_ago_or_was_taken_down_is_no_news(doctor, coordinator):
    announced(coordinator, first=-14)
    services.take_down(announcement=announced(coordinator), down=True, actor=coordinator)
    assert mailed() == {}


def an_example(actor, title="Eerst bellen"):
    body = "# Kop\n\nEen vaste belafspraak hielp."
    return write(written=Example(ExampleKind.STORY, title, body, 1, None), actor=actor)


def composed(announcements=(), examples=(), opening="Dit speelt er."):
    return Composed("Nieuwsbrief maart", opening, announcements, examples)


def test_the_newsletter_from_choosing_to_mail(client, doctor, assistant, coordinator):
    old = announced(coordinator, title="Voor huisartsen", audience=Audience.GPS, first=-20)
    example = an_example(coordinator)
    client.force_login(coordinator)
    asked = {"title": "Nieuwsbrief maart", "opening": "Dit speelt er."}
    chosen = {"announcements": [old.pk], "examples": [example.pk]}
    page = client.post("/regio/nieuws/nieuwsbrief/", asked | chosen).url
    shown = words(client.get(page))
    assert "Voor huisartsen" in shown
    assert "Send to 3 people" in shown
    assert mailed() == {}, "looking at it sends nothing"

    client.post(f"{page}versturen/", {"send": "yes"})
    sent = mailed()
    assert set(sent) == {doctor.email, assistant.email, coordinator.email}
    text = sent[doctor.email].body
    assert sent[doctor.email].subject == "Nieuwsbrief maart"
    assert "Dit speelt er.\n\n*Voor huisartsen*\nKom ook." in text
    assert f"/voorbeelden/{example.pk}/" in text
    assert "Voor huisartsen" not in sent[assistant.email].body
    assert "List-Unsubscribe" in sent[doctor.email].extra_headers
    assert mailed() == {}
    assert "3 people got it so far" in words(client.get(page))


def test_announcement_and_newsletter_are_one_mail(doctor, coordinator):
    announced(coordinator, title="Nieuwe data")
    services.send(
        newsletter=services.compose(composed=composed(), actor=coordinator), actor=coordinator
    )
    assert list(mailed()) == [doctor.email, coordinator.email]
    assert MailItem.objects.filter(mail__user=doctor).count() == 2
    assert "*Nieuwsbrief maart*" in mail.outbox[0].body


def test_who_wants_no_newsletter_gets_none(doctor, coordinator):
    choose_mail(user=doctor, weekly=True, wanted=[ANNOUNCEMENT])
    choose_mail(user=coordinator, weekly=False, wanted=[NEWSLETTER])
    letter = services.compose(composed=composed(), actor=coordinator)
    services.send(newsletter=letter, actor=coordinator)
    assert mailed() == {}


def test_held_back_until_somebody_got_it(client, doctor, coordinator):
    letter = services.compose(composed=composed(), actor=coordinator)
    client.force_login(coordinator)
    page = f"/regio/nieuws/nieuwsbrief/{letter.pk}/"
    client.post(f"{page}versturen/", {"send": "yes"})
    client.post(page, {"title": "Toch anders"})
    letter.refresh_from_db()
    assert letter.title == "Nieuwsbrief maart"
    client.post(f"{page}versturen/", {"send": "no"})
    assert mailed() == {}
    client.post(page, {"title": "Toch anders", "opening": "Dag."})
    client.post(f"{page}versturen/", {"send": "yes"})
    assert mailed()[doctor.email].subject == "Toch anders"
    with pytest.raises(services.SentMeanwhileError):
        services.hold_back(newsletter=letter, actor=coordinator)


def test_a_newsletter_that_says_nothing_is_not_sent(client, coordinator):
    letter = services.compose(composed=composed(opening=""), actor=coordinator)
    client.force_login(coordinator)
    page = f"/regio/nieuws/nieuwsbrief/{letter.pk}/"
    answer = client.post(f"{page}versturen/", {"send": "yes"}, follow=True)
    assert "Write an opening or choose what stands in it." in words(answer)
    assert Newsletter.objects.get().sent_at is None


def test_what_was_kept_out_since_is_left_out_of_the_newsletter(doctor, coordinator):
    example = an_example(coordinator, "Toch niet")
    letter = services.compose(composed=composed(examples=[example]), actor=coordinator)
    services.send(newsletter=letter, actor=coordinator)
    decline(example=example, reason="Een naam", actor=coordinator)
    assert "Toch niet" not in mailed()[doctor.email].body


def test_what_was_taken_down_after_the_mail_was_written_is_left_out(doctor, coordinator):
    gone, kept = (announced(coordinator, title=title, first=-20) for title in ("Weg", "Blijft"))
    letter = services.compose(composed=composed([gone, kept]), actor=coordinator)
    alone = services.compose(composed=composed([gone], opening=""), actor=coordinator)
    for one in (letter, alone):
        services.send(newsletter=one, actor=coordinator)
    collecting.write_weekly(timezone.now())
    services.take_down(announcement=gone, down=True, actor=coordinator)
    text = mailed()[doctor.email].body
    assert "*Blijft*" in text
    assert "*Weg*" not in text
    held = MailItem.objects.get(mail__user=doctor, about=f"newsletter-{letter.pk}")
    assert "*Weg*" not in held.values["inhoud"], "what is kept is what was said"


def test_old_news_goes_and_what_is_held_is_told(doctor, coordinator):
    old = announced(coordinator, first=-800, last=-731)
    services.put_away(announcement=old, user=doctor)
    kept = announced(coordinator, title="Blijft", first=-800, last=-729)
    letter = services.compose(composed=composed(), actor=coordinator)
    Newsletter.objects.filter(pk=letter.pk).update(made_at=timezone.now() - timedelta(days=732))
    held = str(export_person(person=None, account=coordinator, actor=None))
    assert "Blijft" in held
    assert "Nieuwsbrief maart" in held
    rows = {one.model: one.rows for one in delete_expired(today=timezone.localdate())}
    assert rows["monitoring.Announcement"] == rows["monitoring.Newsletter"] == 1
    assert list(Announcement.objects.all()) == [kept]


def test_the_queries_do_not_grow(client, doctor, coordinator, django_assert_num_queries):
    client.force_login(doctor)
    for _ in range(2):
        announced(coordinator)
        with django_assert_num_queries(QUERIES):
            client.get("/nieuws/")


QUERIES = 12
