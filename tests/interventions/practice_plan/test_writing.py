"""Nothing that somebody writes in a plan is lost, whoever else writes there at that moment."""

import threading

import pytest
from django.db import connections

from interventions.models import SectionText
from interventions.practice_plan import services
from interventions.practice_plan.states import Field, PlanState
from interventions.practice_plan.writing import choose
from practices.beside import Outcome, Way, mark_of
from tests import factories
from tests.interventions.practice_plan.plans import begun, colleague, said, section_of, write


@pytest.fixture
def practice():
    return factories.practice(slug="linde")


@pytest.fixture
def doctor(practice):
    return colleague(practice, "gp_owner", "Dokter Smit")


@pytest.fixture
def lotte(practice):
    return colleague(practice, "poh", "Lotte de Wit")


@pytest.fixture
def section(practice, doctor):
    return section_of(begun(practice, doctor), "triage")


def apart_of(section) -> list[str]:
    return list(section.texts.filter(apart=True).values_list("text", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_who_save_the_same_field_at_the_same_moment_both_keep_their_text(
    practice, doctor, lotte, section
):
    ready, outcomes = threading.Barrier(2), []

    def save(actor, text):
        try:
            ready.wait()
            outcomes.append(write(section, Field.DOING, text, actor))
        finally:
            connections.close_all()

    both = [(doctor, "Wij doen de training."), (lotte, "Twee assistenten gaan.")]
    threads = [threading.Thread(target=save, args=one) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.APART, Outcome.SAVED]
    kept = set(SectionText.objects.values_list("text", flat=True))
    assert kept == {"Wij doen de training.", "Twee assistenten gaan."}


@pytest.mark.django_db(transaction=True)
def test_two_who_write_in_other_fields_at_the_same_moment_meet_nobody(doctor, lotte, section):
    ready, outcomes = threading.Barrier(2), []

    def save(actor, field, text):
        try:
            ready.wait()
            outcomes.append(write(section, field, text, actor))
        finally:
            connections.close_all()

    both = [(doctor, Field.DOING, "Training"), (lotte, Field.HOPE, "Rust aan de balie")]
    threads = [threading.Thread(target=save, args=one) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Outcome.SAVED, Outcome.SAVED]
    texts = said(section.plan, "triage")
    assert (texts["doing"], texts["hope"]) == ("Training", "Rust aan de balie")


@pytest.mark.django_db
def test_a_field_that_a_colleague_changed_is_not_overwritten(doctor, lotte, section):
    assert write(section, Field.DOING, "Van de dokter", doctor) is Outcome.SAVED
    assert write(section, Field.DOING, "Van Lotte", lotte, based_on="") is Outcome.APART
    assert said(section.plan, "triage")["doing"] == "Van de dokter"
    assert apart_of(section) == ["Van Lotte"]
    # She goes on typing before she chooses: one text waits, her last.
    assert write(section, Field.DOING, "Van Lotte, langer", lotte, based_on="") is Outcome.APART
    assert apart_of(section) == ["Van Lotte, langer"]


@pytest.mark.django_db
def test_who_read_the_last_text_goes_on_and_who_changed_nothing_disturbs_nobody(
    doctor, lotte, section
):
    write(section, Field.DOING, "Een", doctor)
    assert write(section, Field.DOING, "Een en twee", lotte, based_on="Een") is Outcome.SAVED
    assert write(section, Field.DOING, "Een", doctor, based_on="Een") is Outcome.SAME
    same = write(section, Field.DOING, "Een en twee", doctor, based_on="Iets anders")
    assert same is Outcome.SAME
    # A browser sends other line ends than it was given.
    write(section, Field.DOING, "Een\ntwee", doctor, based_on="Een en twee")
    assert write(section, Field.DOING, "Een\r\ntwee ", lotte, based_on="Een\r\ntwee") is (
        Outcome.SAME
    )
    assert said(section.plan, "triage")["doing"] == "Een\ntwee"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("way", "text"),
    [
        (Way.MINE, "Van Lotte"),
        (Way.THEIRS, "Van de dokter"),
        (Way.BOTH, "Van de dokter\n\nVan Lotte"),
    ],
)
def test_somebody_chooses_between_two_texts(doctor, lotte, section, way, text):
    write(section, Field.DOING, "Van de dokter", doctor)
    write(section, Field.DOING, "Van Lotte", lotte)
    waiting = section.texts.select_related("section__plan").get(apart=True)
    given = {"waiting": waiting, "way": way, "actor": lotte, "on_behalf": False}
    assert choose(**given, seen=mark_of("Van een derde")) is Outcome.APART
    assert apart_of(section) == ["Van Lotte"]
    assert choose(**given, seen=mark_of("Van de dokter")) is Outcome.SAVED
    assert said(section.plan, "triage")["doing"] == text
    assert apart_of(section) == []


@pytest.mark.django_db
def test_what_arrives_after_handing_in_is_kept_beside_the_plan(doctor, lotte, section):
    write(section, Field.DOING, "Van de dokter", doctor)
    services.hand_in(plan=section.plan, actor=doctor, on_behalf=False)
    late = write(section, Field.DOING, "Te laat", lotte, based_on="Van de dokter")
    assert late is Outcome.APART
    assert said(section.plan, "triage")["doing"] == "Van de dokter"
    assert apart_of(section) == ["Te laat"]
    services.reopen(plan=section.plan, actor=doctor)
    with pytest.raises(services.TextsWaitError):
        services.hand_in(plan=section.plan, actor=doctor, on_behalf=False)
    section.plan.refresh_from_db()
    assert section.plan.state == PlanState.DRAFT


@pytest.mark.django_db
def test_a_colleague_is_known_by_name_and_a_stranger_is_not(doctor, lotte, section):
    write(section, Field.WHO, "lotte de wit", doctor)
    assert section.texts.get(field="who").person == lotte.person
    write(section, Field.WHO, "De hele praktijk", doctor, based_on="lotte de wit")
    assert section.texts.get(field="who").person is None
    colleague(section.plan.practice, "assistant", "Lotte de Wit")
    write(section, Field.WHO, "Lotte de Wit", doctor, based_on="De hele praktijk")
    assert section.texts.get(field="who").person is None
