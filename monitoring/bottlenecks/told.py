"""Who reported a bottleneck hears what became of it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.bottlenecks.states import BottleneckState, Source
from monitoring.models import Bottleneck, StructuralStep
from practices.mailing.readers import account_holders
from practices.mailing.registry import Item, Kind
from practices.models import Employment, Practice, User
from practices.permissions import BY_STAFF_ROLE, Permission
from practices.texts.registry import Announced

NEWS_DAYS = 28
PUT_TOGETHER = "Uw melding hoort nu bij dit knelpunt. PrimaCura kijkt wat eraan te doen is."
SAID = {
    BottleneckState.GROUPED: "PrimaCura kijkt wat eraan te doen is.",
    BottleneckState.TAKEN_UP: "PrimaCura heeft dit knelpunt opgepakt.",
    BottleneckState.SOLVED: "Dit knelpunt is opgelost, zegt PrimaCura. Klopt dat niet? Meld het "
    "dan opnieuw.",
}
MAY_REPORT = [role for role, may in BY_STAFF_ROLE.items() if Permission.REPORT_BOTTLENECK in may]


def news_of_bottlenecks(today: date) -> Iterator[Item]:
    """One item for each step, however many reports of somebody are in the structural one."""
    since = timezone.make_aware(datetime.combine(today - timedelta(days=NEWS_DAYS), time.min))
    moved = Q(grouped_at__gte=since) | Q(structural__steps__at__gte=since)
    found = Bottleneck.objects.standing().exclude(structural=None).filter(moved).distinct()
    reports = list(
        found.without_words()
        .order_by("pk")
        .select_related("practice", "structural", "reported_by")
        .prefetch_related("structural__steps")
    )
    readers, told = _readers(reports, today), set()
    for report in reports:
        for about, said in _news(report, since):
            for user in readers[report.pk]:
                if (user, about) not in told:
                    told.add((user, about))
                    yield Item(user, about, _values(report, said), report.practice_id)


def _news(report: Bottleneck, since: datetime) -> Iterator[tuple[str, str]]:
    if report.structural is None or report.grouped_at is None:
        return
    if report.grouped_at >= since and report.source != Source.ALSO_HERE:
        yield f"grouped-{report.structural_id}-{report.practice_id}", PUT_TOGETHER
    for step in report.structural.steps.all():
        if step.at >= max(since, report.grouped_at):
            yield f"step-{step.pk}-{report.practice_id}", _said(step)


def _said(step: StructuralStep) -> str:
    return "\n".join(filter(None, [SAID[BottleneckState(step.state)], step.done]))


def _readers(reports: list[Bottleneck], today: date) -> dict[int, list[int]]:
    """Per report who wrote it, as long as that is somebody of the practice in service; else who
    runs the practice's account. Two queries."""
    practices = {report.practice for report in reports}
    serving = set(
        Employment.objects.in_service(today)
        .filter(practice__in=practices, person__user__is_active=True)
        .values_list("practice", "person__user")
    )
    holders = account_holders(practices, today)
    return {
        report.pk: [report.reported_by_id]
        if (report.practice_id, report.reported_by_id) in serving
        else holders.get(report.practice_id, [])
        for report in reports
    }


def _values(report: Bottleneck, said: str) -> dict[str, str]:
    practice: Practice = report.practice
    page = reverse("practice_bottlenecks", args=[practice.slug])
    return {
        "knelpunt": report.structural.title if report.structural else "",
        "bericht": said,
        "praktijk": practice.name,
        "link": settings.SITE_URL + page,
    }


def _may_report(user: User) -> bool:
    today = timezone.localdate()
    spells = Employment.objects.in_service(today).filter(person=user.person_id, role__in=MAY_REPORT)
    return user.person_id is not None and spells.exists()


KINDS = (
    Kind(
        Announced(
            "mail-bottleneck",
            _("Weekly mail: what became of a bottleneck that was reported"),
            "Knelpunt: {knelpunt}",
            "{bericht}\n\nDit is gemeld door {praktijk}. U leest hier alles wat er gebeurde:\n"
            "{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "knelpunt": "Wachttijd bij de basis-ggz",
                "bericht": "PrimaCura heeft dit knelpunt opgepakt.",
                "praktijk": "Huisartsenpraktijk De Linde",
                "link": "https://mtvp.example/praktijk/de-linde/knelpunten/",
            },
        ),
        _("What becomes of bottlenecks that your practice reported"),
        news_of_bottlenecks,
        _may_report,
        why=_("You get this because your practice reported this bottleneck."),
        permission=Permission.REPORT_BOTTLENECK,
    ),
)
