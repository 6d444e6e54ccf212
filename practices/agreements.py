"""The processing agreement that a practice makes with the region before its first upload.

Asked for in the browser; the operator's commands do not ask.
"""

from django.conf import settings
from django.db import transaction

from practices.audit import record
from practices.models import Practice, ProcessingAgreement, User
from practices.states import AuditAction


def needs_agreement(practice: Practice) -> bool:
    """Whether nobody has agreed yet, for this practice, to the text as it is now."""
    standing = practice.agreements.filter(version=settings.AGREEMENT_VERSION, ended_at=None)
    return not standing.exists()


@transaction.atomic
def agree(*, practice: Practice, actor: User) -> ProcessingAgreement:
    """Agree to the text as it is now; agreeing to it again changes nothing."""
    agreement, made = ProcessingAgreement.objects.get_or_create(
        practice=practice,
        version=settings.AGREEMENT_VERSION,
        ended_at=None,
        defaults={"agreed_by": actor},
    )
    if made:
        record(
            actor=actor,
            action=AuditAction.CREATE,
            obj=agreement,
            practice=practice,
            version=agreement.version,
        )
    return agreement
