"""The proof of a claim as a file to download."""

from django.http import Http404, HttpResponse

from practices.audit import record
from practices.models import User
from practices.received.files import download
from practices.states import AuditAction
from training.models import ClaimProof, TrainingClaim


def proof_file(claim: TrainingClaim, actor: User) -> HttpResponse:
    """As it was handed in; the trail says who took it."""
    proof = ClaimProof.objects.filter(claim=claim).first()
    if proof is None:
        raise Http404
    record(actor=actor, action=AuditAction.EXPORT, obj=proof, practice=claim.practice)
    return download(content=proof.content, kind=proof.kind, name=f"bewijs-{claim.pk}")
