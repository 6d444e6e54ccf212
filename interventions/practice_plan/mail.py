"""Mail about a practice's plan: to the region when it is handed in, to the practice on what the
region says about it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from interventions.models import PlanVersion
from interventions.practice_plan.page import period_of
from interventions.practice_plan.states import PlanState
from practices.mailing.readers import account_holders, coordinators, readers_for_region
from practices.mailing.registry import Item, Kind
from practices.models import RegionRole, User
from practices.permissions import Permission
from practices.states import RegionRoleName
from practices.texts.registry import Announced

NEW_DAYS = 14

_STANDING = {
    PlanState.COMMENTED: "PrimaCura las het plan en schreef er iets bij. Pas het plan aan of geef "
    "antwoord, en lever het weer in.",
    PlanState.AGREED: "Het plan is afgesproken: de praktijk en PrimaCura zijn akkoord.",
    PlanState.HANDED_IN: "PrimaCura leverde het plan namens de praktijk in. Bekijk het en ga "
    "akkoord, of wijzig het.",
}
"""What the practice reads in each state, in Dutch as the mail is."""


def handed_in(today: date) -> Iterator[Item]:
    """For the consultant, or the coordinators where there is none: plans that wait for them."""
    instead = coordinators()
    waiting = _latest(today).filter(plan__state=PlanState.HANDED_IN, consultant_agreed_at=None)
    for version in waiting:
        for reader in readers_for_region(version.plan.practice, instead):
            if reader != version.handed_in_by_id:
                yield Item(
                    reader, f"version-{version.pk}", _values(version), version.plan.practice_id
                )


def answered(today: date) -> Iterator[Item]:
    """For who runs the practice's account and who handed the plan in; not for who agreed last."""
    told = Q(plan__state__in=(PlanState.COMMENTED, PlanState.AGREED))
    told |= Q(plan__state=PlanState.HANDED_IN, on_behalf=True, practice_agreed_at=None)
    versions = list(_latest(today).filter(told))
    holders = account_holders({one.plan.practice for one in versions}, today)
    for version in versions:
        plan = version.plan
        readers = {*holders.get(plan.practice_id, ()), *_own_writer(version, today)}
        wat = {"wat": _STANDING[PlanState(plan.state)]}
        for reader in sorted(readers - {_agreed_last(version)}):
            about = f"version-{version.pk}-{plan.state}"
            yield Item(reader, about, _values(version) | wat, plan.practice_id)


def _latest(today: date) -> QuerySet[PlanVersion]:
    """The last version of each plan that went a step further lately, where the practice goes on."""
    takes_part = Q(plan__practice__stopped_on=None) | Q(plan__practice__stopped_on__gt=today)
    last = PlanVersion.objects.values("plan").annotate(last=Max("pk")).values("last")
    found = PlanVersion.objects.filter(
        takes_part, pk__in=last, plan__since__date__gt=today - timedelta(days=NEW_DAYS)
    )
    return found.select_related(
        "plan__practice__cohort", "plan__practice__consultant", "handed_in_by__person"
    ).order_by("pk")


def _own_writer(version: PlanVersion, today: date) -> list[int]:
    """Who handed it in, when that was somebody of the practice who still works there."""
    writer = version.handed_in_by
    if version.on_behalf or writer is None or not writer.is_active or writer.person is None:
        return []
    spells = writer.person.employments.in_service(today)
    return [writer.pk] if spells.filter(practice=version.plan.practice).exists() else []


def _agreed_last(version: PlanVersion) -> int | None:
    moments = (version.practice_agreed_at, version.consultant_agreed_at)
    if version.plan.state != PlanState.AGREED or None in moments:
        return None
    by_practice = version.practice_agreed_at > version.consultant_agreed_at  # type: ignore[operator]
    return version.practice_agreed_by_id if by_practice else version.consultant_agreed_by_id


def _values(version: PlanVersion) -> dict[str, str]:
    plan = version.plan
    path = reverse("practice_plan_year", args=[plan.practice.slug, plan.programme_year])
    return {
        "praktijk": plan.practice.name,
        "jaar": period_of(plan.practice, plan.programme_year),
        "link": settings.SITE_URL + path,
    }


def _still_waits(_user: int, about: str) -> bool:
    """What was taken back since is no news."""
    version = PlanVersion.objects.filter(pk=about.removeprefix("version-"))
    return version.filter(plan__state=PlanState.HANDED_IN, consultant_agreed_at=None).exists()


def _reads_plans(user: User) -> bool:
    roles = (RegionRoleName.CONSULTANT, RegionRoleName.COORDINATOR)
    return RegionRole.objects.filter(user=user, role__in=roles).exists()


def _works(user: User) -> bool:
    return user.is_active and user.person_id is not None


_EXAMPLES: dict[str, Any] = {
    "naam": "Sam Bos",
    "praktijk": "De Linde",
    "jaar": "Jaar 1 · 1 april 2028 tot en met 31 maart 2029",
    "link": "https://mtvp.example/praktijk/de-linde/ons-plan/1/",
}

KINDS = (
    Kind(
        Announced(
            "mail-plan-handed-in",
            _("Mail: a practice handed in its plan"),
            "{praktijk} leverde het praktijkplan in",
            "{praktijk} leverde het praktijkplan in: {jaar}.\n\nLees het plan. Ga akkoord, of geef "
            "het terug met opmerkingen:\n{link}",
            mail=True,
            placeholders=_EXAMPLES,
        ),
        _("A practice handed in its plan, and you answer for the region"),
        handed_in,
        _reads_plans,
        why=_("You get this because you read the plans of these practices."),
        dated=True,
        still=_still_waits,
        permission=Permission.COMMENT_PRACTICE_PLAN,
    ),
    Kind(
        Announced(
            "mail-plan-answered",
            _("Mail: what PrimaCura says about the plan of the practice"),
            "Het praktijkplan van {praktijk}",
            "Het gaat om het plan van {praktijk}: {jaar}.\n\n{wat}\n\nBekijk het plan:\n{link}",
            mail=True,
            placeholders=_EXAMPLES | {"wat": _STANDING[PlanState.COMMENTED]},
        ),
        _("What PrimaCura says about the plan of your practice"),
        answered,
        _works,
        why=_("You get this because you run the account of the practice, or handed in its plan."),
        dated=True,
    ),
)
