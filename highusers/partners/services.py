"""Keeping the register of network partners; nothing about a patient."""

from django.db import transaction

from highusers.models import NetworkPartner
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


class NameTakenError(Exception):
    """There is a partner of this name in the register already."""


@transaction.atomic
def save_partner(
    *,
    practice: Practice,
    name: str,
    kind: str,
    actor: User | None,
    reach: str = "",
    active: bool = True,
    partner: NetworkPartner | None = None,
) -> NetworkPartner:
    """Add a partner, or change one. A partner with actions is not deleted but put out of use.

    `NameTakenError` when another has this name, however its letters are written."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    is_new = partner is None
    partner = partner or NetworkPartner(practice=practice)
    same = NetworkPartner.objects.filter(practice=practice, name__iexact=name)
    if any(one != partner for one in same):
        raise NameTakenError
    partner.name, partner.kind, partner.reach, partner.active = name, kind, reach, active
    partner.save()
    record(
        actor=actor,
        action=AuditAction.CREATE if is_new else AuditAction.CHANGE,
        obj=partner,
        practice=practice,
    )
    return partner
