"""Designing a week: starting, changing it block by block, copying, using, dropping."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date

from django.db import models, transaction

from interventions.models import ConsultationSchedule, DayTemplate, TemplateBlock
from interventions.schedules.blocks import Block
from interventions.schedules.services import save_schedule
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction

MOST_BLOCKS = 400
MOST_TEMPLATES = 30


class NameTakenError(Exception):
    """The practice has a template of this name already."""


class TooManyError(Exception):
    """More templates or blocks than anybody can oversee."""


class OverlapError(Exception):
    """The person has something else at that time; `other` is what."""

    def __init__(self, other: Block) -> None:
        super().__init__()
        self.other = other


class ChangedMeanwhileError(Exception):
    """Somebody else changed the block; `now` is how it is, None when it is gone."""

    def __init__(self, now: TemplateBlock | None) -> None:
        super().__init__()
        self.now = now


@transaction.atomic
def start_template(
    *, practice: Practice, name: str, week: Iterable[Block], actor: User, on_behalf: bool
) -> DayTemplate:
    """The first one of a practice that has none is not thereby how it is now."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    present = DayTemplate.objects.filter(practice=practice)
    if present.count() >= MOST_TEMPLATES:
        raise TooManyError
    made = DayTemplate(practice=practice, name=_free(name, present), made_by=actor)
    made.on_behalf = on_behalf
    made.save()
    _put(made, week)
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice)
    return made


@transaction.atomic
def rename(*, template: DayTemplate, name: str, actor: User) -> None:
    """Raises `NameTakenError`. A schedule that it is in use as keeps its own words."""
    found = _locked(template)
    others = DayTemplate.objects.filter(practice=found.practice).exclude(pk=found.pk)
    if others.filter(name__iexact=name).exists():
        raise NameTakenError
    found.name = name
    found.save(update_fields=["name"])
    _changed(found, actor, "name")


@transaction.atomic
def keep_as_now(*, template: DayTemplate, seen_per_week: int | None, actor: User) -> None:
    """This is how the practice works now; no other is."""
    Practice.objects.select_for_update(no_key=True).get(pk=template.practice_id)
    found = _locked(template)
    DayTemplate.objects.filter(practice=found.practice, is_now=True).exclude(pk=found.pk).update(
        is_now=False
    )
    found.is_now, found.seen_per_week = True, seen_per_week
    found.save(update_fields=["is_now", "seen_per_week"])
    _changed(found, actor, "is_now", "seen_per_week")


@transaction.atomic
def add_block(*, template: DayTemplate, block: Block, actor: User) -> TemplateBlock:
    """Raises `OverlapError`, `TooManyError`."""
    found = _locked(template)
    if found.blocks.count() >= MOST_BLOCKS:
        raise TooManyError
    _check_overlap(found, block, None)
    made = TemplateBlock.objects.create(template=found, **asdict(block))
    _changed(found, actor, "blocks")
    return made


@transaction.atomic
def save_block(
    *, template: DayTemplate, pk: int, block: Block, based_on: int, actor: User
) -> TemplateBlock:
    """Raises `ChangedMeanwhileError`, `OverlapError`."""
    found = _locked(template)
    saved = _as_seen(found, pk, based_on)
    _check_overlap(found, block, pk)
    for name, value in asdict(block).items():
        setattr(saved, name, value)
    saved.version += 1
    saved.save()
    _changed(found, actor, "blocks")
    return saved


@transaction.atomic
def remove_block(*, template: DayTemplate, pk: int, based_on: int, actor: User) -> Block:
    """What was removed, so that it can be put back. Raises `ChangedMeanwhileError`."""
    found = _locked(template)
    gone = _as_seen(found, pk, based_on)
    block = gone.block()
    gone.delete()
    _changed(found, actor, "blocks")
    return block


@transaction.atomic
def copy_day(
    *, template: DayTemplate, who: str, weekday: int, to: Collection[int], actor: User
) -> None:
    """Somebody's day on other days as well, in place of what stood there."""
    found = _locked(template)
    days = set(to) - {weekday}
    source = [one.block() for one in found.blocks.filter(who=who, weekday=weekday)]
    found.blocks.filter(who=who, weekday__in=days).delete()
    _put(found, (_moved(block, weekday=day) for day in days for block in source))
    _changed(found, actor, "blocks")


@transaction.atomic
def copy_person(*, template: DayTemplate, who: str, to: str, actor: User) -> None:
    """Somebody's week for somebody else too. Raises `NameTakenError` for one who is in it."""
    found = _locked(template)
    if found.blocks.filter(who__iexact=to).exists():
        raise NameTakenError
    source = [one.block() for one in found.blocks.filter(who=who)]
    _put(found, (_moved(block, who=to) for block in source))
    _changed(found, actor, "blocks")


@transaction.atomic
def rename_person(*, template: DayTemplate, who: str, to: str, actor: User) -> None:
    """Raises `NameTakenError`."""
    found = _locked(template)
    if found.blocks.filter(who__iexact=to).exclude(who=who).exists():
        raise NameTakenError
    for block in found.blocks.filter(who=who):
        block.who, block.version = to, block.version + 1
        block.save(update_fields=["who", "version"])
    _changed(found, actor, "blocks")


@transaction.atomic
def remove_person(*, template: DayTemplate, who: str, actor: User) -> None:
    found = _locked(template)
    found.blocks.filter(who=who).delete()
    _changed(found, actor, "blocks")


@transaction.atomic
def put_in_use(
    *, template: DayTemplate, in_use_from: date, actor: User, on_behalf: bool
) -> ConsultationSchedule:
    """What counts is the schedule: its own, or the one the practice has under this name."""
    found = _locked(template)
    named = ConsultationSchedule.objects.filter(
        practice=found.practice, pattern__iexact=found.name, day_template=None
    )
    schedule = found.schedule or named.first()
    found.schedule = save_schedule(
        practice=found.practice,
        schedule=schedule,
        pattern=schedule.pattern if schedule else found.name,
        in_use_from=in_use_from,
        in_use_until=None,
        actor=actor,
        on_behalf=on_behalf,
    )
    found.save(update_fields=["schedule"])
    _changed(found, actor, "schedule")
    return found.schedule


@transaction.atomic
def drop_template(*, template: DayTemplate, actor: User) -> None:
    """What is in use stays in use: that is said by the schedule."""
    found = _locked(template)
    record(actor=actor, action=AuditAction.DELETE, obj=found, practice=found.practice)
    found.delete()


def _locked(template: DayTemplate) -> DayTemplate:
    return (
        DayTemplate.objects.select_for_update(no_key=True, of=("self",))
        .select_related("practice", "schedule")
        .get(pk=template.pk)
    )


def _as_seen(template: DayTemplate, pk: int, based_on: int) -> TemplateBlock:
    now = template.blocks.filter(pk=pk).first()
    if now is None or now.version != based_on:
        raise ChangedMeanwhileError(now)
    return now


def _check_overlap(template: DayTemplate, block: Block, own: int | None) -> None:
    for other in template.blocks.filter(weekday=block.weekday, who=block.who):
        if other.pk != own and block.overlaps(other.block()):
            raise OverlapError(other.block())


def _put(template: DayTemplate, week: Iterable[Block]) -> None:
    made = [TemplateBlock(template=template, **asdict(block)) for block in week]
    if len(made) + template.blocks.count() > MOST_BLOCKS:
        raise TooManyError
    TemplateBlock.objects.bulk_create(made)


def _moved(block: Block, **fields: object) -> Block:
    return Block(**asdict(block) | fields)


def _free(name: str, present: models.QuerySet[DayTemplate]) -> str:
    """The name, with a number where it is taken: copying is one click."""
    taken = {one.casefold() for one in present.values_list("name", flat=True)}
    tried, number = name, 2
    while tried.casefold() in taken:
        tried, number = f"{name[:150]} ({number})", number + 1
    return tried


def _changed(template: DayTemplate, actor: User, *fields: str) -> None:
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=template,
        practice=template.practice,
        fields=list(fields),
    )
