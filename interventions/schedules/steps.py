"""The five steps as a checklist of the practice."""

from django.db import transaction

from interventions.models import StepDone
from interventions.schedules.states import LengthStep
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


def checklist(practice: Practice) -> list[tuple[LengthStep, StepDone | None]]:
    """Every step, with who ticked it when."""
    found = StepDone.objects.filter(practice=practice).select_related("ticked_by__person")
    done = {one.step: one for one in found}
    return [(step, done.get(step)) for step in LengthStep]


@transaction.atomic
def tick(*, practice: Practice, step: LengthStep, actor: User, on_behalf: bool) -> None:
    """A step that is ticked already stays with whoever did so first."""
    made, is_new = StepDone.objects.get_or_create(
        practice=practice, step=step, defaults={"ticked_by": actor, "on_behalf": on_behalf}
    )
    if is_new:
        record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice)


@transaction.atomic
def untick(*, practice: Practice, step: LengthStep, actor: User) -> None:
    found = StepDone.objects.select_for_update().filter(practice=practice, step=step).first()
    if found:
        record(actor=actor, action=AuditAction.DELETE, obj=found, practice=practice)
        found.delete()
