"""How long training followed elsewhere and its proof are kept, and on whom."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from practices.models import Person, User
from practices.programme_year import add_years
from practices.retention import Rule, Whose
from practices.rights.erasure import NAMELESS
from practices.rights.people import rows
from training.models import ClaimProof, ClaimStep, CoachingRequest, TrainingClaim
from training.retention import PROGRAMME
from training.states import ClaimState

YEARS_OF_CLAIM = 2


def _years_back(today: date) -> datetime:
    return timezone.make_aware(datetime.combine(add_years(today, -YEARS_OF_CLAIM), time.min))


def _delete_claims(today: date) -> int:
    due = TrainingClaim.objects.filter(claimed_at__lt=_years_back(today))
    over = due.exclude(state=ClaimState.ACCEPTED)
    return over.delete()[1].get("training.TrainingClaim", 0)


def _delete_proofs(today: date) -> int:
    """A proof shows a name: it does not outlive that of its person."""
    nameless = Q(claim__person__reference__startswith=NAMELESS)
    due = ClaimProof.objects.filter(Q(kept_at__lt=_years_back(today)) | nameless)
    return due.delete()[0]


def _delete_requests(today: date) -> int:
    due = CoachingRequest.objects.filter(asked_at__lt=_years_back(today))
    return due.delete()[1].get("training.CoachingRequest", 0)


RULES = (
    Rule(
        "training.TrainingClaim",
        Whose.STAFF,
        f"{PROGRAMME}, nameless once the person is; {YEARS_OF_CLAIM} years when not accepted",
        personal=("person", "claimed_by", "title", "provider"),
        delete=_delete_claims,
    ),
    Rule(
        "training.ClaimProof",
        Whose.STAFF,
        f"{YEARS_OF_CLAIM} years after it was handed in; at once when the claim is withdrawn or "
        "the person is made nameless",
        personal=("content",),
        delete=_delete_proofs,
    ),
    Rule(
        "training.ClaimStep",
        Whose.STAFF,
        "with its claim",
        personal=("text", "made_by"),
    ),
    Rule(
        "training.CoachingRequest",
        Whose.STAFF,
        f"{YEARS_OF_CLAIM} years after it was asked for",
        personal=("wish", "reason", "asked_by", "answered_by"),
        delete=_delete_requests,
    ),
)


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    return _of_person(person) | _of_account(account)


def _of_person(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    claims = TrainingClaim.objects.of_person(person)
    return {
        "training_followed_elsewhere": rows(
            claims,
            *("practice__name", "role", "title", "provider", "followed_on", "hours", "points"),
            *("state", "counts_for", "claimed_at", "decided_at"),
        ),
        "proofs_of_training": rows(
            ClaimProof.objects.filter(claim__person=person), "claim__title", "kind", "kept_at"
        ),
        "steps_of_training": rows(
            ClaimStep.objects.filter(claim__person=person), "claim__title", "state", "text"
        ),
        "coaching": rows(
            CoachingRequest.objects.filter(people=person), "practice__name", "wish", "state"
        ),
    }


def _of_account(account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {
        "training_claimed": TrainingClaim.objects.filter(claimed_by=account).count(),
        "training_steps": ClaimStep.objects.filter(made_by=account).count(),
        "coaching_asked": CoachingRequest.objects.filter(asked_by=account).count(),
        "coaching_answered": CoachingRequest.objects.filter(answered_by=account).count(),
    }
