"""Agreements: who takes one on, reading one that was typed, and saying that it is done."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.models import Visit, VisitAgreement, VisitAnswer
from monitoring.visits.states import Kept
from mtvp.privacy.identifying import without_bsn
from practices.audit import record
from practices.drafts.exchange import Change, can_be_kept
from practices.models import Employment, Person, User
from practices.states import AuditAction

LONGEST_WHAT = 500
LONGEST_OWNER = 120
PERSON, ACCOUNT, SOMEBODY_ELSE = "p", "a", "other"
KEPT = "kept-"


@dataclass(frozen=True, slots=True)
class Agreed:
    """As somebody typed it; of the three owners one counts."""

    what: str
    due_on: date
    person: Person | None = None
    account: User | None = None
    owner: str = ""


def owners(visit: Visit) -> Iterator[tuple[str, str]]:
    """Value and name of who can take something on: the practice's people, then the consultant."""
    serving = Employment.objects.in_service(visit.held_on).filter(practice=visit.practice)
    people = Person.objects.filter(employments__in=serving).distinct().order_by("name", "pk")
    for person in people:
        yield f"{PERSON}{person.pk}", person.name
    if visit.consultant is not None:
        name = _("%(name)s (consultant)") % {"name": visit.consultant}
        yield f"{ACCOUNT}{visit.consultant.pk}", name
    yield SOMEBODY_ELSE, _("Somebody else")


def owner_name(agreement: VisitAgreement) -> str:
    """'' when nobody is known any more."""
    return str(agreement.person or agreement.account or agreement.owner or "")


def read_agreement(value: str, visit: Visit) -> Agreed:
    """What a device sent; a ValidationError says what is missing."""
    try:
        sent = {name: str(text) for name, text in json.loads(value).items()}
        due_on = date.fromisoformat(sent.get("due_on", ""))
    except (ValueError, AttributeError, RecursionError) as error:
        raise ValidationError(_("Fill in before which day it is done.")) from error
    what, words = (_one_line(sent.get(name, "")) for name in ("what", "owner_name"))
    if not what or len(what) > LONGEST_WHAT or not can_be_kept(what + words):
        raise ValidationError(_("Fill in what was agreed, in at most 500 characters."))
    person, account = _owner(sent.get("owner", ""), visit)
    return Agreed(what, due_on, person, account, "" if person or account else words[:LONGEST_OWNER])


def written(agreement: VisitAgreement) -> str:
    """As a device sends it, for who has the page open elsewhere; '' for one taken back."""
    return "" if agreement.withdrawn_at else said(agreement)


def said(agreement: VisitAgreement) -> str:
    """As a device sends it, also of one that was taken back."""
    owner = SOMEBODY_ELSE
    if agreement.person_id:
        owner = f"{PERSON}{agreement.person_id}"
    elif agreement.account_id:
        owner = f"{ACCOUNT}{agreement.account_id}"
    values = {
        "what": agreement.what,
        "owner": owner,
        "owner_name": agreement.owner,
        "due_on": agreement.due_on.isoformat(),
    }
    return json.dumps(values)


def earlier_agreements(visit: Visit) -> "QuerySet[VisitAgreement]":
    """Of earlier visits: what is open still, and what was said of it at this one."""
    keys = VisitAnswer.objects.filter(visit=visit, key__startswith=KEPT).values_list("key")
    told = [int(key.removeprefix(KEPT)) for (key,) in keys]
    found = VisitAgreement.objects.filter(
        Q(done_on=None) | Q(pk__in=told),
        visit__practice=visit.practice_id,
        visit__held_on__lt=visit.held_on,
        withdrawn_at=None,
    )
    return found.select_related("person", "account__person", "visit").order_by("due_on", "pk")


def settle_earlier(*, visit: Visit, agreement: VisitAgreement, said: str, actor: User) -> None:
    """What the visit says of an earlier agreement; the caller holds the lock on the visit."""
    done = said == Kept.DONE
    if done and agreement.done_on is None:
        _settle(agreement, visit.held_on, actor)
    elif not done and agreement.done_on == visit.held_on:
        _settle(agreement, None, actor)


@transaction.atomic
def settle(*, agreement: VisitAgreement, done: bool, actor: User) -> None:
    """Done today, or not done after all."""
    fresh = VisitAgreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    if done != (fresh.done_on is not None):
        _settle(fresh, timezone.localdate() if done else None, actor)


def agree(*, visit: Visit, change: Change, actor: User) -> VisitAgreement:
    """Put one down; the caller holds the lock on the visit."""
    agreed = read_agreement(change.value, visit)
    made = VisitAgreement.objects.create(
        visit=visit,
        field=change.field,
        version=change.id,
        subject=subject_of(change.field),
        what=agreed.what,
        person=agreed.person,
        account=agreed.account,
        owner=agreed.owner,
        due_on=agreed.due_on,
        written_by=actor,
        written_at=change.at,
    )
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=visit.practice)
    return made


def reword(*, agreement: VisitAgreement, visit: Visit, change: Change, actor: User) -> None:
    """Put it down otherwise, or put down again what was taken back; the caller holds the lock on
    the visit."""
    agreed = read_agreement(change.value, visit)
    agreement.what, agreement.due_on = agreed.what, agreed.due_on
    agreement.person, agreement.account = agreed.person, agreed.account
    agreement.owner, agreement.version = agreed.owner, change.id
    agreement.withdrawn_at = None
    agreement.written_by, agreement.written_at = actor, change.at
    agreement.save()
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=agreement,
        practice=visit.practice,
        fields=["what", "owner", "due_on"],
    )


def withdraw(*, agreement: VisitAgreement, version: str, actor: User) -> None:
    """Put down by mistake; the caller holds the lock on the visit."""
    agreement.withdrawn_at, agreement.version = timezone.now(), version
    agreement.save(update_fields=["withdrawn_at", "version"])
    practice = agreement.visit.practice
    record(actor=actor, action=AuditAction.DELETE, obj=agreement, practice=practice)


def subject_of(field: str) -> str:
    """The part of the visit beside which it was made: `agreement_i1-…` gives `i1`."""
    return field.partition("-")[0].partition("_")[2]


def _settle(agreement: VisitAgreement, day: date | None, actor: User) -> None:
    agreement.done_on, agreement.done_by = day, actor if day else None
    agreement.save(update_fields=["done_on", "done_by"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=agreement,
        practice=agreement.visit.practice,
        fields=["done_on"],
    )


def _one_line(text: str) -> str:
    return " ".join(without_bsn(text).split())


def _owner(value: str, visit: Visit) -> tuple[Person | None, User | None]:
    known = dict(owners(visit))
    if value not in known:
        raise ValidationError(_("Choose who does it."))
    if value == SOMEBODY_ELSE:
        return None, None
    if value.startswith(PERSON):
        return Person.objects.get(pk=value.removeprefix(PERSON)), None
    return None, User.objects.get(pk=value.removeprefix(ACCOUNT))
