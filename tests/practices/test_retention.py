"""The retention table is whole, and the job deletes what is due and nothing else."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps
from django.utils import timezone

from practices import retention
from practices.models import AuditEvent, Employment, Invitation, Person, User
from practices.retention import Rule, Whose, check_rules, delete_expired
from practices.retention_table import retention_page
from practices.states import AuditAction
from tests import factories

TODAY = date(2026, 11, 21)


def test_every_model_and_every_field_that_needs_it_stands_in_the_table():
    assert check_rules(None) == []
    assert [error for error in run_checks() if error.id.startswith("mtvp.")] == []


def test_the_page_in_docs_is_the_table_in_the_code():
    assert Path(settings.BASE_DIR, "docs/retention.md").read_text() == retention_page()


def ids(monkeypatch, model, *rules):
    monkeypatch.setattr(retention, "_rules", {rule.model: rule for rule in rules})
    monkeypatch.setattr(apps, "get_models", lambda: [model])
    return [(error.id, error.obj) for error in check_rules(None)]


@isolate_apps("practices")
def test_what_the_check_finds(monkeypatch):
    class Note(models.Model):  # noqa: DJ008
        text = models.TextField()
        about = models.ForeignKey(Person, models.CASCADE)
        count = models.IntegerField()
        kind = models.CharField(max_length=1, choices=[("a", "A")])

        class Meta:
            app_label = "practices"

    def rule(whose=Whose.STAFF, **fields):
        return Rule("practices.Note", whose, "a year", **fields)

    assert ids(monkeypatch, Note) == [("mtvp.E001", Note)]
    assert ids(monkeypatch, Note, rule(personal=("about",))) == [("mtvp.E002", Note)]
    assert ids(monkeypatch, Note, rule(personal=("text",))) == [("mtvp.E002", Note)]
    whole = {"personal": ("about",), "harmless": ("text",)}
    assert ids(monkeypatch, Note, rule(**whole)) == []
    assert ids(monkeypatch, Note, rule(**whole | {"harmless": ("text", "gone")})) == [
        ("mtvp.E003", Note)
    ]
    assert ids(monkeypatch, Note, rule(Whose.NOBODY, **whole)) == [("mtvp.E004", Note)]


def deleted(today=TODAY):
    return {(d.model, d.practice): d.rows for d in delete_expired(today=today)}


@pytest.mark.django_db
def test_nothing_is_due_in_a_young_installation():
    factories.staff_user(factories.practice())
    factories.region_user("coordinator")
    assert deleted() == {}
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_an_invitation_goes_thirty_days_after_it_ended():
    practice, coordinator = factories.practice(), factories.region_user("coordinator")
    midnight = timezone.make_aware(datetime(2026, 11, 21))
    limit = midnight - timedelta(days=30)
    for number, ended in enumerate(
        [
            {"accepted_at": limit - timedelta(seconds=1), "expires_at": limit + timedelta(days=9)},
            {"withdrawn_at": limit - timedelta(seconds=1), "expires_at": limit + timedelta(days=9)},
            {"expires_at": limit - timedelta(seconds=1)},
            {"accepted_at": limit, "expires_at": limit + timedelta(days=9)},
            {"expires_at": limit},
        ]
    ):
        Invitation.objects.create(
            token_hash=bytes([number]),
            email=f"i{number}@voorbeeld.example",
            name="Iemand",
            practice=practice,
            staff_role="poh",
            invited_by=coordinator,
            **ended,
        )
    assert deleted() == {("practices.Invitation", None): 3}
    assert Invitation.objects.count() == 2


@pytest.mark.django_db
def test_a_person_becomes_nameless_five_years_after_the_last_day_and_the_counts_stay():
    practice = factories.practice()
    gone = factories.staff_user(practice, "poh").person
    stays = factories.staff_user(practice, "poh").person
    here = factories.staff_user(practice, "poh").person
    Employment.objects.of(gone).update(ended_on=date(2021, 11, 20))
    Employment.objects.of(stays).update(ended_on=date(2021, 11, 21))
    factories.employment(person=here, practice=practice, role="np", ended_on=date(2020, 5, 1))
    assert deleted() == {("practices.Person", None): 1}
    gone.refresh_from_db()
    assert (gone.name, gone.email, gone.reference) == ("-", "", f"removed-{gone.pk}")
    assert Employment.objects.of(gone).count() == 1
    assert {person.name for person in (stays, here)} & {"-"} == set()
    assert deleted() == {}


@pytest.mark.django_db
def test_an_account_of_nobody_becomes_nameless_two_years_after_the_last_sign_in():
    limit = timezone.make_aware(datetime(2024, 11, 20, 23, 59))
    old = factories.user(last_login=limit)
    never = factories.user(date_joined=limit)
    recent = factories.user(last_login=limit + timedelta(minutes=1))
    reader = factories.region_user("insurer_reader", factories.insurer(), last_login=limit)
    colleague = factories.staff_user(factories.practice(), last_login=limit)
    assert deleted() == {("practices.User", None): 2}
    nameless = User.objects.filter(email__startswith="removed-", is_active=False)
    assert set(nameless) == {old, never}
    kept = User.objects.filter(is_active=True)
    assert set(kept) == {recent, reader, colleague}


@pytest.mark.django_db
def test_what_went_is_told_by_the_command_and_in_the_trail(capsys):
    someone = factories.user(last_login=timezone.now() - timedelta(days=1000))
    call_command("retention", run=True)
    assert capsys.readouterr().out == ("practices.User: 1\n1 rows deleted or made nameless.\n")
    told = AuditEvent.objects.get(object_id="expired")
    assert (told.actor, told.action, told.object_type) == (
        None,
        AuditAction.DELETE,
        "practices.user",
    )
    assert told.detail == {"rows": 1}
    assert AuditEvent.objects.filter(object_id=str(someone.pk)).exists()
    call_command("retention")
    assert capsys.readouterr().out == retention_page()
