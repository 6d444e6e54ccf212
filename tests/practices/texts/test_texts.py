"""Texts that the region writes itself: who may, what counts, and what a text cannot do."""

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from practices.models import AuditEvent, RegionText
from practices.states import AuditAction
from practices.texts import registry
from practices.texts.registry import Announced, announce
from practices.texts.rendering import (
    filled,
    mail_text_of,
    names_in,
    page_html,
    running_text,
)
from practices.texts.services import (
    SavedMeanwhileError,
    bring_back,
    current,
    mail_text,
    region_text,
    save_text,
    versions,
)
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = Announced("a-page", "On a page", "Eerste titel", "Eerste *tekst*.")
MAIL = Announced(
    "a-mail",
    "In a mail",
    "Cursus op {datum}",
    "Dag {naam},\n\nTot {datum}.",
    mail=True,
    placeholders={"naam": "Sam Bos", "datum": "3 maart"},
)


@pytest.fixture(autouse=True)
def announced(monkeypatch):
    monkeypatch.setattr(registry, "_announced", {})
    announce(PAGE, MAIL)


@pytest.fixture
def coordinator():
    return factories.region_user("coordinator")


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def save(text, title, body, actor, based_on=0):
    return save_text(text=text, title=title, body=body, based_on=based_on, actor=actor)


def test_the_shipped_text_counts_until_another_is_saved(coordinator):
    assert region_text("a-page") == ("Eerste titel", "<p>Eerste <em>tekst</em>.</p>\n")
    save(PAGE, "Tweede", "Tweede tekst.", coordinator)
    assert region_text("a-page") == ("Tweede", "<p>Tweede tekst.</p>\n")


def test_a_text_that_nobody_announced_is_an_error():
    with pytest.raises(KeyError):
        region_text("unknown")


def test_an_earlier_version_stays_and_can_be_brought_back(coordinator):
    save(PAGE, "Tweede", "Tweede tekst.", coordinator)
    save(PAGE, "Derde", "Derde tekst.", coordinator, based_on=1)
    bring_back(text=PAGE, number=1, actor=coordinator)
    assert [(v.number, v.title) for v in versions(PAGE)] == [
        (3, "Tweede"),
        (2, "Derde"),
        (1, "Tweede"),
        (0, "Eerste titel"),
    ]
    assert bring_back(text=PAGE, number=9, actor=coordinator) is None


def test_who_saves_over_the_work_of_another_is_told(coordinator):
    save(PAGE, "Tweede", "Tweede tekst.", coordinator)
    for based_on in (0, 7):
        with pytest.raises(SavedMeanwhileError):
            save(PAGE, "Anders", "Anders.", coordinator, based_on=based_on)
    assert current(PAGE).title == "Tweede"


def test_saving_is_on_record_without_the_text(coordinator):
    save(PAGE, "Tweede", "Geheim genoeg", coordinator)
    event = AuditEvent.objects.get(action=AuditAction.CHANGE)
    assert (event.actor, event.object_type) == (coordinator, "practices.regiontext")
    assert event.detail == {"text": "a-page 1"}


@pytest.mark.parametrize("statement", ["UPDATE {} SET body = 'x'", "DELETE FROM {}"])
def test_the_application_cannot_change_what_was_saved(statement, coordinator):
    save(PAGE, "Tweede", "Tweede tekst.", coordinator)
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement.format(RegionText._meta.db_table))


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klik](javascript:alert(1))",
        "[klik](JaVaScRiPt:alert(1))",
        "[klik](&#106;avascript:alert(1))",
        "[klik](data:text/html,x)",
        "[klik](vbscript:x)",
        "![plaatje](https://elders.example/volg.png)",
        '[klik](https://goed.example "x" onmouseover="alert(1))',
        "<javascript:alert(1)>",
        "`<b>`\n\n    <b>code</b>",
    ],
)
def test_nothing_in_a_text_can_act(typed):
    found = Tags()
    found.feed(page_html(typed))
    assert {tag for tag, _attributes in found.tags} <= {"p", "a"}
    for _tag, attributes in found.tags:
        assert set(attributes) <= {"href"}
        assert attributes.get("href", "https://").startswith("https://")


def test_a_page_is_written_in_a_small_markdown():
    typed = "# Kop\n\nEen [link](https://goed.example), **vet**.\n\n- een\n- twee\n"
    assert page_html(typed) == (
        '<h2>Kop</h2>\n<p>Een <a href="https://goed.example">link</a>, <strong>vet</strong>.</p>\n'
        "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"
    )


def test_a_mail_is_filled_in_once_and_its_subject_stays_one_line():
    values = {"naam": "{datum} {0.__class__}", "datum": "3\nBcc: iedereen@voorbeeld.example"}
    subject, body = mail_text("a-mail", values)
    assert subject == "Cursus op 3 Bcc: iedereen@voorbeeld.example"
    assert body.startswith("Dag {datum} {0.__class__},")


def test_names_are_looked_up_and_never_run():
    assert names_in("{naam} { datum } {0.x} {naam!r}") == ["naam", "datum", "0.x", "naam!r"]
    assert filled("{ naam } {naam.x} {}", {"naam": "Sam"}) == "Sam {naam.x} {}"


def test_only_the_coordinator_writes(client):
    for role, code in {"coordinator": 200, "consultant": 403, "admin": 403}.items():
        client.force_login(factories.region_user(role))
        assert client.get("/regio/teksten/").status_code == code
        assert client.get("/regio/teksten/a-page/").status_code == code


def test_a_name_that_is_not_filled_in_is_told_with_those_that_are(client, coordinator):
    client.force_login(coordinator)
    typed = {"title": "Hoi", "body": "Dag {naam}, {naem}", "based_on": 0}
    page = client.post("/regio/teksten/a-mail/", typed)
    assert "{naem}" in page.context["form"].errors["body"][0]
    assert "{naam}, {datum}" in page.context["form"].errors["body"][0]
    assert not RegionText.objects.exists()


def test_a_look_first_saves_nothing(client, coordinator):
    client.force_login(coordinator)
    typed = {"title": "Hoi {naam}", "body": "Dag {naam}.", "based_on": 0}
    page = client.post("/regio/teksten/a-mail/", typed | {"preview": "1"})
    assert "Dag Sam Bos." in page.content.decode()
    assert not RegionText.objects.exists()
    assert client.post("/regio/teksten/a-mail/", typed).status_code == 302
    assert current(MAIL).body == "Dag {naam}."


@pytest.mark.parametrize("address", ["", "a-mail/"])
def test_a_mail_is_called_by_where_it_appears_and_its_subject_has_no_braces(
    client, coordinator, address
):
    client.force_login(coordinator)
    page = client.get(f"/regio/teksten/{address}").content.decode()
    assert "In a mail" in page
    assert "Cursus op 3 maart" in page
    assert "Cursus op {datum}" not in page.replace('value="Cursus op {datum}"', "")


def test_an_earlier_version_is_shown_and_brought_back_by_its_page(client, coordinator):
    save(PAGE, "Tweede", "Tweede tekst.", coordinator)
    client.force_login(coordinator)
    assert "Eerste <em>tekst</em>" in client.get("/regio/teksten/a-page/0/").content.decode()
    assert client.get("/regio/teksten/a-page/5/").status_code == 404
    assert client.post("/regio/teksten/a-page/5/terug/").status_code == 404
    client.post("/regio/teksten/a-page/0/terug/")
    assert current(PAGE).title == "Eerste titel"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(
    number, coordinator, client, django_assert_num_queries
):
    for index in range(number):
        announce(Announced(f"text-{index}", "x", "t", "b"))
        save(Announced(f"text-{index}", "x", "t", "b"), "t2", "b2", coordinator)
    client.force_login(coordinator)
    client.get("/regio/teksten/")
    with django_assert_num_queries(9):
        client.get("/regio/teksten/")


def test_a_text_of_a_page_reads_in_a_mail_and_on_one_line():
    body = "# Kop\n\nEen **vet** woord:\n\n- een\n- [twee](https://elders.example/a)\n\nSlot."
    assert mail_text_of(body) == (
        "*Kop*\n\nEen vet woord:\n\n- een\n- twee (https://elders.example/a)\n\nSlot."
    )
    short = "Kop Een vet woord: een; twee (https://elders.example/a) Slot."
    assert running_text(body) == short
