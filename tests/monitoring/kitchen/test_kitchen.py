"""Looking in each other's kitchen: offered, asked, happened; who reads what."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.utils import timezone
from openpyxl import load_workbook

from monitoring.kitchen import services
from monitoring.kitchen.facts import waiting_for
from monitoring.kitchen.rules import Problem
from monitoring.kitchen.services import KitchenProblemError, Offering
from monitoring.kitchen.states import AskState
from monitoring.models import KitchenAsk, KitchenOffer
from practices.mailing.collecting import deliver
from practices.models import AuditEvent, MailItem, PersonalMail
from practices.retention import delete_expired
from practices.rights.people import export_person
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
LINDE, KORVEL = "/praktijk/de-linde/keuken/", "/praktijk/korvel/keuken/"


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def host():
    return factories.practice(name="De Linde", slug="de-linde")


@pytest.fixture
def cook(host):
    return factories.staff_user(host)


@pytest.fixture
def guest():
    return factories.practice(name="Korvel", slug="korvel")


@pytest.fixture
def eater(guest):
    return factories.staff_user(guest)


@pytest.fixture
def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR)


def offering(title="Dubbele consulten", subject="1", days=30):
    return Offering(subject, title, "Zo doen wij dat.", "Dinsdag", TODAY() + timedelta(days=days))


def offered(practice, actor, **other):
    return services.offer_kitchen(practice=practice, offering=offering(**other), actor=actor)


def asked(offer, practice, actor, contact="013 555", message=""):
    return services.ask_to_look(
        offer=offer, practice=practice, contact=contact, message=message, actor=actor
    )


def accepted(ask, actor, contact="bel de balie"):
    services.accept_ask(ask=ask, contact=contact, actor=actor)
    return ask


def ago(ask, days):
    KitchenAsk.objects.filter(pk=ask.pk).update(asked_at=timezone.now() - timedelta(days=days))


def typed(**other):
    until = TODAY() + timedelta(days=30)
    return {
        "subject": "1",
        "title": "Dubbele consulten",
        "text": "Zo doen wij dat.",
        "when_it_suits": "Dinsdag",
        "until": until.isoformat(),
        "looked": "",
    } | other


def test_from_offer_to_a_look_that_both_say_happened(
    client, host, cook, guest, eater, coordinator, django_capture_on_commit_callbacks
):
    client.force_login(cook)
    client.post(f"{LINDE}aanbieden/", typed())
    offer = KitchenOffer.objects.get()
    assert (offer.practice, offer.on_behalf) == (host, False)

    client.force_login(eater)
    assert "Dubbele consulten" in words(client.get(KORVEL))
    ask_page = f"{KORVEL}vragen/{offer.pk}/"
    assert eater.email in client.get(ask_page).content.decode()
    client.post(ask_page, {"contact": "013 555", "message": "Woensdag?", "looked": ""})
    ask = KitchenAsk.objects.get()
    deliver(mail_id=PersonalMail.objects.get(user=cook).pk)
    assert "Korvel" in mail.outbox[0].body

    client.force_login(cook)
    assert "Woensdag?" in words(client.get(LINDE))
    assert "Say whether Korvel may come" in words(client.get("/praktijk/de-linde/taken/"))
    client.post(f"{LINDE}afspraak/{ask.pk}/", {"what": "accept", "contact": "013 777"})
    assert [task.hosts for task in waiting_for(host)] == [True]
    assert "Make an appointment with Korvel" in words(client.get("/praktijk/de-linde/taken/"))
    deliver(mail_id=PersonalMail.objects.get(user=eater).pk)
    assert mail.outbox[1].subject == "U kunt komen kijken bij De Linde"
    client.post(f"{LINDE}afspraak/{ask.pk}/", {"what": "happened"})
    assert waiting_for(host) == []
    assert [task.hosts for task in waiting_for(guest)] == [False]

    client.force_login(eater)
    client.post(f"{KORVEL}afspraak/{ask.pk}/", {"what": "happened"})
    ask.refresh_from_db()
    assert ask.state is AskState.HAPPENED

    client.force_login(coordinator)
    shown = words(client.get("/regio/keuken/?stand=happened"))
    assert "Korvel De Linde Dubbele consulten" in shown
    client.force_login(eater)
    client.post(f"{KORVEL}afspraak/{ask.pk}/", {"what": "not_happened"})
    ask.refresh_from_db()
    assert ask.state is AskState.HALF


def test_everybody_reads_all_offers_in_one_order(client, host, cook, guest, eater):
    third = factories.practice()
    baker = factories.staff_user(third)
    for title, subject in (("Zeven", "6"), ("Aardig", "6"), ("Beter", "2"), ("Anders", "anders")):
        offered(third, baker, title=title, subject=subject)
    titles = []
    for user, page in ((cook, LINDE), (eater, KORVEL)):
        client.force_login(user)
        titles.append([one.offer.title for one in client.get(page).context["offers"]])
    assert titles == [["Beter", "Aardig", "Zeven", "Anders"]] * 2


def test_the_start_page_suggests_as_many_to_each_and_says_nothing_of_why(
    client, host, cook, guest, eater, coordinator
):
    third = factories.practice()
    baker = factories.staff_user(third)
    for number in range(1, 7):
        offered(third, baker, title=f"Zo doen wij {number}", subject=str(number))
    for user, page in ((cook, "/praktijk/de-linde/"), (eater, "/praktijk/korvel/")):
        client.force_login(user)
        assert len(client.get(page).context["kitchens"]) == 3
    client.force_login(coordinator)
    assert client.get("/praktijk/korvel/").context["kitchens"] == []
    events = AuditEvent.objects.filter(object_type="monitoring.kitchenoffer")
    assert set(events.values_list("action", flat=True)) == {"create"}


def test_how_to_reach_each_other_is_for_the_two_practices_once_the_host_said_yes(
    client, host, cook, guest, eater, coordinator
):
    host.consultant = consultant = factories.region_user(RegionRoleName.CONSULTANT)
    host.save()
    other = factories.staff_user(factories.practice(slug="reit"))
    ask = asked(offered(host, cook), guest, eater, contact="nummer gast.", message="liever samen")

    def reads(user, page):
        client.force_login(user)
        found = client.get(page).content.decode()
        return [
            said for said in ("nummer gast.", "nummer gastheer.", "liever samen") if said in found
        ]

    assert (reads(cook, LINDE), reads(eater, KORVEL)) == (["liever samen"], [])
    (told,) = MailItem.objects.all()
    assert not {"nummer gast.", "liever samen"} & set(told.values.values())

    accepted(ask, cook, contact="nummer gastheer.")
    assert reads(cook, LINDE) == ["nummer gast.", "liever samen"]
    assert reads(eater, KORVEL) == ["nummer gastheer."]
    for user, page in (
        (other, "/praktijk/reit/keuken/"),
        (coordinator, "/regio/keuken/"),
        (coordinator, LINDE),
        (consultant, LINDE),
        (coordinator, KORVEL),
    ):
        assert reads(user, page) == []
    assert not [one for one in MailItem.objects.all() if "nummer" in str(one.values)]

    services.decline_ask(ask=ask, actor=cook)
    assert (reads(cook, LINDE), reads(eater, KORVEL)) == ([], [])
    ask.refresh_from_db()
    assert (ask.contact, ask.host_contact, ask.message) == (None, None, "")
    client.force_login(other)
    reply = client.post(f"/praktijk/reit/keuken/afspraak/{ask.pk}/", {"what": "happened"})
    assert reply.status_code == 404


def test_offered_twice_by_a_double_click_it_stands_once(client, host, cook):
    client.force_login(cook)
    for title in ("Dubbele consulten", "Dubbele consulten", "Anders"):
        client.post(f"{LINDE}aanbieden/", typed(title=title))
    assert sorted(one.title for one in KitchenOffer.objects.all()) == [
        "Anders",
        "Dubbele consulten",
    ]


def test_how_to_reach_each_other_goes_half_a_year_after_the_yes(host, cook, guest, eater):
    ask = accepted(asked(offered(host, cook), guest, eater), cook)
    ago(ask, 200)
    list(delete_expired(today=TODAY()))
    ask.refresh_from_db()
    assert (ask.contact, ask.host_contact) == ("013 555", "bel de balie")
    long_ago = timezone.now() - timedelta(days=183)
    KitchenAsk.objects.filter(pk=ask.pk).update(accepted_at=long_ago, contact=None)
    list(delete_expired(today=TODAY()))
    ask.refresh_from_db()
    assert (ask.contact, ask.host_contact) == (None, None), "also when only one is left"


def test_nobody_says_yes_to_what_was_asked_too_long_ago_or_by_who_stopped(
    client, host, cook, guest, eater
):
    ask = asked(offered(host, cook), guest, eater)
    client.force_login(cook)
    page, yes = f"{LINDE}afspraak/{ask.pk}/", {"what": "accept", "contact": "013 777"}
    guest.stopped_on = TODAY()
    guest.save()
    shown = client.get(LINDE)
    assert "takes part no more" in words(shown)
    assert b'value="decline"' in shown.content
    assert b'value="accept"' not in shown.content, "what cannot be is not offered"
    assert "takes part no more" in words(client.post(page, yes, follow=True))
    with pytest.raises(KitchenProblemError) as caught:
        asked(offered(host, cook, title="Anders"), guest, eater)
    assert caught.value.problems == [Problem.STOPPED]
    guest.stopped_on = None
    guest.save()
    ago(ask, 183)
    list(delete_expired(today=TODAY()))
    assert "more than half a year ago" in words(client.post(page, yes, follow=True))
    ask.refresh_from_db()
    assert (ask.state, ask.host_contact) == (AskState.WAITING, None)


def test_who_said_yes_already_is_not_asked_by_mail(host, cook, guest, eater):
    accepted(asked(offered(host, cook), guest, eater), cook)
    deliver(mail_id=PersonalMail.objects.get(user=cook).pk)
    assert mail.outbox == []


def test_it_does_not_suit_and_who_asked_hears_so(client, host, cook, guest, eater):
    ask = asked(offered(host, cook), guest, eater)
    client.force_login(cook)
    client.post(f"{LINDE}afspraak/{ask.pk}/", {"what": "decline"})
    ask.refresh_from_db()
    assert ask.state is AskState.DECLINED
    deliver(mail_id=PersonalMail.objects.get(user=eater).pk)
    assert "De Linde" in mail.outbox[0].subject
    assert asked(ask.offer, guest, eater).pk != ask.pk


def test_a_mail_that_was_overtaken_stays(client, host, cook, guest, eater):
    ask = asked(offered(host, cook), guest, eater)
    services.take_ask_back(ask=ask, actor=eater)
    deliver(mail_id=PersonalMail.objects.get(user=cook).pk)
    assert mail.outbox == []


def test_the_host_does_not_take_back_and_the_guest_does_not_decline(
    client, host, cook, guest, eater
):
    ask = asked(offered(host, cook), guest, eater)
    for user, page, what in ((cook, LINDE, "take_back"), (eater, KORVEL, "decline")):
        client.force_login(user)
        client.post(f"{page}afspraak/{ask.pk}/", {"what": what})
    ask.refresh_from_db()
    assert ask.state is AskState.WAITING


def test_what_cannot_be_asked(host, cook, guest, eater):
    offer = offered(host, cook)
    asked(offer, guest, eater)
    services.withdraw_offer(offer=offer, withdrawn=True, actor=cook)
    for practice, actor, why in (
        (guest, eater, [Problem.OVER, Problem.ASKED_ALREADY]),
        (host, cook, [Problem.OWN, Problem.OVER]),
    ):
        with pytest.raises(KitchenProblemError) as caught:
            asked(offer, practice, actor)
        assert caught.value.problems == why


def test_the_host_says_yes_once_and_first(client, host, cook, guest, eater):
    ask = asked(offered(host, cook), guest, eater)
    client.force_login(cook)
    page = f"{LINDE}afspraak/{ask.pk}/"
    shown = words(client.post(page, {"what": "accept", "contact": " "}, follow=True))
    assert "Say how the guests reach you" in shown
    assert "did not say yes" in words(client.post(page, {"what": "happened"}, follow=True))
    client.force_login(eater)
    client.post(f"{KORVEL}afspraak/{ask.pk}/", {"what": "accept", "contact": "zelf"})
    ask.refresh_from_db()
    assert ask.state is AskState.WAITING
    accepted(ask, cook)
    client.force_login(cook)
    again = client.post(page, {"what": "accept", "contact": "anders"}, follow=True)
    assert "said yes already" in words(again)
    ask.refresh_from_db()
    assert (ask.state, ask.host_contact) == (AskState.ACCEPTED, "bel de balie")


def test_what_happened_is_not_taken_back(host, cook, guest, eater):
    ask = accepted(asked(offered(host, cook), guest, eater), cook)
    services.say_it_happened(ask=ask, practice=guest, happened=True, actor=eater)
    for end in (services.take_ask_back, services.decline_ask):
        with pytest.raises(KitchenProblemError) as caught:
            end(ask=ask, actor=cook)
        assert caught.value.problems == [Problem.SAID]


def test_a_look_stays_once_another_was_asked(client, host, cook, guest, eater):
    offer = offered(host, cook)
    first = accepted(asked(offer, guest, eater), cook)
    for practice, actor in ((guest, eater), (host, cook)):
        services.say_it_happened(ask=first, practice=practice, happened=True, actor=actor)
    asked(offer, guest, eater)
    client.force_login(eater)
    gone = client.post(f"{KORVEL}afspraak/{first.pk}/", {"what": "not_happened"}, follow=True)
    assert "asked this already" in words(gone)
    first.refresh_from_db()
    assert first.state is AskState.HAPPENED


def test_an_offer_is_changed_withdrawn_and_put_back(client, host, cook, guest, eater):
    offer = offered(host, cook)
    client.force_login(cook)
    client.post(f"{LINDE}aanbod/{offer.pk}/", typed(title="Anders dan eerst"))
    client.post(f"{LINDE}aanbod/{offer.pk}/weg/")
    client.force_login(eater)
    assert "Anders dan eerst" not in words(client.get(KORVEL))
    client.force_login(cook)
    client.post(f"{LINDE}aanbod/{offer.pk}/weg/", {"back": "1"})
    client.force_login(eater)
    assert "Anders dan eerst" in words(client.get(KORVEL))


def test_past_its_last_day_it_is_not_offered(client, host, cook, guest, eater):
    offered(host, cook, days=-1)
    client.force_login(eater)
    assert client.get(KORVEL).context["offers"] == []


def test_a_form_says_what_is_missing(client, cook):
    client.force_login(cook)
    shown = words(client.post(f"{LINDE}aanbieden/", typed(title="", until="2020-01-01")))
    assert "Say in a few words what one can come and see." in shown
    assert "Fill in today or a later day." in shown
    assert not KitchenOffer.objects.exists()


def test_an_assistant_looks_but_does_not_offer(client, host):
    client.force_login(factories.staff_user(host, StaffRole.ASSISTANT))
    assert client.get(LINDE).status_code == 200
    assert client.get(f"{LINDE}aanbieden/").status_code == 403


def test_who_waits_for_long_stands_first(client, host, cook, guest, eater, coordinator):
    third = factories.practice(name="Reit")
    long = asked(offered(host, cook, title="Lang"), guest, eater)
    asked(offered(host, cook, title="Kort"), third, factories.staff_user(third))
    ago(long, 22)
    client.force_login(coordinator)
    response = client.get("/regio/keuken/")
    assert [one.offer.title for one, _late in response.context["asks"]] == ["Lang", "Kort"]
    assert "1 practice has waited for an appointment" in words(response)
    assert "1 practice waits for long to look in another kitchen" in words(client.get("/regio/"))


def test_a_workbook_for_the_coordinator(client, host, cook, guest, eater, coordinator):
    ask = asked(offered(host, cook, title="=cmd()"), guest, eater, contact="geheim", message="sst")
    ago(ask, 22)
    client.force_login(coordinator)
    assert "/regio/keuken.xlsx?stand=waiting" in str(
        client.get("/regio/keuken/?stand=waiting").content
    )
    book = load_workbook(BytesIO(client.get("/regio/keuken.xlsx?stand=waiting").content))
    asks, offers = (
        [[cell.value for cell in row] for row in book[name]] for name in ("Questions", "Offers")
    )
    assert asks[-1][:2] + asks[-1][-2:] == ["Korvel", "De Linde", "Waits for an answer", "Yes"]
    assert offers[-1][0] == "De Linde"
    cells = {str(value) for sheet in (asks, offers) for row in sheet for value in row}
    assert not {"geheim", "sst"} & cells
    assert AuditEvent.objects.filter(action="export", actor=coordinator).count() == 1
    none = load_workbook(BytesIO(client.get("/regio/keuken.xlsx?stand=happened").content))
    assert "Korvel" not in {cell.value for row in none["Questions"] for cell in row}


def test_of_a_practice_that_stops_nothing_is_offered_and_nobody_waits(
    client, host, cook, guest, eater, coordinator
):
    offer = offered(host, cook)
    ask = asked(offer, guest, eater)
    ago(ask, 22)
    asked(offered(guest, eater, title="Anders"), host, cook)
    host.stopped_on = TODAY()
    host.save()
    client.force_login(eater)
    shown = client.get(KORVEL)
    assert shown.context["offers"] == []
    assert "takes part no more" in words(shown)
    assert client.get("/praktijk/korvel/").context["kitchens"] == []
    assert client.get(f"{KORVEL}vragen/{offer.pk}/").status_code == 404
    assert waiting_for(guest) == waiting_for(host) == []
    client.force_login(coordinator)
    assert "Nobody waits for more than three weeks" in words(client.get("/regio/keuken/"))
    assert "waits for long to look" not in words(client.get("/regio/"))
    services.take_ask_back(ask=ask, actor=eater)
    with pytest.raises(KitchenProblemError) as caught:
        asked(offer, guest, eater)
    assert caught.value.problems == [Problem.OVER]


def test_pages_cost_the_same_queries_with_one_and_with_three(
    client, host, cook, guest, eater, coordinator, django_assert_num_queries
):
    pages = ((coordinator, "/regio/keuken/", 11), (cook, LINDE, 15), (eater, KORVEL, 15))
    for more in (1, 2):
        for number in range(more):
            offer = offered(host, cook, title=f"Aanbod {more}{number}")
            asked(offer, guest, eater)
            offered(guest, eater, title=f"Van ons {more}{number}")
        for user, page, queries in pages:
            client.force_login(user)
            with django_assert_num_queries(queries):
                client.get(page)


def test_what_came_to_nothing_goes_after_a_while(host, cook, guest, eater):
    ask = asked(offered(host, cook), guest, eater)
    services.take_ask_back(ask=ask, actor=eater)
    list(delete_expired(today=TODAY() + timedelta(days=700)))
    assert KitchenAsk.objects.exists()
    list(delete_expired(today=TODAY() + timedelta(days=732)))
    assert not KitchenAsk.objects.exists()


def test_how_to_reach_who_asked_goes_after_a_while_and_the_look_stays(host, cook, guest, eater):
    ask = accepted(asked(offered(host, cook), guest, eater, contact="013 555"), cook)
    services.say_it_happened(ask=ask, practice=guest, happened=True, actor=eater)
    list(delete_expired(today=TODAY() + timedelta(days=182)))
    ask.refresh_from_db()
    assert ask.contact == "013 555"
    list(delete_expired(today=TODAY() + timedelta(days=184)))
    ask.refresh_from_db()
    assert (ask.contact, ask.host_contact, ask.message) == (None, None, "")
    assert ask.state is AskState.HALF


def test_what_is_held_on_somebody(host, cook, guest, eater):
    asked(offered(host, cook), guest, eater, contact="013 555")
    held = export_person(person=eater.person, account=eater, actor=eater)
    assert [row["contact"] for row in held["kitchens_asked"]] == ["013 555"]
