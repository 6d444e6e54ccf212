"""The screens: what is shown to whom, tasks, mail, paper."""

import html
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from pypdf import PdfReader

from interventions.models import SectionText
from interventions.practice_plan.services import begin_plan
from interventions.practice_plan.states import Field
from monitoring.models import Visit
from monitoring.visits import services
from monitoring.visits.document import visit_report_blocks
from monitoring.visits.told import commented
from monitoring.visits.told import sent as told_sent
from practices.models import AuditEvent
from practices.states import StaffRole
from tests import factories
from tests.monitoring.visits import making
from tests.monitoring.visits.making import ago, agreed, in_days, say, sent, today, visited

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client, settings):
    """The texts in the code, in what is stored and on what is shown."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def consultant():
    return making.consultant()


@pytest.fixture
def practice(consultant):
    return making.practice(consultant)


@pytest.fixture
def owner(practice):
    return making.owner(practice)


def words(response) -> str:
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(text).split())


def test_the_screen_shows_plan_figures_and_last_time_beside_the_questions(
    client, practice, consultant, owner
):
    plan = begin_plan(practice=practice, year=1, actor=owner)
    first = plan.sections.order_by("pk").first()
    SectionText.objects.create(section=first, field=Field.DOING, text="Elke maand bespreken.")
    before = visited(practice, ago(30), i1__going="stuck", i1__note="Te weinig tijd.")
    agreed(before, "Triage oefenen")
    visit = visited(practice)
    client.force_login(consultant)
    said = words(client.get(f"/bezoek/{visit.code}/"))
    for shown in ("Elke maand bespreken.", "0 of 5 plans", "Te weinig tijd.", "Triage oefenen"):
        assert shown in said


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_three_visits(
    client, practice, owner, django_assert_num_queries, number
):
    for back in range(number):
        sent(visited(practice, ago(back + 1), joy="Rust."))
    client.force_login(owner)
    client.get(f"/praktijk/{practice.slug}/bezoeken/")
    with django_assert_num_queries(12):
        client.get(f"/praktijk/{practice.slug}/bezoeken/")


def test_the_practice_reads_nothing_before_the_report_is_sent(client, practice, owner):
    visit = visited(practice, joy="Rust in het team.")
    client.force_login(owner)
    path = f"/praktijk/{practice.slug}/bezoeken/{visit.code}/"
    assert client.get(path).status_code == 404
    assert client.get(f"{path}verslag.pdf").status_code == 404
    sent(visit)
    assert "Rust in het team." in words(client.get(path))


def test_an_agreement_added_while_amending_waits_for_the_next_report(
    client, practice, consultant, owner
):
    visit = visited(practice, joy="Rust.")
    sent(visit)
    services.amend(visit=visit, actor=consultant)
    agreed(visit, "Nieuwe afspraak")
    client.force_login(owner)
    path = f"/praktijk/{practice.slug}/bezoeken/{visit.code}/"
    assert "Nieuwe afspraak" not in words(client.get(path))
    sent(visit)
    said = words(client.get(path))
    assert "Nieuwe afspraak" in said
    assert "Other than in report 1" in said


def test_confirming_and_commenting_by_who_runs_the_account(client, practice, owner):
    visit = visited(practice, joy="Rust.")
    sent(visit)
    client.force_login(owner)
    path = f"/praktijk/{practice.slug}/bezoeken/{visit.code}/"
    shown = words(client.post(f"{path}reactie/", {"text": "Mevrouw Jansen klaagt."}))
    assert "looks like a name" in shown
    assert visit.comments.count() == 0
    client.post(f"{path}reactie/", {"text": "Het was anders."})
    assert visit.comments.get().of_practice
    client.post(f"{path}bevestigen/", {"number": "1"})
    visit.refresh_from_db()
    assert visit.state == "confirmed"


def test_words_that_may_name_somebody_stop_the_sending_once(client, practice, consultant):
    visit = visited(practice, joy="Mevrouw Jansen belde.")
    client.force_login(consultant)
    path = f"/bezoek/{visit.code}/teruglezen/"
    shown = client.get(path)
    assert "“Mevrouw Jansen” looks like a name." in words(shown)
    assert client.post(path, {"looked": ""}).status_code == 200
    assert visit.reports.count() == 0
    client.post(path, {"looked": shown.context["form"].doubtful})
    assert visit.reports.count() == 1


def test_a_consultant_begins_a_visit_and_one_of_tomorrow_is_refused(client, practice, consultant):
    client.force_login(consultant)
    path = f"/praktijk/{practice.slug}/bezoeken/beginnen/"
    client.post(path, {"held_on": in_days(1).isoformat()})
    assert Visit.objects.count() == 0
    response = client.post(path, {"held_on": today().isoformat()})
    assert response["Location"] == f"/bezoek/{Visit.objects.get().code}/"


def test_looking_at_words_warns_of_a_patient(client, practice, consultant):
    visit = visited(practice)
    client.force_login(consultant)
    said = words(client.post(f"/bezoek/{visit.code}/kijken/", {"joy": "Mevrouw Jansen, 111222333"}))
    assert "is a citizen service number" in said
    assert "looks like a name" in said


def test_an_agreement_is_a_task_with_one_tap(client, practice, owner):
    person = factories.person(name="Mila Bos")
    factories.employment(person=person, practice=practice, role=StaffRole.ASSISTANT)
    assistant = factories.user(person=person)
    visit = visited(practice, joy="Alleen voor de praktijk.")
    hers = agreed(visit, "Bellen oefenen", owner=f"p{person.pk}")
    agreed(visit, "Iets van een ander")
    sent(visit)
    client.force_login(assistant)
    tasks = f"/praktijk/{practice.slug}/taken/"
    said = words(client.get(tasks + "?van=alle"))
    assert "Bellen oefenen" in said
    assert "Iets van een ander" not in said
    path = f"/praktijk/{practice.slug}/bezoeken/afspraken/{hers.pk}/"
    assert client.post(path, {"done": "yes", "from": "tasks"})["Location"] == tasks
    hers.refresh_from_db()
    assert (hers.done_on, hers.done_by) == (today(), assistant)
    client.force_login(owner)
    said = words(client.get(tasks + "?van=alle"))
    assert "Iets van een ander" in said
    assert "Confirm the report of the visit" in said
    client.post(path, {"done": "no"})
    hers.refresh_from_db()
    assert hers.done_on is None


def test_the_paper_says_all_of_it_and_is_in_the_trail(client, practice, owner):
    visit = visited(practice, joy="Meer rust.", i1__going="along")
    agreed(visit, "Triage oefenen", owner_name="Het team")
    sent(visit)
    client.force_login(owner)
    body = client.get(f"/praktijk/{practice.slug}/bezoeken/{visit.code}/verslag.pdf").content
    paper = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(body)).pages)
    for text in ("Meer rust.", "It goes along", "Triage oefenen", "Het team"):
        assert text in paper
    assert AuditEvent.objects.filter(action="export", object_id=str(visit.pk)).count() == 1
    cells = [row for block in visit_report_blocks(visit) for row in getattr(block, "rows", ())]
    assert ("What gives energy in the work, and what takes it?", "Meer rust.") in cells


def test_mail_goes_to_who_runs_the_account_and_a_comment_to_the_consultant(
    practice, consultant, owner
):
    factories.staff_user(practice, StaffRole.POH)
    visit = visited(practice, joy="Rust.")
    assert list(told_sent(today())) == []
    report = sent(visit)
    mails = [(one.user, one.about) for one in told_sent(today())]
    assert mails == [(owner.pk, f"visit-report-{report.pk}")]
    assert list(told_sent(today() + timedelta(days=15))) == []
    services.comment(visit=visit, text="Anders.", actor=owner, of_practice=True)
    assert list(told_sent(today())) == []
    assert [one.user for one in commented(today())] == [consultant.pk]


def test_what_was_said_stands_beside_the_plan_for_who_reads_reports(client, practice, owner):
    begin_plan(practice=practice, year=1, actor=owner)
    visit = visited(practice, i2__note="De telefoon is rustiger.")
    agreed(visit, "Bellen oefenen")
    client.force_login(owner)
    path = f"/praktijk/{practice.slug}/ons-plan/1/"
    assert "De telefoon is rustiger." not in words(client.get(path))
    sent(visit)
    shown = words(client.get(path))
    assert "De telefoon is rustiger." in shown
    assert "Agreed: Bellen oefenen" in shown
    client.force_login(factories.staff_user(practice, StaffRole.ASSISTANT))
    assert "De telefoon is rustiger." not in words(client.get(path))


def test_another_consultant_finds_no_visit_and_an_unknown_code_looks_the_same(client, practice):
    visit = visited(practice, joy="Rust.")
    client.force_login(making.consultant())
    pages = [client.get(f"/bezoek/{code}/") for code in (visit.code, "0" * 24)]
    assert [one.status_code for one in pages] == [404, 404]


def test_the_device_is_told_what_is_held_and_sends_its_changes(client, practice, consultant):
    visit = visited(practice, joy="Rust.")
    client.force_login(consultant)
    path = f"/bezoek/{visit.code}/bewaren/"
    answer = client.get(path).json()
    assert answer["held"]["joy"]["value"] == "Rust."
    change = {
        "id": "toestel-1",
        "field": "patients",
        "value": "Blij.",
        "base": "",
        "at": timezone.now().isoformat(),
    }
    body = {"user": answer["user"], "changes": [change]}
    answer = client.post(path, body, content_type="application/json").json()
    assert answer["outcomes"] == {"toestel-1": "kept"}
    assert answer["held"]["patients"]["version"] == "toestel-1"
    say(visit, "patients", "Anders.", "toestel-1")
    change |= {"id": "toestel-2", "value": "Nog anders.", "base": "toestel-1"}
    answer = client.post(path, body | {"changes": [change]}, content_type="application/json").json()
    assert answer["outcomes"] == {"toestel-2": "conflict"}
