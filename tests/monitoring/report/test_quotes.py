"""Quotes: only with consent, never with a name, and out of drafts once consent is withdrawn."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from monitoring.models import Report, ReportQuote
from monitoring.report import services as reports
from monitoring.report.build import build_report
from monitoring.report.corrections import composed, differences
from monitoring.report.publishing.services import ConsentWithdrawnError, publish
from monitoring.report.quotes import services
from monitoring.report.quotes.identity import Telling, telling_words
from monitoring.report.states import BlockKind, QuoteSource, QuoteState
from monitoring.report.told import quotes as quote_mail
from monitoring.report.value import ExtractFigures, report_from_json, report_json
from monitoring.report.wording import quotes
from mtvp.documents.canonical import canonical_json, sha256_of
from practices.models import Practice, User
from practices.retention import delete_expired
from practices.states import RegionRoleName, StaffRole
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = 2023
WORDS = "Een dubbel consult scheelt drie telefoontjes."


@pytest.fixture
def coordinator() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def practice() -> Practice:
    return factories.practice(name="Praktijk De Linde", city="Goirle", slug="de-linde")


@pytest.fixture
def owner(practice: Practice) -> User:
    anna = factories.person(name="Anna Verbeek")
    factories.employment(practice=practice, person=anna, role=StaffRole.GP_OWNER)
    return factories.user(person=anna)


@pytest.fixture
def quote(practice: Practice, coordinator: User) -> ReportQuote:
    return services.propose(
        practice=practice,
        year=YEAR,
        block=BlockKind.EXPERIENCES,
        source=QuoteSource.TYPED,
        text=WORDS,
        actor=coordinator,
    )


def used() -> list[str]:
    return [one.text for one in quotes(YEAR)]


def test_without_an_answer_nothing_is_used(quote: ReportQuote) -> None:
    assert used() == []


def test_a_practice_agrees_in_its_own_words(quote: ReportQuote, owner: User) -> None:
    services.consent(quote=quote, text="Wij bellen minder.", actor=owner)
    assert used() == ["Wij bellen minder."]
    with pytest.raises(services.AnsweredMeanwhileError):
        services.consent(quote=quote, text="Anders", actor=owner)


def test_declined_words_are_used_nowhere(quote: ReportQuote, owner: User) -> None:
    services.decline(quote=quote, actor=owner)
    quote.refresh_from_db()
    assert (quote.state, quote.text, used()) == (QuoteState.DECLINED, None, [])


def test_withdrawn_consent_takes_words_out_of_drafts_and_leaves_a_frozen_report(
    quote: ReportQuote, owner: User, coordinator: User
) -> None:
    services.consent(quote=quote, text=WORDS, actor=owner)
    frozen, draft = (stored(name) for name in ("CZ", "VGZ"))
    reports.make_final(report=frozen, actor=coordinator)
    services.decline(quote=quote, actor=owner)
    frozen.refresh_from_db()
    assert [one.text for one in report_from_json(frozen.value).quotes] == [WORDS]
    assert composed(draft).quotes == ()
    quote.refresh_from_db()
    assert quote.state == QuoteState.WITHDRAWN


def test_words_that_were_taken_back_go_out_no_more(
    quote: ReportQuote, owner: User, coordinator: User, client: Client
) -> None:
    services.consent(quote=quote, text=WORDS, actor=owner)
    frozen = stored("CZ")
    reports.make_final(report=frozen, actor=coordinator)
    services.decline(quote=quote, actor=owner)
    with pytest.raises(ConsentWithdrawnError):
        publish(report=frozen, actor=coordinator)
    client.force_login(coordinator)
    client.post(f"/regio/jaarverslag/verslag/{frozen.pk}/publiceren/")
    frozen.refresh_from_db()
    assert frozen.published_at is None
    made = reports.correct(report=frozen, reason="Woorden ingetrokken.", actor=coordinator)
    assert WORDS not in str(report_json(composed(made)))
    assert composed(made).correction is not None
    services.consent(quote=quote, text=WORDS, actor=owner)
    assert publish(report=frozen, actor=coordinator).published_at is not None


def test_a_number_that_may_not_show_any_more_is_not_said_in_a_correction() -> None:
    hidden = replace(report_from_json(stored("CZ").value), extracts=extracts(None))
    told = replace(hidden, extracts=extracts(123_456))
    found = [(one.old, one.new) for one in differences(told, hidden)]
    assert found
    assert not [pair for pair in found if "123" in "".join(pair)]
    assert any("123" in one.new for one in differences(hidden, told))


def extracts(patients: int | None) -> ExtractFigures:
    return ExtractFigures(YEAR, 3, 3, patients, None, None)


def stored(name: str) -> Report:
    insurer = factories.insurer(name)
    value = report_json(build_report(year=YEAR, insurer=insurer, appendix=False))
    return Report.objects.create(
        year=YEAR, insurer=insurer, value=value, sha256=sha256_of(canonical_json(value))
    )


@pytest.mark.parametrize(
    ("text", "names", "perhaps"),
    [
        (WORDS, [], []),
        ("In De Linde bellen we minder.", ["Linde"], []),
        ("In goirle bellen we minder.", ["Goirle"], []),
        ("Dokter Verbeek belt minder.", ["Verbeek"], []),
        ("Dokter VERBEEK belt minder.", ["Verbeek"], []),
        ("Dat deed Jongen vroeger al.", ["Jongen"], []),
        ("Een jongen belt ons niet meer.", [], ["Jongen"]),
        ("In onze praktijk bellen we minder.", [], []),
    ],
)
def test_names_that_tell_who_it_is(
    practice: Practice, owner: User, text: str, names: list[str], perhaps: list[str]
) -> None:
    """Dokter Jongen left years ago; a word of every day that is a name, too, is no name."""
    left = factories.person(name="Peter Jongen")
    factories.employment(
        practice=practice, person=left, started_on=date(2019, 1, 1), ended_on=date(2020, 1, 1)
    )
    assert telling_words(text, practice, timezone.localdate()) == Telling(names, perhaps)


def test_a_word_that_is_a_name_too_is_shown_once(
    client: Client, quote: ReportQuote, owner: User, practice: Practice
) -> None:
    client.force_login(owner)
    page = f"/praktijk/de-linde/citaten/{quote.pk}/"
    said = {"answer": "yes", "text": "Wij planten een linde."}
    shown = client.post(page, said)
    assert used() == []
    client.post(page, said | {"looked": shown.context["form"].seen})
    assert used() == ["Wij planten een linde."]


def test_other_words_than_were_frozen_need_the_report_anew(
    quote: ReportQuote, owner: User, coordinator: User
) -> None:
    services.consent(quote=quote, text=WORDS, actor=owner)
    frozen = stored("CZ")
    reports.make_final(report=frozen, actor=coordinator)
    services.decline(quote=quote, actor=owner)
    services.consent(quote=quote, text="Wij bellen minder.", actor=owner)
    with pytest.raises(ConsentWithdrawnError):
        publish(report=frozen, actor=coordinator)
    assert [one.text for one in quotes(YEAR)] == ["Wij bellen minder."]


def test_a_practice_where_nobody_can_say_yes_is_not_asked(
    client: Client, practice: Practice, coordinator: User
) -> None:
    client.force_login(coordinator)
    asked = {"practice_of": practice.pk, "block": "ervaringen", "source": "typed", "text": WORDS}
    client.post(f"/regio/jaarverslag/{YEAR}/citaten/", asked)
    assert not ReportQuote.objects.exists()
    factories.staff_user(practice, StaffRole.GP_OWNER)
    client.post(f"/regio/jaarverslag/{YEAR}/citaten/", asked)
    assert ReportQuote.objects.get().proposed == WORDS


def test_sent_twice_it_is_asked_once(client: Client, practice: Practice, coordinator: User) -> None:
    factories.staff_user(practice, StaffRole.GP_OWNER)
    client.force_login(coordinator)
    asked = {"practice_of": practice.pk, "block": BlockKind.EXPERIENCES, "source": "typed"}
    for text in (WORDS, WORDS, "Wij bellen minder."):
        client.post(f"/regio/jaarverslag/{YEAR}/citaten/", asked | {"text": text})
    assert [one.proposed for one in ReportQuote.objects.order_by("pk")] == [
        WORDS,
        "Wij bellen minder.",
    ]


def test_words_without_consent_go_after_a_year_and_others_stay(
    quote: ReportQuote, owner: User, practice: Practice, coordinator: User
) -> None:
    today = timezone.localdate()
    given, declined = (
        services.propose(
            practice=practice,
            year=YEAR,
            block=BlockKind.EXPERIENCES,
            source=QuoteSource.TYPED,
            text=text,
            actor=coordinator,
        )
        for text in ("Wij bellen minder.", "Wij bellen meer.")
    )
    services.consent(quote=given, text=WORDS, actor=owner)
    services.decline(quote=declined, actor=owner)
    list(delete_expired(today=today + timedelta(days=365)))
    assert ReportQuote.objects.count() == 3
    list(delete_expired(today=today + timedelta(days=366)))
    assert list(ReportQuote.objects.all()) == [given]


def test_the_words_are_encrypted_at_rest(quote: ReportQuote, owner: User) -> None:
    services.consent(quote=quote, text=WORDS, actor=owner)
    with connection.cursor() as cursor:
        cursor.execute("SELECT proposed, text FROM monitoring_reportquote")
        (row,) = cursor.fetchall()
    assert not [said for said in row if b"telefoontjes" in bytes(said)]


def test_nobody_s_name_gets_in_by_the_pages(
    client: Client, quote: ReportQuote, owner: User, coordinator: User, practice: Practice
) -> None:
    client.force_login(coordinator)
    address = f"/regio/jaarverslag/{YEAR}/citaten/"
    asked = {"practice_of": practice.pk, "block": "ervaringen", "source": "typed"}
    client.post(address, asked | {"text": "De Linde belt minder."})
    assert ReportQuote.objects.count() == 1
    client.force_login(owner)
    page = f"/praktijk/de-linde/citaten/{quote.pk}/"
    client.post(page, {"answer": "yes", "text": "Goirle belt minder."})
    assert used() == []
    client.post(page, {"answer": "yes", "text": WORDS})
    assert used() == [WORDS]


def test_who_runs_the_account_is_asked_and_nobody_on_its_behalf(
    client: Client, quote: ReportQuote, owner: User, coordinator: User, practice: Practice
) -> None:
    assistant = factories.staff_user(practice, StaffRole.ASSISTANT)
    today = timezone.localdate()
    assert [(one.user, one.about) for one in quote_mail(today)] == [(owner.pk, f"quote-{quote.pk}")]
    page = f"/praktijk/de-linde/citaten/{quote.pk}/"
    for user in (assistant, coordinator):
        client.force_login(user)
        assert client.post(page, {"answer": "yes", "text": WORDS}).status_code == 403
    assert used() == []


def test_a_practice_answers_only_for_itself(
    client: Client, quote: ReportQuote, practice: Practice
) -> None:
    elsewhere = factories.practice(slug="elders")
    client.force_login(factories.staff_user(elsewhere, StaffRole.GP_OWNER))
    for slug in ("elders", "de-linde"):
        address = f"/praktijk/{slug}/citaten/{quote.pk}/"
        assert client.post(address, {"answer": "yes", "text": WORDS}).status_code == 404


def test_the_region_asks_no_longer_only_before_the_answer(
    quote: ReportQuote, owner: User, coordinator: User
) -> None:
    services.consent(quote=quote, text=WORDS, actor=owner)
    with pytest.raises(services.AnsweredMeanwhileError):
        services.drop(quote=quote, actor=coordinator)
