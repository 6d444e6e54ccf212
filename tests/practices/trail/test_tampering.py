"""What was tampered with shows, and the command names the seal."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from practices.models import TrailSeal
from practices.trail.checking import breaks
from practices.trail.sealing import digest_of, events_of, seal_events, sealed_up_to
from tests.practices.trail.rows import events

pytestmark = pytest.mark.django_db


def sealed_twice():
    first = events(3, role="poh")
    seal_events()
    second = events(3)
    seal_events()
    return first, second


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE practices_auditevent SET actor_id = 9 WHERE id = {1}", "was changed"),
        (
            "UPDATE practices_auditevent SET detail = '{{\"count\": 1}}' WHERE id = {1}",
            "was changed",
        ),
        ("UPDATE practices_auditevent SET at = at - interval '1 second' WHERE id = {1}", "changed"),
        ("DELETE FROM practices_auditevent WHERE id = {1}", "2 events where 3 were sealed"),
        ("UPDATE practices_trailseal SET count = 2 WHERE number = 1", "3 events where 2"),
        ("UPDATE practices_trailseal SET digest = repeat('0', 64) WHERE number = 1", "changed"),
        ("UPDATE practices_trailseal SET dropped_on = now() WHERE number = 1", "before the term"),
        ("DELETE FROM practices_trailseal WHERE number = 1", "seal 1 up to 1: gone"),
    ],
)
def test_tampering_shows_and_the_command_names_the_seal(statement, says, owner, capsys):
    first, _ = sealed_twice()
    owner(statement.format(*(event.pk for event in first)).replace("%", "%%"))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_trail")
    shown = capsys.readouterr().err
    assert ended.value.code == 1
    assert "seal 1" in shown
    assert says in shown


def test_an_event_slipped_in_shows_also_in_a_month_without_a_seal(owner):
    sealed_twice()
    old = datetime(2020, 2, 1, tzinfo=UTC)
    owner(
        "INSERT INTO practices_auditevent"
        " (id, at, role, action, object_type, object_id, outcome, client, detail)"
        " OVERRIDING SYSTEM VALUE VALUES (%s, %s, '', 'read', 'page', '', 'done', '', '{}')",
        sealed_up_to() - 1,
        old,
    )
    assert list(breaks()) == ["month 2020-02: 1 events under no seal among the sealed"]


def test_a_chain_made_anew_without_the_secret_does_not_hold(owner, settings):
    sealed_twice()
    kept = settings.HASH_KEY
    owner("DELETE FROM practices_trailseal")
    settings.HASH_KEY = "the-guess-of-somebody-with-the-database"
    seal_events()
    settings.HASH_KEY = kept
    assert [line.split(": ")[1] for line in breaks()] == [
        "an event, this seal or the one before it was changed"
    ]


def test_a_seal_made_anew_by_who_has_the_secret_breaks_the_next_one(owner):
    first, _ = sealed_twice()
    owner("DELETE FROM practices_auditevent WHERE id = %s", first[0].pk)
    seal = TrailSeal.objects.get(number=1)
    seal.count = 2
    anew = digest_of(seal, "", events_of(seal))
    owner("UPDATE practices_trailseal SET count = 2, digest = %s WHERE number = 1", anew)
    (line,) = breaks()
    assert line.startswith("seal 2 ")


def test_the_newest_seal_taken_away_with_its_events_shows_by_the_seal_that_was_noted(owner, capsys):
    _, second = sealed_twice()
    last = TrailSeal.objects.get(number=2)
    noted = f"{last.number}:{last.digest}"
    call_command("verify_trail", noted=noted)
    assert noted in capsys.readouterr().out
    owner("DELETE FROM practices_trailseal WHERE number = 2")
    owner("DELETE FROM practices_auditevent WHERE id >= %s", second[0].pk)
    call_command("verify_trail")
    with pytest.raises(SystemExit):
        call_command("verify_trail", noted=noted)
    assert "seal 2: not the one that was noted" in capsys.readouterr().err


def test_a_noted_seal_must_be_a_number():
    with pytest.raises(SystemExit):
        call_command("verify_trail", noted="abc")
