"""Writing in a block without losing what a colleague writes in it, its owner and its state.

See `practices.beside`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from monitoring.models import BlockText, Report, ReportBlock
from monitoring.report.states import BlockKind, BlockState
from monitoring.states import ReportState
from practices.audit import record
from practices.beside import Outcome, Way, mark_of, tidy
from practices.models import User
from practices.states import AuditAction

SITTING = timedelta(minutes=10)
"""As long somebody who goes on writing changes the own text; after it a new one is begun."""


class FrozenError(Exception):
    """Every report of the year is final: what must change goes into a correction."""


def is_frozen(year: int) -> bool:
    """Whether all reports of the year are final, and none is being corrected."""
    states = set(Report.objects.filter(year=year).values_list("state", flat=True))
    return states == {ReportState.FINAL}


@contextmanager
def _changing(year: int, kind: BlockKind) -> Iterator[ReportBlock]:
    """The block as it stands, locked; it is made when nobody wrote in it yet."""
    with transaction.atomic():
        ReportBlock.objects.get_or_create(year=year, kind=kind)
        block = ReportBlock.objects.select_for_update(no_key=True).get(year=year, kind=kind)
        if is_frozen(year):
            raise FrozenError
        yield block


def write(*, year: int, kind: BlockKind, text: str, seen: str, actor: User) -> Outcome:
    """Put a text into a block, or beside it where a colleague was first. `FrozenError`."""
    text = tidy(text)
    with _changing(year, kind) as block:
        current = current_text(block)
        now_there = current.text if current else ""
        if text == now_there or mark_of(text) == seen:
            return Outcome.SAME
        free = mark_of(now_there) == seen
        if free:
            _put(block, current, text, actor)
            block.texts.filter(apart=True, written_by=actor).delete()
        else:
            BlockText.objects.update_or_create(
                block=block,
                written_by=actor,
                apart=True,
                defaults={"text": text, "written_at": timezone.now()},
            )
        record(actor=actor, action=AuditAction.CHANGE, obj=block, fields=["text"], apart=not free)
    return Outcome.SAVED if free else Outcome.APART


def choose(*, waiting: BlockText, way: Way, seen: str, actor: User) -> Outcome:
    """Let a text that waits take the place of the other, join it, or go. `APART` when the block
    changed again since it was `seen`, `SAME` when somebody chose already. `FrozenError`."""
    with _changing(waiting.block.year, BlockKind(waiting.block.kind)) as block:
        if not BlockText.objects.filter(pk=waiting.pk, apart=True).exists():
            return Outcome.SAME
        current = current_text(block)
        theirs = current.text if current else ""
        if mark_of(theirs) != seen:
            return Outcome.APART
        if way is not Way.THEIRS:
            both = filter(None, (theirs, waiting.text))
            text = "\n\n".join(both) if way is Way.BOTH else waiting.text
            BlockText.objects.create(block=block, text=text, written_by=actor)
            _writing(block)
        waiting.delete()
        record(actor=actor, action=AuditAction.CHANGE, obj=block, fields=["text"], chosen=str(way))
    return Outcome.SAVED


def bring_back(*, earlier: BlockText, actor: User) -> None:
    """Let the block say again what it said before; what it says now stays among the versions."""
    with _changing(earlier.block.year, BlockKind(earlier.block.kind)) as block:
        BlockText.objects.create(block=block, text=earlier.text, written_by=actor)
        _writing(block)
        record(actor=actor, action=AuditAction.CHANGE, obj=block, brought_back=earlier.pk)


def assign(
    *, year: int, kind: BlockKind, owner: User | None, due_on: date | None, actor: User
) -> None:
    """Who writes a block and before which day."""
    with _changing(year, kind) as block:
        block.owner, block.due_on = owner, due_on
        block.save(update_fields=["owner", "due_on"])
        record(actor=actor, action=AuditAction.CHANGE, obj=block, fields=["owner", "due_on"])


def mark(*, year: int, kind: BlockKind, ready: bool, actor: User) -> None:
    """Ready, or being written after all."""
    with _changing(year, kind) as block:
        block.state = BlockState.READY if ready else BlockState.WRITING
        block.save(update_fields=["state"])
        record(actor=actor, action=AuditAction.CHANGE, obj=block, state=str(block.state))


def current_text(block: ReportBlock) -> BlockText | None:
    return block.texts.filter(apart=False).first()


def _put(block: ReportBlock, current: BlockText | None, text: str, actor: User) -> None:
    now = timezone.now()
    own = current is not None and current.written_by_id == actor.pk
    if current is not None and own and now - current.begun_at < SITTING:
        current.text, current.written_at = text, now
        current.save(update_fields=["text", "written_at"])
    else:
        BlockText.objects.create(block=block, text=text, written_by=actor)
    _writing(block)


def _writing(block: ReportBlock) -> None:
    """Somebody who writes in a block that was ready makes it one to look at again."""
    if block.state != BlockState.WRITING:
        block.state = BlockState.WRITING
        block.save(update_fields=["state"])
