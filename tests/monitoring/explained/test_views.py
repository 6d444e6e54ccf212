"""The programme explained, and the next step on the page of an intervention."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.explained.texts import OF_INTERVENTION
from monitoring.models import Visit
from practices.states import RegionRoleName
from practices.texts.registry import find
from practices.texts.services import save_text
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


def begun(days_ago=100):
    return factories.practice(start_on=timezone.localdate() - timedelta(days=days_ago))


def read(client, user, path):
    client.force_login(user)
    return client.get(path)


def test_the_programme_leads_to_the_six_with_their_goals(client):
    response = read(client, factories.region_user(RegionRoleName.FACILITATOR), "/uitleg/")
    rows = response.context["contributions"]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [sum(row.marks) for row in rows] == [5, 3, 2, 4, 5, 5]
    assert [row.number for row in rows if row.remark_at is not None] == [2]
    for row in rows:
        assert client.get(row.url).status_code == 200


def test_what_the_coordinator_writes_is_what_a_practice_reads(client):
    practice = begun()
    coordinator = factories.region_user(RegionRoleName.COORDINATOR)
    text = find(OF_INTERVENTION[3])
    save_text(text=text, title="Even wachten", body="Bel eerst.", based_on=0, actor=coordinator)
    user = factories.staff_user(practice)
    assert "Bel eerst." in words(read(client, user, f"/praktijk/{practice.slug}/time-out/"))
    explained = read(client, user, "/uitleg/interventie/time-out/")
    assert "Even wachten" in words(explained)
    assert explained.context["own"] == f"/praktijk/{practice.slug}/time-out/"


def test_an_unknown_subject_is_not_there(client):
    user = factories.staff_user(begun())
    assert read(client, user, "/uitleg/interventie/onzin/").status_code == 404


def test_the_next_step_is_that_of_this_intervention(client):
    practice = begun()
    user = factories.staff_user(practice)
    intervision = read(client, user, f"/praktijk/{practice.slug}/intervisie/")
    assert "must come to intervision" in intervision.context["step"].text
    lengths = read(client, user, f"/praktijk/{practice.slug}/consultduur/")
    assert "flexible consultation length" in lengths.context["step"].text


def test_a_visit_is_planned_by_the_region_until_it_was_held(client):
    practice = begun()
    user = factories.staff_user(practice)
    path = f"/praktijk/{practice.slug}/time-out/"
    assert read(client, user, path).context["step"].text.startswith("PrimaCura plans a visit")
    Visit.objects.create(practice=practice, held_on=timezone.localdate(), time_out_discussed=True)
    assert read(client, user, path).context["step"] is None


def test_nothing_is_asked_before_the_start(client):
    practice = factories.practice(start_on=timezone.localdate() + timedelta(days=30))
    user = factories.staff_user(practice)
    assert read(client, user, f"/praktijk/{practice.slug}/time-out/").context["step"] is None
