"""Claiming training that was followed elsewhere, and deciding about it.

Every step locks the claim, so that two people cannot decide at once, and leaves a line in its
history. What was accepted counts from that moment on: `training.facts` reads it.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.audit import record
from practices.models import Employment, Person, Practice, User
from practices.received.kinds import MAX_BYTES, kind_of
from practices.states import AuditAction
from training.enrolment.services import NotPossibleError
from training.models import ClaimProof, ClaimStep, TrainingClaim
from training.states import COUNTS_FOR, ClaimState, SessionKind

TOLD = ("title", "provider", "followed_on", "hours", "points")
NO_LONGER = (ClaimState.DECLINED, ClaimState.WITHDRAWN)


@transaction.atomic
def claim_training(
    *,
    person: Person,
    practice: Practice,
    told: Mapping[str, Any],
    proof: bytes,
    actor: User,
    on_behalf: bool = False,
) -> TrainingClaim:
    """Hand in what somebody followed, with its proof; `told` has the fields named in `TOLD`."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    claim = TrainingClaim(
        person=person, practice=practice, claimed_by=actor, **{name: told[name] for name in TOLD}
    )
    claim.role = _role_of(claim)
    _refuse_twice(claim)
    claim.save()
    _keep(claim, proof)
    _step(claim, ClaimState.SENT, actor=actor, on_behalf=on_behalf)
    record(actor=actor, action=AuditAction.CREATE, obj=claim, practice=practice)
    return claim


@transaction.atomic
def change_claim(
    *,
    claim: TrainingClaim,
    told: Mapping[str, Any],
    proof: bytes | None,
    actor: User,
    on_behalf: bool = False,
) -> TrainingClaim:
    """Mend or complete it while nothing is decided; it is to be judged (again). Without a new
    proof the old one stays."""
    claim = _locked(claim, still_open=True)
    for name in TOLD:
        setattr(claim, name, told[name])
    claim.role = _role_of(claim)
    _refuse_twice(claim)
    claim.save()
    if proof is not None:
        _keep(claim, proof)
    _step(claim, ClaimState.SENT, actor=actor, on_behalf=on_behalf)
    record(actor=actor, action=AuditAction.CHANGE, obj=claim, practice=claim.practice)
    return claim


@transaction.atomic
def withdraw_claim(*, claim: TrainingClaim, actor: User, on_behalf: bool = False) -> None:
    """Take it back while nothing is decided; its proof goes at once."""
    claim = _locked(claim, still_open=True)
    ClaimProof.objects.filter(claim=claim).delete()
    _step(claim, ClaimState.WITHDRAWN, actor=actor, on_behalf=on_behalf)
    _record_decision(claim, actor)


@transaction.atomic
def accept_claim(*, claim: TrainingClaim, counts_for: str, text: str, actor: User) -> None:
    """It counts for the norm of this kind from now on; '' is for none. Also to decide anew."""
    claim = _locked(claim)
    if counts_for and SessionKind(counts_for) not in COUNTS_FOR:
        raise NotPossibleError(_("Choose a norm."))
    same = claim.person.claims.accepted().filter(
        counts_for=counts_for, followed_on=claim.followed_on
    )
    if counts_for and same.exclude(pk=claim.pk).exists():
        text = _("Another training of %(name)s on %(date)s counts for this norm already.")
        words = {"name": claim.person.name, "date": date_format(claim.followed_on)}
        raise NotPossibleError(text % words)
    _step(claim, ClaimState.ACCEPTED, counts_for=counts_for, text=text, actor=actor)
    _record_decision(claim, actor)


@transaction.atomic
def decline_claim(*, claim: TrainingClaim, text: str, actor: User) -> None:
    """Not accepted, with the reason; also when it had been accepted by mistake."""
    claim = _locked(claim)
    _step(claim, ClaimState.DECLINED, text=_words(text), actor=actor)
    _record_decision(claim, actor)


@transaction.atomic
def ask_more(*, claim: TrainingClaim, text: str, actor: User) -> None:
    """Give it back to who claimed it, with the question."""
    claim = _locked(claim)
    _step(claim, ClaimState.ASKED, text=_words(text), actor=actor)
    _record_decision(claim, actor)


def _locked(claim: TrainingClaim, *, still_open: bool = False) -> TrainingClaim:
    """The person first, as with enrolment; then the claim as it stands now."""
    Person.objects.select_for_update(no_key=True).get(pk=claim.person_id)
    found = TrainingClaim.objects.select_for_update(no_key=True, of=("self",))
    claim = found.select_related("person", "practice").get(pk=claim.pk)
    if claim.state == ClaimState.WITHDRAWN:
        raise NotPossibleError(_("This training was withdrawn. Claim it again if need be."))
    if still_open and not claim.is_open:
        raise NotPossibleError(_("PrimaCura has decided already. Call them if it is not right."))
    return claim


def _words(text: str) -> str:
    if not text.strip():
        raise NotPossibleError(_("Write an explanation: who claimed it reads it."))
    return text.strip()


def _role_of(claim: TrainingClaim) -> str:
    """What the person did in the practice that day, else what they do now."""
    spells = Employment.objects.of(claim.person).filter(practice=claim.practice)
    for day in (claim.followed_on, timezone.localdate()):
        role = spells.in_service(day).order_by("started_on", "role").values_list("role", flat=True)
        if role:
            return role[0]
    raise NotPossibleError(_("Does not work in this practice on that day."))


def _refuse_twice(claim: TrainingClaim) -> None:
    same = claim.person.claims.filter(followed_on=claim.followed_on, title__iexact=claim.title)
    if same.exclude(pk=claim.pk).exclude(state__in=NO_LONGER).exists():
        raise NotPossibleError(_("This training of that day has been claimed already."))


def _keep(claim: TrainingClaim, content: bytes) -> None:
    kind = kind_of(content)
    if kind is None or len(content) > MAX_BYTES:
        raise NotPossibleError(_("Choose a file that is a PDF, JPG or PNG."))
    fresh = {"kind": kind, "content": content, "kept_at": timezone.now()}
    ClaimProof.objects.update_or_create(claim=claim, defaults=fresh)


def _step(
    claim: TrainingClaim,
    state: ClaimState,
    *,
    actor: User,
    counts_for: str = "",
    text: str = "",
    on_behalf: bool = False,
) -> None:
    claim.state, claim.counts_for = state, counts_for
    claim.decided_at = None if claim.is_open else timezone.now()
    claim.save(update_fields=["state", "counts_for", "decided_at"])
    ClaimStep.objects.create(
        claim=claim,
        state=state,
        counts_for=counts_for,
        text=text.strip(),
        made_by=actor,
        on_behalf=on_behalf,
    )


def _record_decision(claim: TrainingClaim, actor: User) -> None:
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=claim,
        practice=claim.practice,
        state=str(claim.state),
        counts_for=claim.counts_for,
    )
