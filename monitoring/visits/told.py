"""Mail about visits: to the practice when it gets a report, to the region when it comments."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from monitoring.models import Visit, VisitComment, VisitReport
from monitoring.visits.states import VisitState
from practices.mailing.readers import account_holders, coordinators, readers_for_region
from practices.mailing.registry import Item, Kind
from practices.models import RegionRole, User
from practices.permissions import Permission
from practices.states import RegionRoleName
from practices.texts.registry import Announced

NEW_DAYS = 14


def sent(today: date) -> Iterator[Item]:
    """Reports that wait for the practice, to who runs its account."""
    reports = list(_newest().filter(sent_at__date__gt=today - timedelta(days=NEW_DAYS)))
    holders = account_holders({one.visit.practice for one in reports}, today)
    for report in reports:
        for reader in holders.get(report.visit.practice_id, ()):
            about = f"visit-report-{report.pk}"
            yield Item(reader, about, _values(report.visit), report.visit.practice_id)


def commented(today: date) -> Iterator[Item]:
    """What a practice says about a report, to its consultant; without one to the coordinators."""
    instead = coordinators()
    comments = VisitComment.objects.filter(
        of_practice=True,
        visit__state=VisitState.COMMENTED,
        written_at__date__gt=today - timedelta(days=NEW_DAYS),
    ).select_related("visit__practice__consultant")
    for comment in comments:
        for reader in readers_for_region(comment.visit.practice, instead):
            about = f"visit-comment-{comment.pk}"
            yield Item(reader, about, _values(comment.visit), comment.visit.practice_id)


def _newest() -> "QuerySet[VisitReport]":
    """Of each visit that waits for the practice the newest report."""
    last = VisitReport.objects.values("visit").annotate(last=Max("pk")).values("last")
    waiting = VisitReport.objects.filter(pk__in=last, visit__state=VisitState.SENT)
    return waiting.select_related("visit__practice").order_by("pk")


def _values(visit: Visit) -> dict[str, str]:
    path = reverse("visit_report", args=[visit.practice.slug, visit.code])
    return {
        "praktijk": visit.practice.name,
        "datum": date_format(visit.held_on),
        "link": settings.SITE_URL + path,
    }


def _still_waits(_user: int, about: str) -> bool:
    return _newest().filter(pk=about.removeprefix("visit-report-")).exists()


def _still_asks(_user: int, about: str) -> bool:
    comment = VisitComment.objects.filter(pk=about.removeprefix("visit-comment-"))
    return comment.filter(visit__state=VisitState.COMMENTED).exists()


def _works(user: User) -> bool:
    return user.is_active and user.person_id is not None


def _visits(user: User) -> bool:
    roles = (RegionRoleName.CONSULTANT, RegionRoleName.COORDINATOR)
    return RegionRole.objects.filter(user=user, role__in=roles).exists()


_EXAMPLES: dict[str, Any] = {
    "naam": "Sam Bos",
    "praktijk": "De Linde",
    "datum": "20 maart 2029",
    "link": "https://mtvp.example/praktijk/de-linde/bezoeken/0a1b2c/",
}

KINDS = (
    Kind(
        Announced(
            "mail-visit-report",
            _("Mail: the report of a visit"),
            "Het verslag van het bezoek op {datum}",
            "Het verslag van het bezoek aan {praktijk} op {datum} staat klaar.\n\nLees het. Klopt "
            "het? Bevestig het dan. Klopt er iets niet? Schrijf op wat anders is:\n{link}",
            mail=True,
            placeholders=_EXAMPLES,
        ),
        _("The report of a visit to your practice"),
        sent,
        _works,
        why=_("You get this because you run the account of the practice."),
        dated=True,
        still=_still_waits,
        permission=Permission.CONFIRM_VISIT,
    ),
    Kind(
        Announced(
            "mail-visit-comment",
            _("Mail: a practice comments on the report of a visit"),
            "{praktijk} reageert op het verslag van {datum}",
            "{praktijk} schreef iets bij het verslag van het bezoek op {datum}.\n\nLees het. Pas "
            "het verslag aan, of geef antwoord:\n{link}",
            mail=True,
            placeholders=_EXAMPLES,
        ),
        _("A practice comments on the report of a visit"),
        commented,
        _visits,
        why=_("You get this because you visit this practice, or because nobody does yet."),
        dated=True,
        still=_still_asks,
        permission=Permission.SEE_VISIT_REPORTS,
    ),
)
