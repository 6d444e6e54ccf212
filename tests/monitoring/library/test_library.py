"""The library: offered by a practice, decided by the region, found and thanked by others."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from interventions.examples import documents, services
from interventions.examples.services import Written
from interventions.examples.states import ExampleKind, ExampleState
from interventions.models import Example, ExampleDocument, ExampleThanks
from practices.received.kinds import MAX_BYTES
from practices.rekeying import encrypted_tables
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db


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
def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR)


def written(title="Eerst bellen", body="Een vaste belafspraak hielp.", **other):
    return Written(
        **{
            "kind": ExampleKind.STORY,
            "title": title,
            "body": body,
            "intervention": 1,
            "profile": None,
        }
        | other
    )


def typed(**other):
    return {
        "kind": ExampleKind.STORY,
        "title": "Eerst bellen",
        "body": "een vaste belafspraak hielp",
        "intervention": "1",
        "profile": "",
        "allowed": "on",
        "looked": "",
    } | other


def published(actor, **other):
    return services.write(written=written(**other), actor=actor)


def test_from_offer_to_library(client, practice, doctor, coordinator):
    client.force_login(doctor)
    page = "/praktijk/de-linde/voorbeeld/"
    client.post(page, typed())
    offered = Example.objects.get()
    assert (offered.state, offered.practice) == (ExampleState.OFFERED, practice)
    assert "Eerst bellen" not in words(client.get("/voorbeelden/"))
    assert client.get(f"/voorbeelden/{offered.pk}/").status_code == 404

    client.force_login(coordinator)
    assert "Eerst bellen" in words(client.get("/regio/voorbeelden/"))
    decide = f"/regio/voorbeelden/{offered.pk}/"
    client.post(decide, typed(title="Bel eerst", decision="publish"))

    client.force_login(factories.staff_user(factories.practice()))
    assert "Bel eerst" in words(client.get("/voorbeelden/"))
    shown = words(client.get(f"/voorbeelden/{offered.pk}/"))
    assert "From a practice in the region" in shown
    assert "De Linde" not in shown


def test_only_with_consent(client, practice, doctor):
    client.force_login(doctor)
    response = client.post("/praktijk/de-linde/voorbeeld/", typed(allowed=""))
    assert "Say that PrimaCura may show it" in words(response)
    assert not Example.objects.exists()


def test_who_might_be_known_is_looked_at_first(client, practice, doctor):
    client.force_login(doctor)
    page, body = "/praktijk/de-linde/voorbeeld/", "mevrouw Jansen belde elke dag"
    response = client.post(page, typed(body=body))
    assert "Can somebody be recognised?" in words(response)
    assert not Example.objects.exists()
    client.post(page, typed(body=body, looked=response.context["form"].seen))
    assert Example.objects.get().body == body


def test_a_service_number_is_refused(client, practice, doctor):
    client.force_login(doctor)
    page, body = "/praktijk/de-linde/voorbeeld/", "zij heeft nummer 111222333"
    response = client.post(page, typed(body=body))
    seen = response.context["form"].seen
    client.post(page, typed(body=body, looked=seen))
    assert response.context["form"].errors["body"]
    assert not Example.objects.exists()


def test_declined_with_a_reason_that_the_practice_reads(client, practice, doctor, coordinator):
    offered = services.offer(written=written(), practice=practice, named=False, actor=doctor)
    client.force_login(coordinator)
    page = f"/regio/voorbeelden/{offered.pk}/"
    assert "Fill in the reason" in words(client.post(page, {"decision": "decline"}))
    client.post(page, {"decision": "decline", "reason": "Dit staat er al."})
    client.force_login(doctor)
    assert "Dit staat er al." in words(client.get("/praktijk/de-linde/voorbeeld/"))


def test_a_practice_takes_its_own_back_and_no_others(client, practice, doctor, coordinator):
    own = services.offer(written=written(), practice=practice, named=False, actor=doctor)
    services.publish(example=own, written=written(), actor=coordinator)
    elsewhere = factories.staff_user(factories.practice(slug="korvel"))
    client.force_login(elsewhere)
    assert client.post(f"/praktijk/korvel/voorbeeld/{own.pk}/terug/").status_code == 404
    client.force_login(doctor)
    client.post(f"/praktijk/de-linde/voorbeeld/{own.pk}/terug/")
    own.refresh_from_db()
    assert own.state == ExampleState.WITHDRAWN
    assert client.get(f"/voorbeelden/{own.pk}/").status_code == 404


def test_the_consultant_reads_but_does_not_offer_for_a_practice(client, practice):
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    practice.consultant = consultant
    practice.save()
    client.force_login(consultant)
    assert "/praktijk/de-linde/voorbeeld/" not in client.get("/voorbeelden/").content.decode()
    assert client.get("/praktijk/de-linde/voorbeeld/").status_code == 403


def test_who_works_in_two_practices_chooses_for_which_to_offer(client, practice, doctor):
    other = factories.practice(name="Korvel", slug="korvel")
    factories.employment(practice=other, person=doctor.person, role="gp_locum")
    client.force_login(doctor)
    page = client.get("/voorbeelden/").content.decode()
    assert [f"/praktijk/{one.slug}/voorbeeld/" in page for one in (practice, other)] == [True] * 2


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("zoek=afspraken", ["Vaste afspraak", "Lang gesprek"]),
        ("zoek=gesprekken", ["Lang gesprek"]),
        ("zoek=%22vaste+dag%22", ["Vaste afspraak"]),
        ("zoek=niets", []),
        ("interventie=4", ["Rooster"]),
        ("soort=agenda", ["Rooster"]),
        ("profiel=2", ["Lang gesprek"]),
        ("interventie=9&soort=x&zoek=%00", ["Lang gesprek", "Rooster", "Vaste afspraak"]),
    ],
)
def test_found_by_dutch_words_and_by_tags(client, coordinator, query, titles):
    published(coordinator, title="Vaste afspraak", body="Elke week op een vaste dag bellen.")
    published(coordinator, title="Lang gesprek", body="De afspraak duurde 30 minuten.", profile=2)
    published(
        coordinator,
        title="Rooster",
        body="Wij plannen 15.",
        kind=ExampleKind.AGENDA,
        intervention=4,
    )
    client.force_login(coordinator)
    shown = client.get(f"/voorbeelden/?{query}").context["examples"]
    found = [one.title for one in shown]
    if "zoek=afspraken" in query:
        assert found == titles, "a word in the title counts more than one in the text"
    assert sorted(found) == sorted(titles)


def test_thanks_count_once_and_can_be_taken_back(client, doctor, coordinator):
    one = published(coordinator)
    client.force_login(doctor)
    for _ in range(2):
        client.post(f"/voorbeelden/{one.pk}/nuttig/", {"thanks": "yes"})
    assert "1 reader found this useful" in words(client.get(f"/voorbeelden/{one.pk}/"))
    client.post(f"/voorbeelden/{one.pk}/nuttig/", {"thanks": "no"})
    assert not ExampleThanks.objects.exists()


def test_what_is_typed_does_not_act(client, coordinator):
    one = published(coordinator, body="<script>alert(1)</script> [x](javascript:alert(1))")
    client.force_login(coordinator)
    page = client.get(f"/voorbeelden/{one.pk}/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_an_insurer_does_not_read_along(client):
    reader = factories.region_user(RegionRoleName.INSURER_READER, insurer=factories.insurer())
    client.force_login(reader)
    assert client.get("/voorbeelden/").status_code == 403


def test_a_decision_on_what_was_taken_back_is_refused(practice, doctor, coordinator):
    offered = services.offer(written=written(), practice=practice, named=False, actor=doctor)
    services.take_back(example=offered, actor=doctor)
    with pytest.raises(services.DecidedMeanwhileError):
        services.publish(example=offered, written=written(), actor=coordinator)


def test_the_queries_do_not_grow(client, coordinator, django_assert_num_queries):
    client.force_login(coordinator)
    for _ in range(2):
        published(coordinator)
        with django_assert_num_queries(QUERIES):
            client.get(reverse("library"))


QUERIES = 11


def png() -> bytes:
    made = BytesIO()
    Image.new("RGB", (4, 4), "#336699").save(made, "PNG")
    return made.getvalue()


def file(content=None, name="belscript.png"):
    return SimpleUploadedFile(name, png() if content is None else content)


def looked_at():
    """As the worker does it."""
    documents.look_at(document_id=ExampleDocument.objects.get().pk)


def acting_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    writer.add_attachment("a.exe", b"MZ")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_document_goes_along_and_the_coordinator_sees_it_first(
    client, practice, doctor, coordinator
):
    client.force_login(doctor)
    client.post("/praktijk/de-linde/voorbeeld/", typed(document=file()))
    offered = Example.objects.get()
    address = f"/voorbeelden/{offered.pk}/document/"
    assert client.get(address).status_code == 404
    assert client.get(f"/regio{address}").status_code == 403

    looked_at()
    client.force_login(coordinator)
    page = f"/regio/voorbeelden/{offered.pk}/"
    assert f"/regio{address}" in client.get(page).content.decode()
    assert client.get(f"/regio{address}").content == ExampleDocument.objects.get().content
    client.post(page, typed(decision="publish"))

    client.force_login(doctor)
    assert address in client.get(f"/voorbeelden/{offered.pk}/").content.decode()
    answer = client.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="voorbeeld-{offered.pk}.png"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with Image.open(BytesIO(answer.content)) as shown:
        assert shown.size == (4, 4)


def test_in_the_database_it_cannot_be_read(practice, doctor):
    services.offer(written=written(), practice=practice, named=False, actor=doctor, document=png())
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM interventions_exampledocument")
        assert b"PNG" not in bytes(cursor.fetchone()[0])
    assert "interventions_exampledocument" in [one.name for one in encrypted_tables()]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 een werkblad", "Choose a file that is a PDF, JPG or PNG."),
        (b"<svg onload='alert(1)'/>", "Choose a file that is a PDF, JPG or PNG."),
        (png() + b" " * MAX_BYTES, "This file is too large"),
        (b"", "This file is empty"),
    ],
    ids=["sheet", "svg", "large", "empty"],
)
def test_what_is_no_document_is_refused_at_the_form(client, doctor, content, said):
    client.force_login(doctor)
    answer = client.post("/praktijk/de-linde/voorbeeld/", typed(document=file(content, "a.png")))
    assert said in words(answer)
    assert not Example.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (acting_pdf(), "Print it to a new PDF"),
        (b"%PDF-1.7 %%EOF", "We cannot open this file"),
    ],
    ids=["acts", "broken"],
)
def test_what_is_refused_afterwards_both_sides_read_why_and_nobody_opens(
    client, practice, doctor, coordinator, content, said
):
    client.force_login(doctor)
    page = "/praktijk/de-linde/voorbeeld/"
    client.post(page, typed(document=file(content)))
    assert "We are looking at the document." in words(client.get(page))
    looked_at()
    assert said in words(client.get(page))

    client.force_login(coordinator)
    offered = Example.objects.get()
    decide = f"/regio/voorbeelden/{offered.pk}/"
    assert said in words(client.get(decide))
    assert "document refused" in words(client.get("/regio/voorbeelden/"))
    client.post(decide, typed(decision="publish"))
    address = f"/voorbeelden/{offered.pk}/document/"
    assert address not in client.get(f"/voorbeelden/{offered.pk}/").content.decode()
    assert "with a document" not in words(client.get("/voorbeelden/"))
    assert client.get(address).status_code == 404
    assert client.get(f"/regio{address}").status_code == 404


def test_nobody_publishes_or_opens_what_no_worker_looked_at(client, practice, doctor, coordinator):
    offered = services.offer(
        written=written(), practice=practice, named=False, actor=doctor, document=png()
    )
    client.force_login(coordinator)
    page = f"/regio/voorbeelden/{offered.pk}/"
    assert client.get(f"{page}document/").status_code == 404
    answer = client.post(page, typed(title="Bel nu eerst", decision="publish"))
    assert "open it, and publish then" in words(answer)
    assert "Bel nu eerst" in answer.content.decode(), "what was typed stays"
    offered.refresh_from_db()
    assert (offered.state, offered.title) == (ExampleState.OFFERED, "Eerst bellen")


def test_the_regions_own_document_follows_once_a_worker_looked_at_it(client, doctor, coordinator):
    client.force_login(coordinator)
    answer = client.post("/regio/voorbeelden/nieuw/", typed(document=file()), follow=True)
    assert "Its document follows" in words(answer)
    example = Example.objects.get()
    address = f"/voorbeelden/{example.pk}/document/"
    assert client.get(address).status_code == 404
    looked_at()
    assert client.get(address).status_code == 200


def test_who_is_asked_to_look_again_hears_that_the_file_did_not_come_along(client, doctor):
    client.force_login(doctor)
    page = "/praktijk/de-linde/voorbeeld/"
    first = client.post(page, typed(body="Mevrouw Bakker belde elke dag", document=file()))
    assert "Choose the document once more" in words(first)
    again = client.post(
        page,
        typed(
            body="Mevrouw Bakker belde elke dag",
            looked=first.context["form"].seen,
            document=file(),
        ),
    )
    assert again.status_code == 302
    assert ExampleDocument.objects.count() == 1


@pytest.mark.parametrize("how", ["declined", "taken back", "left out"])
def test_a_document_goes_when_the_example_does_or_the_region_leaves_it_out(
    client, practice, doctor, coordinator, how
):
    offered = services.offer(
        written=written(), practice=practice, named=False, actor=doctor, document=png()
    )
    if how == "taken back":
        services.take_back(example=offered, actor=doctor)
    elif how == "declined":
        services.decline(example=offered, reason="Een naam", actor=coordinator)
    else:
        client.force_login(coordinator)
        page = f"/regio/voorbeelden/{offered.pk}/"
        client.post(page, typed(decision="publish", without_document="on"))
        assert Example.objects.get().state == ExampleState.PUBLISHED
    assert not ExampleDocument.objects.exists()
