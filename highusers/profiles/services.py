"""Filling in a profile; there are as many as the region has."""

from django.db import transaction

from highusers.models import PatientProfile
from practices.audit import record
from practices.models import User
from practices.states import AuditAction


@transaction.atomic
def fill_in(*, profile: PatientProfile, name: str, description: str, actor: User) -> bool:
    """Save name and description; False when they were so already."""
    profile = PatientProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    if (profile.name, profile.description) == (name, description):
        return False
    profile.name, profile.description = name, description
    profile.save()
    record(actor=actor, action=AuditAction.CHANGE, obj=profile)
    return True
