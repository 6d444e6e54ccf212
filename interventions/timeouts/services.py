"""Noting time-outs: each is its writer's own."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from interventions.models import TimeOut
from practices.audit import record
from practices.models import Person, Practice, User
from practices.states import AuditAction


@dataclass(frozen=True, slots=True)
class Note:
    """`to_look_at`: something in `learned` looks like a person and the writer has not seen that."""

    held_on: date
    kind: str
    specialism: str
    step: str
    outcome: str
    learned: str
    to_look_at: bool


@transaction.atomic
def note(
    *, practice: Practice, person: Person, note: Note, actor: User, device_key: str = ""
) -> TimeOut:
    """What a device sent before is kept as it is: it comes twice when an answer got lost."""
    whose = {"practice": practice, "person": person}
    if device_key:
        made, is_new = TimeOut.objects.get_or_create(
            **whose, device_key=device_key, defaults=asdict(note)
        )
    else:
        made, is_new = TimeOut.objects.create(**whose, **asdict(note)), True
    if is_new:
        record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice)
    return made


@transaction.atomic
def change(*, time_out: TimeOut, note: Note, actor: User) -> TimeOut:
    found = TimeOut.objects.select_for_update(no_key=True).get(pk=time_out.pk)
    for name, value in asdict(note).items():
        setattr(found, name, value)
    found.save()
    record(actor=actor, action=AuditAction.CHANGE, obj=found, practice=found.practice)
    return found


@transaction.atomic
def names_nobody(*, time_out: TimeOut, actor: User) -> None:
    """Its writer looked at what seemed to name somebody, and it does not."""
    found = TimeOut.objects.select_for_update(no_key=True).get(pk=time_out.pk)
    found.to_look_at = False
    found.save(update_fields=["to_look_at"])
    fields = ["to_look_at"]
    record(
        actor=actor, action=AuditAction.CHANGE, obj=found, practice=found.practice, fields=fields
    )


@transaction.atomic
def drop(*, time_out: TimeOut, actor: User) -> None:
    """Gone at once: its writer may have said too much."""
    record(actor=actor, action=AuditAction.DELETE, obj=time_out, practice=time_out.practice)
    time_out.delete()
