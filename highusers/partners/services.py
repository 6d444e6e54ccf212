"""Keeping the register of network partners; nothing about a patient."""

from django.db import transaction

from highusers.models import NetworkPartner
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


@transaction.atomic
def save_partner(
    *,
    practice: Practice,
    name: str,
    kind: str,
    actor: User,
    reach: str = "",
    active: bool = True,
    partner: NetworkPartner | None = None,
) -> NetworkPartner:
    """Add a partner, or change one. A partner with actions is not deleted but put out of use."""
    is_new = partner is None
    partner = partner or NetworkPartner(practice=practice)
    partner.name, partner.kind, partner.reach, partner.active = name, kind, reach, active
    partner.save()
    record(
        actor=actor,
        action=AuditAction.CREATE if is_new else AuditAction.CHANGE,
        obj=partner,
        practice=practice,
    )
    return partner
