"""Noting what happened to a practice: each change in one transaction, locked and in the trail."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from practices.audit import record
from practices.changes import rules
from practices.changes.codes import is_taken
from practices.changes.registry import (
    Move,
    followers,
    when_divided,
    when_other_consultant,
    when_stopped,
)
from practices.invitations.services import ForPractice, invite
from practices.models import Employment, Person, Practice, PracticeChange, User
from practices.slugs import free_slug
from practices.states import AuditAction, ChangeKind, StaffRole

_SHARED = (
    *("neighbourhood", "preferred_insurer", "consultant", "cohort"),
    *("invited_on", "information_on", "enrolled_on", "requested_on"),
)
"""What a practice that comes out of another has in common with it."""


class ChangedError(Exception):
    """The practice is no longer what the form was filled in for: look again."""


@dataclass(frozen=True, slots=True)
class NewOwner:
    """A colleague who takes over (`person`), or somebody else with a name and an address."""

    person: Person | None
    name: str = ""
    email: str = ""


@transaction.atomic
def change_code(*, practice: Practice, code: str, day: date, actor: User) -> PracticeChange:
    """The former code goes on being understood. The patients' keys stay as they are."""
    fresh = _locked(practice)
    if is_taken(code, practice=fresh) or fresh.code == code:
        raise ChangedError
    former, fresh.code, fresh.keyed_as = fresh.code, code, fresh.key_code
    fresh.save(update_fields=["code", "keyed_as"])
    # Who gets an earlier code back has no former one of that name any more.
    fresh.changes.standing().filter(former_code=code).update(former_code="")
    return _noted(fresh, ChangeKind.CODE, day, actor, former_code=former)


@transaction.atomic
def change_consultant(
    *, practice: Practice, consultant: User | None, actor: User
) -> PracticeChange:
    """From today; visits keep the consultant who made them."""
    fresh = _locked(practice)
    former, fresh.consultant = fresh.consultant, consultant
    fresh.save(update_fields=["consultant"])
    for go_along in when_other_consultant:
        go_along(fresh, actor)
    today = timezone.localdate()
    return _noted(fresh, ChangeKind.CONSULTANT, today, actor, former_consultant=former)


@transaction.atomic
def take_over(
    *,
    practice: Practice,
    day: date,
    leaving: Iterable[Employment],
    owner: NewOwner,
    name: str,
    actor: User,
) -> PracticeChange:
    """The practice goes on under another owner: start, obligations, plans and patients stay. The
    agreement ends; nobody can upload until the new owner agrees."""
    fresh = _locked(practice)
    spells = _spells(fresh, day).filter(pk__in=[one.pk for one in leaving])
    before = _carry_out(rules.ended(map(as_spell, spells), day), source=fresh, to=fresh, day=day)
    agreements = fresh.agreements.filter(ended_at=None)
    before["agreements"] = list(agreements.values_list("pk", flat=True))
    agreements.update(ended_at=timezone.now())
    before |= _begin_owner(fresh, owner, day, actor)
    former, fresh.name = fresh.name, name or fresh.name
    fresh.save(update_fields=["name"])
    return _noted(fresh, ChangeKind.TAKEOVER, day, actor, former_name=former, before=before)


@transaction.atomic
def merge(*, practice: Practice, into: Practice, day: date, actor: User) -> PracticeChange:
    """The practice stops and its people go on in the other, which keeps its start and norms."""
    fresh, other = _both_locked(practice, into)
    if fresh.stopped_on is not None or other.stopped_on is not None:
        raise ChangedError
    plan = rules.merged(map(as_spell, _spells(fresh, day)), day)
    before = _carry_out(plan, source=fresh, to=other, day=day)
    fresh.stopped_on, fresh.stop_reason = day, f"{ChangeKind.MERGER.label}: {other.name}"
    fresh.save(update_fields=["stopped_on", "stop_reason"])
    for settle in when_stopped:
        settle(fresh, day, actor)
    return _noted(fresh, ChangeKind.MERGER, day, actor, other=other, before=before)


@transaction.atomic
def split(
    *,
    practice: Practice,
    day: date,
    code: str,
    name: str,
    city: str,
    moving: Iterable[Person],
    both: Iterable[Person],
    actor: User,
) -> PracticeChange:
    """A new practice in which the programme years of this one run on. No patient goes along."""
    fresh = _locked(practice)
    if is_taken(code, practice=fresh) or fresh.code == code:
        raise ChangedError
    new = _new_practice(fresh, code=code, name=name, city=city)
    staying = frozenset(person.pk for person in both)
    chosen = staying | {person.pk for person in moving}
    spells = [as_spell(one) for one in _spells(fresh, day) if one.person_id in chosen]
    plan = rules.divided(spells, day, both=staying)
    before = _carry_out(plan, source=fresh, to=new, day=day)
    for settle in when_divided:
        settle(fresh, new, day)
    return _noted(fresh, ChangeKind.SPLIT, day, actor, other=new, before=before)


def as_spell(one: Employment) -> rules.Spell:
    return rules.Spell(one.pk, one.person_id, one.role, one.started_on, one.ended_on)


def spells_from(practice: Practice, day: date) -> Any:
    """Work in the practice on the day or later."""
    return (
        Employment.objects.of_team(practice)
        .filter(Q(ended_on=None) | Q(ended_on__gte=day))
        .order_by("person__name", "pk")
    )


def _spells(practice: Practice, day: date) -> Any:
    return spells_from(practice, day).select_for_update(of=("self",))


def _carry_out(plan: rules.Plan, *, source: Practice, to: Practice, day: date) -> dict[str, Any]:
    """What taking it back needs. Work that somebody already has in the other practice is not begun
    there twice; where it lies ahead it ends in this one on its first day."""
    known = [as_spell(one) for one in Employment.objects.filter(practice=to)]
    ends, begins, moved = dict(plan.ends), list[tuple[rules.Spell, date]](), list[int]()
    for spell in (*plan.moves, *plan.begins):
        first = rules.lacks(spell, known, day)
        if spell in plan.moves and first == spell.started_on:
            moved.append(spell.key)
        elif spell in plan.moves:
            ends[spell.key] = spell.started_on
        if first is not None:
            known.append(replace(spell, started_on=first))
            if spell.key not in moved:
                begins.append((spell, first))
    ended = _end(ends)
    begun = _begin(begins, to)
    Employment.objects.filter(pk__in=moved).update(practice=to)
    move = Move(source, to, plan.people, day)
    along = {one.name: one.go(move) for one in followers} if plan.people else {}
    return {"ended": ended, "begun": begun, "moved": moved, "along": along}


def _end(ends: Mapping[int, date]) -> dict[str, str | None]:
    """The last days until now, by key."""
    was = Employment.objects.in_bulk(list(ends))
    before = {
        str(key): one.ended_on.isoformat() if one.ended_on else None for key, one in was.items()
    }
    for key, one in was.items():
        one.ended_on = ends[key]
    Employment.objects.bulk_update(was.values(), ["ended_on"])
    return before


def _begin(spells: Iterable[tuple[rules.Spell, date]], to: Practice) -> list[int]:
    wanted = list(spells)
    keys = [spell.key for spell, _first in wanted]
    fte = dict(Employment.objects.filter(pk__in=keys).values_list("pk", "fte"))
    begun = Employment.objects.bulk_create(
        Employment(
            person_id=spell.person,
            practice=to,
            role=spell.role,
            started_on=first,
            ended_on=spell.ended_on,
            fte=fte[spell.key],
        )
        for spell, first in wanted
    )
    return [one.pk for one in begun]


def _begin_owner(practice: Practice, owner: NewOwner, day: date, actor: User) -> dict[str, Any]:
    """A colleague begins as owner besides the work of before; anybody else is invited."""
    person = owner.person or _person(owner)
    begun = Employment.objects.create(
        practice=practice, person=person, role=StaffRole.GP_OWNER, started_on=day
    )
    before: dict[str, Any] = {"begun": [begun.pk]}
    if owner.person is None:
        invitation = invite(
            email=owner.email,
            name=owner.name,
            to=ForPractice(practice, StaffRole.GP_OWNER, person),
            actor=actor,
            site=settings.SITE_URL,
        )
        before["invitation"] = invitation.pk
    return before


def _person(owner: NewOwner) -> Person:
    """Who has an account with this address is known already."""
    account = User.objects.filter(email=owner.email.lower()).select_related("person").first()
    if account is not None and account.person is not None:
        return account.person
    reference = f"owner-{secrets.token_hex(6)}"
    return Person.objects.create(reference=reference, name=owner.name, email=owner.email.lower())


def _new_practice(practice: Practice, *, code: str, name: str, city: str) -> Practice:
    taken = set(Practice.objects.values_list("slug", flat=True).order_by())
    return Practice.objects.create(
        code=code,
        slug=free_slug(name, code, taken),
        name=name,
        city=city,
        start_on=practice.start,
        **{field: getattr(practice, field) for field in _SHARED},
    )


def _locked(practice: Practice) -> Practice:
    locked = Practice.objects.select_for_update(of=("self",)).select_related("cohort")
    return locked.get(pk=practice.pk)


def _both_locked(practice: Practice, other: Practice) -> tuple[Practice, Practice]:
    """In one order, so that two mergers do not wait for each other."""
    locked = {key: _locked(Practice(pk=key)) for key in sorted((practice.pk, other.pk))}
    return locked[practice.pk], locked[other.pk]


def _noted(
    practice: Practice, kind: ChangeKind, day: date, actor: User, **fields: Any
) -> PracticeChange:
    change = PracticeChange.objects.create(
        practice=practice, kind=kind, day=day, made_by=actor, **fields
    )
    for concerned in filter(None, (practice, change.other)):
        record(
            actor=actor,
            action=AuditAction.CHANGE,
            obj=change,
            practice=concerned,
            change=str(kind),
            people=len(change.before.get("begun", ())),
        )
    return change
