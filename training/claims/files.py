"""The proof of a claim as a file to download."""

from django.http import Http404, HttpResponse

from practices.audit import record
from practices.models import User
from practices.states import AuditAction
from training.claims.proof import TYPES
from training.models import ClaimProof, TrainingClaim
from training.states import ProofKind


def proof_file(claim: TrainingClaim, actor: User) -> HttpResponse:
    """Always to be saved, never shown in the page: a browser takes it for nothing else than what
    its content was found to be. The trail says who took it."""
    proof = ClaimProof.objects.filter(claim=claim).first()
    if proof is None:
        raise Http404
    record(actor=actor, action=AuditAction.EXPORT, obj=proof, practice=claim.practice)
    return HttpResponse(
        proof.content,
        content_type=TYPES[ProofKind(proof.kind)],
        headers={
            "Content-Disposition": f'attachment; filename="bewijs-{claim.pk}.{proof.kind}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
