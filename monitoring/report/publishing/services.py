"""Publishing to the readers of an insurer, a step of its own; and the trail of who read what."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from monitoring.models import Report, ReportQuote, ReportReading
from monitoring.report.services import NotPossibleError
from monitoring.report.states import QuoteState, ReadingKind
from monitoring.states import ReportState
from practices.audit import record
from practices.models import Insurer, RegionRole, User
from practices.states import AuditAction, RegionRoleName


class ConsentWithdrawnError(Exception):
    """Words in it lost the consent of their practice since it was frozen."""


@transaction.atomic
def publish(*, report: Report, actor: User) -> Report:
    """Let the insurer's readers see a final report; they hear of it by mail. What was published
    stays so: a correction is published anew. `NotPossibleError` for a draft, or a second time;
    `ConsentWithdrawnError`."""
    locked = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if locked.state != ReportState.FINAL or locked.published_at is not None:
        raise NotPossibleError
    if not _quoted(locked) <= _consented(locked.year):
        raise ConsentWithdrawnError
    locked.published_at, locked.published_by = timezone.now(), actor
    locked.save(update_fields=["published_at", "published_by"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=locked,
        published=True,
        appendix=locked.appendix,
        version=locked.version,
    )
    return locked


def _quoted(report: Report) -> set[tuple[str, str]]:
    return {(one["block"], one["text"]) for one in report.value.get("quotes", ())}


def _consented(year: int) -> set[tuple[str, str]]:
    """By block, and locked: nobody takes words back while they go out."""
    given = ReportQuote.objects.filter(year=year, state=QuoteState.CONSENTED).order_by("pk")
    return {(one.block, one.text) for one in given.select_for_update(no_key=True)}


@transaction.atomic
def note_reading(*, report: Report, what: ReadingKind, reader: User) -> None:
    """Somebody at the insurer opened it, or took a file along."""
    ReportReading.objects.create(report=report, reader=reader, what=what)
    action = AuditAction.READ if what == ReadingKind.PAGE else AuditAction.EXPORT
    record(actor=reader, action=action, obj=report, what=str(what), appendix=report.appendix)


def published_for(user: User) -> QuerySet[Report]:
    """What a reader of an insurer may see, the newest version first."""
    own = Insurer.objects.filter(
        regionrole__user=user, regionrole__role=RegionRoleName.INSURER_READER
    )
    return Report.objects.filter(published_at__isnull=False, insurer__in=own).select_related(
        "insurer"
    )


def later_version(report: Report, user: User) -> Report | None:
    """The newest version that took the place of this one, as far as the reader may see it."""
    alike = published_for(user).filter(
        year=report.year, insurer=report.insurer_id, appendix=report.appendix
    )
    return alike.filter(version__gt=report.version).order_by("-version").first()


def readers_of(insurer: Insurer) -> QuerySet[User]:
    roles = RegionRole.objects.filter(role=RegionRoleName.INSURER_READER, insurer=insurer)
    return User.objects.filter(pk__in=roles.values("user"), is_active=True)
