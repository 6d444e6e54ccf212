"""The pages of a practice, of the region, and how it is computed."""

from datetime import date

import numpy as np
import pytest
from django.test import Client

from bench.effect_trials import synthetic
from highusers.effect import services, words
from highusers.effect.reasons import Reason
from highusers.models import RegionEffect
from highusers.states import EffectState
from practices.models import AuditEvent
from practices.states import RegionRoleName
from tests import factories
from tests.highusers.effect import story

pytestmark = pytest.mark.django_db
DRAFTED = date(2024, 2, 1)
REGION = "/regio/effect/"
QUERIES, REGION_QUERIES = 22, 11


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def practice_with(rows, planned):
    practice = factories.practice()
    story.years(practice, rows)
    for number in planned:
        story.plan(practice, number, DRAFTED)
    return practice


def rows(number=40, seed=1):
    return story.listed(synthetic(np.random.default_rng(seed), number))


def page(practice):
    client = signed_in(factories.staff_user(practice))
    return client.get(f"/praktijk/{practice.slug}/veelgebruikers/effect/")


def content(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_practice_sees_its_ratio_with_its_range_and_the_words_that_belong_to_it():
    practice = practice_with(rows(), planned=range(1, 6))
    told = content(page(practice))
    assert "Te weinig patiënten voor een conclusie." in told
    assert "Contacten met een plan vergeleken met zonder plan" in told
    assert "<dt>Patiënten met een plan</dt><dd>5</dd>" in told
    assert "35, en 0 die zijn uitgevallen" in told
    assert "/uitleg/effect/" in told


def test_a_clear_difference_is_said_in_words_and_not_as_a_share():
    made = {number: (40, 50 + number % 7, 45 + number % 9) for number in range(1, 41)}
    made |= {number: (40, 50 + number, 5 + number) for number in range(1, 6)}
    told = content(page(practice_with(made, planned=range(1, 6))))
    assert "kwamen minder vaak dan zonder plan te verwachten was" in told
    assert "Het bereik ligt los van 1" in told


def test_who_dropped_out_is_told():
    made = rows()
    for number in (1, 2, 20):
        made[number][2] = None
    told = content(page(practice_with(made, planned=range(1, 8))))
    assert "2 patiënten met een plan staan niet in de latere uitdraai en tellen niet mee." in told
    assert "32, en 1 die zijn uitgevallen" in told


def test_the_highest_only_gives_the_reason():
    made = {number: (30, 40, 30 + number % 5) for number in range(1, 31)}
    made |= dict.fromkeys(range(31, 36), (50, 60, 41))
    told = content(page(practice_with(made, planned=range(31, 36))))
    assert words.reason(Reason.HIGHEST_CHOSEN) in told
    assert "Te weinig patiënten voor een conclusie." not in told


def test_a_year_that_runs_says_which_extract_is_awaited():
    made = {number: row[:2] for number, row in rows().items()}
    told = content(page(practice_with(made, planned=[1])))
    assert "Nog niet te vergelijken" in told
    assert "die van de twaalf maanden tot en met 31 december 2024" in told


def test_without_a_plan_the_page_says_what_to_do():
    told = content(page(practice_with(rows(), planned=())))
    assert "Er is nog niets te vergelijken" in told
    assert "Kies patiënten" in told


def test_the_look_is_in_the_trail():
    practice = practice_with(rows(), planned=range(1, 6))
    page(practice)
    event = AuditEvent.objects.get(object_type="highusers.comparedyear")
    assert (event.practice, event.detail) == (practice, {"years": 1})


@pytest.mark.parametrize("number", [30, 90])
def test_queries_of_the_practice_page_do_not_grow(number, django_assert_num_queries):
    practice = practice_with(rows(number), planned=range(1, 6))
    client = signed_in(factories.staff_user(practice))
    address = f"/praktijk/{practice.slug}/veelgebruikers/effect/"
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)


def coordinator():
    return signed_in(factories.region_user(RegionRoleName.COORDINATOR))


def region(practices=12):
    for seed in range(practices):
        practice_with(rows(25, seed), planned=range(1, 6))
    asked = RegionEffect.objects.create()
    services.compute_region_effect(effect_id=asked.pk)


def test_nothing_was_computed_yet():
    told = content(coordinator().get(REGION))
    assert "Er is nog niets berekend" in told
    assert "Bereken opnieuw" in told


def test_the_region_sees_the_ratio_the_range_and_what_it_covers():
    region()
    told = content(coordinator().get(REGION))
    assert "<dt>Patiënten met een plan die meetellen</dt><dd>60</dd>" in told
    assert "<dt>Praktijken waar zij vandaan komen</dt><dd>12</dd>" in told
    assert "Vermeden contacten" in told
    assert "12 praktijken met twee volledige uitdraaien na elkaar." in told
    assert "Gevoelig voor de keuze" not in told


def test_the_button_asks_for_a_computation_and_the_page_shows_how_far_it_is(
    django_capture_on_commit_callbacks,
):
    client = coordinator()
    response = client.post("/regio/effect/opnieuw/")
    assert (response.status_code, response["Location"]) == (302, REGION)
    asked = RegionEffect.objects.get()
    assert asked.state == EffectState.QUEUED
    RegionEffect.objects.update(state=EffectState.RUNNING, steps_done=3, steps_total=12)
    told = content(client.get(REGION))
    assert "De cijfers worden berekend." in told
    assert 'width="25"' in told
    assert "Bereken opnieuw" not in told


def test_the_page_asks_itself_anew_while_it_runs():
    client = coordinator()
    RegionEffect.objects.create()
    part = content(client.get(REGION, headers={"HX-Request": "true"}))
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part
    RegionEffect.objects.update(state=EffectState.FAILED)
    part = content(client.get(REGION, headers={"HX-Request": "true"}))
    assert "hx-trigger" not in part
    assert "De laatste berekening is niet gelukt." in part


def test_the_last_result_stays_in_sight_while_a_new_one_is_computed():
    region()
    RegionEffect.objects.create(state=EffectState.RUNNING, steps_done=1, steps_total=4)
    told = content(coordinator().get(REGION))
    assert "De cijfers worden berekend." in told
    assert "<dt>Praktijken waar zij vandaan komen</dt><dd>12</dd>" in told


def test_the_region_page_reads_no_patient(django_assert_num_queries):
    region()
    client = coordinator()
    client.get(REGION)
    with django_assert_num_queries(REGION_QUERIES) as captured:
        client.get(REGION)
    assert not [query for query in captured if "highusers_patient" in query["sql"]]


def test_how_it_is_computed_can_be_read_by_everybody():
    told = content(signed_in(factories.user()).get("/uitleg/effect/"))
    assert "9.999 keer" in told
    assert "60%" in told


def test_every_reason_has_words():
    assert set(words.REASONS) == set(Reason)
