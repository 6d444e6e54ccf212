"""The first wall by itself: taking the second away changes nothing in what a practice sees.

Over the owner's connection row-level security binds only while it is forced. Each page is asked
for with it and without it; a query that leans on it shows the patients of the other practice.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import connections
from django.utils import timezone

from highusers.actions.services import ActionText, add_action
from highusers.choosing.services import choose
from highusers.conversations.services import Talk, save_conversation
from highusers.evaluations.services import Findings, evaluate
from highusers.talks.services import Notes, keep_notes
from practices.models import Practice, User
from practices.states import StaffRole
from tests import factories
from tests.highusers.choosing.lists import patient, say
from tests.highusers.extracts import store
from tests.highusers.planned import plan_for, practice_in_year_2

pytestmark = pytest.mark.django_db

PAGES = [
    *("veelgebruikers/", "veelgebruikers/kiezen/v-01/", "veelgebruikers/kiezen/loten/"),
    *("veelgebruikers/kiezen/", "veelgebruikers/kiezen/plannen/", "veelgebruikers/teamoverleg/"),
    *("veelgebruikers/gewoonte/", "veelgebruikers/effect/", "plannen/", "plannen/v-01/"),
    *("plannen/v-01/versies/", "plannen/v-01/tekst/", "plannen/v-01/bewerken/"),
    *("plannen/v-01/nieuw/", "plannen/v-01/sluiten/", "plannen/v-01/gesprek/nieuw/"),
    *("plannen/v-01/evaluatie/", "plannen/v-04/", "patient/v-01/gegevens/"),
    "netwerkpartners/",
]
"""The other practice has a V-04 and this one has not."""
_TOKEN = re.compile(rb"\b(?=\w*[A-Z])\w{64}\b")


@pytest.fixture
def as_owner(db: None) -> Iterator[None]:
    ordinary = connections["default"]
    connections["default"] = connections["owner"]
    second_wall(stands=True)
    yield
    connections["default"] = ordinary


def second_wall(*, stands: bool) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        for (table,) in cursor.fetchall():
            force = "FORCE" if stands else "NO FORCE"
            cursor.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")


def at_work(practice: Practice, patients: int) -> User:
    """Somebody of a practice in which of all that a practice keeps on patients there is one."""
    doctor = factories.staff_user(practice, StaffRole.GP_OWNER)
    store(practice, {str(70_000 + number): 60 - number for number in range(patients)})
    say(practice, doctor, 1, influenceable="yes", reason="veel vragen")
    plan = plan_for(practice, 1, actor=doctor, goals="rust", evaluate_on=timezone.localdate())
    add_action(practice=practice, plan=plan, text=ActionText("bellen"), actor=doctor)
    about = patient(practice).high_user
    talk = Talk(held_on=timezone.localdate(), note="gesproken")
    save_conversation(practice=practice, high_user=about, talk=talk, actor=doctor)
    today = timezone.localdate()
    findings = Findings(held_on=today, outcome="partly")
    evaluate(practice=practice, plan=plan, findings=findings, next_on=today, actor=doctor)
    notes = Notes(today, [doctor.person], "V-01 besproken")
    keep_notes(practice=practice, notes=notes, actor=doctor)
    for number in range(3, patients + 1):
        say(practice, doctor, number, influenceable="yes", reason="belt vaak")
        choose(patient(practice, number), actor=doctor)
    return doctor


def test_a_page_shows_the_same_without_row_level_security(as_owner, client):
    at_work(practice_in_year_2(), 4)
    ours = practice_in_year_2()
    client.force_login(at_work(ours, 2))

    def shown() -> dict[str, tuple[int, str, bytes]]:
        answers = {page: client.get(f"/praktijk/{ours.slug}/{page}") for page in PAGES}
        card = f"/praktijk/{ours.slug}/telefoon/"
        answers["telefoon/"] = client.post(card, {"number": "70003"})
        return {
            page: (one.status_code, one.headers.get("Location", ""), _TOKEN.sub(b"", one.content))
            for page, one in answers.items()
        }

    with_both = shown()
    second_wall(stands=False)
    alone = shown()
    assert [page for page in with_both if alone[page] != with_both[page]] == []
    assert {page for page, (code, *_) in alone.items() if code == 404} == {"plannen/v-04/"}
    assert b"V-02" in alone["veelgebruikers/"][2]
