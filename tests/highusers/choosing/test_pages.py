"""The list, one patient in large type, lots, and the answers to saves; in English."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from highusers.models import HighUser, PatientPlan, PatientProfile, PatientTotal
from highusers.states import Influenceable
from practices.isolation import practice_scope
from practices.models import AuditEvent
from practices.programme_year import add_years
from practices.states import AuditAction, StaffRole
from tests import factories
from tests.highusers.choosing.lists import judgement, patient, say, tell_more
from tests.highusers.extracts import store

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def practice():
    today = timezone.localdate()
    return factories.practice(start_on=add_years(today, -1) + timedelta(days=40))


@pytest.fixture
def doctor(client, practice):
    user = factories.staff_user(practice)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


@pytest.fixture
def nurse(practice):
    return factories.staff_user(practice, "poh")


def page_of(practice, rest=""):
    return f"/praktijk/{practice.slug}/veelgebruikers/{rest}"


def row(practice, code="v-01"):
    return page_of(practice, f"oordeel/{code}/")


def text(response):
    return response.content.decode()


def sent(version=0, **fields):
    """A row as the page sends it: what was filled in, and what the fields held before."""
    held = {f"was_{name}": "" for name in ("influenceable", "profile", "reason", "discussed_on")}
    return held | {"version": version} | fields


def test_without_an_extract_the_page_says_what_to_do(client, practice, doctor):
    page = text(client.get(page_of(practice)))
    assert "You have not read in an extract yet." in page
    assert "veelgebruikers/uitdraai/bestand/" in page


def test_the_list_shows_codes_and_never_a_number(client, practice, doctor):
    store(practice, {"70001": 31, "70002": 64, "70003": 3})
    page = text(client.get(page_of(practice)))
    assert page.index("V-01") < page.index("V-02")
    assert not any(number in page for number in ("70001", "70002", "70003"))
    event = AuditEvent.objects.get(action="list")
    assert (event.actor, event.practice, event.detail) == (doctor, practice, {"patients": 2})


def test_channels_are_told_or_said_to_be_missing(client, practice, doctor):
    store(practice, {"1": 40, "2": 35})
    tell_more(practice, 1, by_type={"consultation/practice": 12, "telephone/remote": 28})
    page = text(client.get(page_of(practice)))
    assert "12 in the practice, 28 remote" in page
    assert page.count("Channel: not in the file") == 1


def test_a_file_without_channels_is_told_once_and_not_per_patient(client, practice, doctor):
    store(practice, {"1": 40, "2": 35, "3": 31})
    page = text(client.get(page_of(practice)))
    assert page.count("Channel: not in the file") == 1
    assert "Channel: not in the file" not in page[page.index("<tbody>") : page.index("</tbody>")]


def test_the_order_is_asked_by_address_and_told_to_a_screen_reader(client, practice, doctor):
    store(practice, {"1": 64, "2": 31})
    page = text(client.get(page_of(practice, "?volgorde=contacten")))
    assert page.index("row-v-02") < page.index("row-v-01")
    assert page.count("aria-sort") == 1
    assert 'aria-sort="ascending"' in page


def test_a_filter_that_fits_nobody_offers_the_whole_list(client, practice, doctor):
    store(practice, {"1": 64})
    page = text(client.get(page_of(practice, "?oordeel=nee")))
    assert "No patient fits these filters." in page
    assert f'href="{page_of(practice)}"' in page


def test_a_manager_sees_the_list_but_not_what_the_team_said(client, practice, doctor):
    store(practice, {"1": 64})
    profile = PatientProfile.objects.get(number=2)
    PatientProfile.objects.filter(pk=profile.pk).update(name="Eenzaam en bezorgd")
    say(practice, doctor, influenceable="doubt", profile=profile, reason="belt elke week")
    client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    page = text(client.get(page_of(practice)))
    assert "V-01" in page
    assert "0 of 5 patients have a plan." in page
    assert "ask one of them" in page
    assert 'value="gekozen"' not in page
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert not any(word in table for word in ("doubt", "Eenzaam", "belt", "<form", doctor.name))
    for address in (page_of(practice, "kiezen/"), page_of(practice, "kiezen/v-01/")):
        assert client.get(address).status_code == 403
    assert client.post(row(practice), sent(influenceable="yes")).status_code == 403
    assert judgement(practice).influenceable == "doubt"


def test_a_save_without_scripts_comes_back_to_the_row(client, practice, doctor):
    store(practice, {"1": 64})
    address = f"{row(practice)}?stand=zonder-plan"
    answer = client.post(address, sent(influenceable="yes", profile=""))
    assert answer.url == f"{page_of(practice)}?stand=zonder-plan#row-v-01"
    assert judgement(practice).influenceable == "yes"
    page = text(client.get(page_of(practice)))
    assert "Saved " in page
    assert 'id="v-01-yes" value="yes" checked' in page
    assert str(doctor) in page


def test_a_save_with_htmx_answers_with_the_changed_parts(client, practice, doctor):
    store(practice, {"1": 64})
    answer = client.post(row(practice), sent(influenceable="doubt"), headers=HTMX)
    part = text(answer)
    assert "<html" not in part
    assert 'name="version" form="f-v-01" value="1"' in part
    assert 'name="was_influenceable" form="f-v-01" value="doubt"' in part
    assert "Saved " in part
    assert 'id="choice-v-01"' not in part


def test_choosing_and_undoing_by_the_button(client, practice, doctor):
    store(practice, {"1": 64, "2": 40})
    part = text(client.post(row(practice), sent(do="choose"), headers=HTMX))
    assert "1 of 5 chosen" in part
    assert 'value="undo"' in part
    answer = client.post(
        row(practice), sent(version=1, do="undo", reason="toch niet"), headers=HTMX
    )
    assert "0 of 5 chosen" in text(answer)
    found = judgement(practice)
    assert (found.chosen_on, found.position, found.reason) == (None, None, "toch niet")


def test_a_choice_that_cannot_be_says_why(client, practice, doctor):
    store(practice, {"1": 64})
    answer = client.post(row(practice), sent(influenceable="no", do="choose"), headers=HTMX)
    assert "cannot be influenced" in text(answer)
    assert (judgement(practice).influenceable, judgement(practice).chosen_on) == ("no", None)


@pytest.mark.parametrize("with_htmx", [True, False])
def test_two_in_one_row_see_who_and_what_and_may_choose(client, practice, doctor, nurse, with_htmx):
    store(practice, {"1": 64})
    say(practice, nurse, influenceable="no")
    headers = HTMX if with_htmx else {}
    part = text(client.post(row(practice), sent(influenceable="yes"), headers=headers))
    assert f"{nurse} changed this at" in part
    assert "<td>No</td><td>Yes</td>" in part
    assert 'value="theirs"' in part
    assert 'value="mine"' in part
    assert judgement(practice).influenceable == "no"
    if not with_htmx:
        assert 'id="v-01-yes" value="yes" checked' in part, "what was filled in is kept"
    mine = sent(version=1, influenceable="yes", was_influenceable="no", do="mine")
    client.post(row(practice), mine, headers=headers)
    assert judgement(practice).influenceable == "yes"


def test_keeping_what_a_colleague_saved(client, practice, doctor, nurse):
    store(practice, {"1": 64})
    say(practice, nurse, influenceable="no")
    theirs = sent(influenceable="yes", do="theirs")
    answer = client.post(row(practice), theirs, headers=HTMX)
    assert answer.headers["HX-Refresh"] == "true"
    assert client.post(row(practice), theirs).status_code == 302
    assert judgement(practice).influenceable == "no"


def test_another_field_of_a_colleague_is_kept_and_shown(client, practice, doctor, nurse):
    store(practice, {"1": 64})
    profile = PatientProfile.objects.get(number=5)
    say(practice, nurse, profile=profile)
    answer = client.post(row(practice), sent(influenceable="yes", profile=""), headers=HTMX)
    assert answer.headers["HX-Refresh"] == "true"
    assert (judgement(practice).influenceable, judgement(practice).profile) == ("yes", profile)


@pytest.mark.parametrize(
    "wrong",
    [
        {"influenceable": "perhaps"},
        {"profile": "999999"},
        {"discussed_on": "31-02-2024"},
        {"reason": "x" * 501},
        {"version": "x"},
    ],
)
def test_nonsense_is_refused_and_changes_nothing(client, practice, doctor, wrong):
    store(practice, {"1": 64})
    answer = client.post(row(practice), sent() | wrong, headers=HTMX)
    assert answer.status_code == 200
    assert 'role="alert"' in text(answer)
    assert judgement(practice) is None


def test_only_patients_of_the_list_can_be_judged(client, practice, doctor):
    store(practice, {"1": 64}, (date(2023, 4, 1), date(2024, 3, 31)))
    store(practice, {"2": 64}, (date(2024, 4, 1), date(2025, 3, 31)))
    for code in ("v-01", "v-99", "x"):
        assert client.post(row(practice, code), sent(influenceable="yes")).status_code == 404
        assert client.get(page_of(practice, f"kiezen/{code}/")).status_code == 404
    assert judgement(practice) is None


def test_another_practice_reaches_nothing(client, practice, doctor):
    store(practice, {"1": 64})
    client.force_login(factories.staff_user(factories.practice()))
    assert client.post(row(practice), sent(influenceable="yes")).status_code == 404
    assert client.get(page_of(practice, "kiezen/v-01/")).status_code == 404


def test_the_meeting_begins_with_who_was_not_judged_and_goes_on(client, practice, doctor):
    store(practice, {"1": 64, "2": 58, "3": 31})
    say(practice, doctor, 1, influenceable="yes")
    answer = client.get(page_of(practice, "kiezen/"))
    assert answer.url == page_of(practice, "kiezen/v-02/")
    page = text(client.get(answer.url))
    assert "2 of 3" in page
    for neighbour in ("v-01", "v-03"):
        assert page_of(practice, f"kiezen/{neighbour}/") in page
    event = AuditEvent.objects.filter(action="read").get()
    assert bytes(event.patient_key) == bytes(patient(practice, 2).high_user.patient_key)


def test_the_meeting_tells_every_extract_beside_the_months_of_the_last(client, practice, doctor):
    store(practice, {"1": 14}, (date(2023, 4, 1), date(2024, 3, 31)))
    store(practice, {"1": 64}, (date(2024, 4, 1), date(2025, 3, 31)))
    address = page_of(practice, "kiezen/v-01/")
    page = text(client.get(address))
    assert "Contacts per extract" in page
    assert "March 31, 2024: 14; March 31, 2025: 64" in page
    assert "<dt>Contacts per extract</dt>" not in page, "the figure has a point for each"
    tell_more(practice, 1, by_month=None)
    with practice_scope(practice):
        PatientTotal.objects.filter(contacts=64).update(by_month={"2024-04": 60, "2025-03": 4})
    page = text(client.get(address))
    assert "apr 2024: 60" in page
    assert "<dt>Contacts per extract</dt><dd>March 31, 2024: 14; March 31, 2025: 64</dd>" in page


def test_in_the_meeting_a_save_stays_with_the_patient(client, practice, doctor):
    store(practice, {"1": 64})
    answer = client.post(row(practice), sent(page="meeting", discussed_on="2024-05-02"))
    assert answer.url == page_of(practice, "kiezen/v-01/")
    assert judgement(practice).discussed_on == date(2024, 5, 2)
    page = text(client.get(answer.url))
    assert 'value="2024-05-02"' in page


def test_the_profiles_are_said_to_be_empty_until_the_region_fills_them(client, practice, doctor):
    store(practice, {"1": 64})
    PatientProfile.objects.filter(number=1).update(name="Zorgmijder", description="Komt laat.")
    page = text(client.get(page_of(practice, "kiezen/v-01/")))
    assert "Zorgmijder" in page
    assert "Komt laat." in page
    assert page.count("to be filled in by PrimaCura") == 5


def test_making_plans_leads_from_one_chosen_patient_to_the_next(client, practice, doctor):
    store(practice, {"1": 64, "2": 40})
    for code in ("v-02", "v-01"):
        client.post(row(practice, code), sent(do="choose"))
    plan = f"/praktijk/{practice.slug}/plannen/"
    make = page_of(practice, "kiezen/plannen/")
    assert client.get(make).url == f"{plan}v-02/nieuw/"
    with practice_scope(practice):
        assert PatientPlan.objects.count() == 0
    written = {"influenceable": "yes", "who": "POH", "how": "Gesprek", "seen": ""}
    answer = client.post(f"{plan}v-02/nieuw/", written, follow=True)
    assert f'href="{plan}v-01/nieuw/">Next: the plan of V-01</a>' in text(answer)
    assert client.get(make).url == f"{plan}v-01/nieuw/"
    answer = client.post(f"{plan}v-01/nieuw/", written, follow=True)
    assert "Next: the plan" not in text(answer)
    assert client.get(make).url == page_of(practice)
    page = text(client.get(page_of(practice)))
    assert "2 of 5 chosen" in page
    assert "kiezen/plannen/" not in page


def test_lots_between_equals(client, practice, doctor):
    store(practice, {"1": 64, "2": 40, "3": 40, "4": 31})
    for number in (1, 2, 3):
        say(practice, doctor, number, influenceable=Influenceable.YES)
    address = page_of(practice, "kiezen/loten/")
    page = text(client.get(address))
    assert "checked" not in page
    assert "V-04" not in page
    wrong = client.post(address, {"patient": ["v-02"], "places": "1"})
    assert "Choose two or more patients" in text(wrong)
    tied = client.post(address, {"patient": ["v-02", "v-03"], "places": "1"})
    assert tied.url == page_of(practice)
    said = [judgement(practice, number) for number in (1, 2, 3)]
    assert said[0].chosen_on is None
    drawn = [one for one in said if one.chosen_on]
    assert [one.reason for one in drawn] == ["Chosen by lot out of V-02, V-03."]


def test_a_note_when_the_highest_are_chosen(client, practice, doctor):
    store(practice, {str(number): 70 - number for number in range(1, 6)})
    for number in (1, 2, 3):
        client.post(row(practice, f"v-0{number}"), sent(do="choose"))
    assert "exactly those with the most contacts" in text(client.get(page_of(practice)))
    client.post(row(practice, "v-05"), sent(do="choose"))
    assert "exactly those with the most contacts" not in text(client.get(page_of(practice)))


def test_what_is_held_on_a_patient_names_the_judgements(client, practice, doctor):
    store(practice, {"70001": 64})
    say(practice, doctor, influenceable="doubt", reason="veel zorgen")
    answer = client.get(f"/praktijk/{practice.slug}/patient/V-01/gegevens/")
    assert '"influenceable": "doubt"' in text(answer)
    assert "veel zorgen" in text(answer)
    with practice_scope(practice):
        assert HighUser.objects.count() == 1


@pytest.mark.parametrize(
    ("posted", "look"),
    [({}, AuditAction.LIST), ({"page": "meeting"}, AuditAction.READ)],
    ids=["list", "meeting"],
)
def test_a_row_that_is_not_saved_is_a_look_too(posted, look, client, practice, doctor):
    """Without scripts the answer is the whole page."""
    store(practice, {"1": 64, "2": 40})
    wrong = posted | {"influenceable": "wie-weet", "version": "0"}
    assert client.post(page_of(practice, "oordeel/v-01/"), wrong).status_code == 200
    assert AuditEvent.objects.filter(action=look, actor=doctor).count() == 1


def test_the_page_of_lots_is_a_look_at_a_list(client, practice, doctor):
    store(practice, {"1": 64, "2": 40})
    say(practice, doctor, 1, influenceable=Influenceable.YES)
    client.get(page_of(practice, "kiezen/loten/"))
    event = AuditEvent.objects.get(action=AuditAction.LIST)
    assert (event.object_type, event.detail["patients"]) == ("highusers.highuser", 1)
