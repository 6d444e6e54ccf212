"""The minutes of the yearly meeting: writing, agreements, signing off, and whether it was kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from monitoring.models import MeetingAgreement, YearMeeting
from monitoring.report.states import AgreementState
from practices.audit import record
from practices.models import User
from practices.states import AuditAction


class ClosedError(Exception):
    """The minutes were signed off: only whether agreements were kept still changes."""


class NotCompleteError(Exception):
    """Minutes are signed off with the day of the meeting, by whom and when."""


@contextmanager
def _writing(year: int) -> Iterator[YearMeeting]:
    with transaction.atomic():
        YearMeeting.objects.get_or_create(year=year)
        meeting = YearMeeting.objects.select_for_update(no_key=True).get(year=year)
        if meeting.closed_at is not None:
            raise ClosedError
        yield meeting


def write(*, year: int, fields: Mapping[str, Any], actor: User) -> YearMeeting:
    """Day, who were there, what was discussed, adjustments, and who signs off. `ClosedError`."""
    with _writing(year) as meeting:
        for name, value in fields.items():
            setattr(meeting, name, value)
        meeting.save()
        record(actor=actor, action=AuditAction.CHANGE, obj=meeting, fields=sorted(fields))
    return meeting


def agree(
    *, year: int, text: str, owner: str, due_on: date | None, actor: User
) -> MeetingAgreement:
    """Something that was agreed, with who does it and before when. `ClosedError`."""
    with _writing(year) as meeting:
        made = MeetingAgreement.objects.create(
            meeting=meeting, text=text, owner=owner, due_on=due_on
        )
        record(actor=actor, action=AuditAction.CREATE, obj=made)
    return made


def take_back(*, agreement: MeetingAgreement, actor: User) -> None:
    """Not agreed after all; as long as the minutes are being written."""
    with _writing(agreement.meeting.year):
        record(actor=actor, action=AuditAction.DELETE, obj=agreement)
        agreement.delete()


def close(*, year: int, actor: User) -> YearMeeting:
    """Both sides signed: from now on the next report opens with it. Raises `ClosedError` and
    `NotCompleteError`."""
    with _writing(year) as meeting:
        if not (meeting.held_on and meeting.signed_off_on and meeting.signed_off_by):
            raise NotCompleteError
        meeting.closed_at, meeting.closed_by = timezone.now(), actor
        meeting.save()
        record(actor=actor, action=AuditAction.CHANGE, obj=meeting, closed=True)
    return meeting


@transaction.atomic
def settle(
    *, agreement: MeetingAgreement, state: AgreementState, outcome: str, actor: User
) -> None:
    """Whether an agreement was kept, and how it went."""
    agreement.state, agreement.outcome = state, outcome
    agreement.save(update_fields=["state", "outcome"])
    record(actor=actor, action=AuditAction.CHANGE, obj=agreement, state=str(state))
