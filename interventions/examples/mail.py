"""Mail about what a practice offered to the region: an example for the library, or a week."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from interventions.examples.states import ExampleState
from interventions.models import Example, SharedTemplate
from interventions.schedules.states import ShareState
from practices.mailing.registry import Item, Kind
from practices.models import User
from practices.texts.registry import Announced

NEW_DAYS = 14


def decided(today: date) -> Iterator[Item]:
    """What PrimaCura decided lately, for who offered it and still can sign in."""
    since = {
        "decided_at__date__gt": today - timedelta(days=NEW_DAYS),
        "offered_by__is_active": True,
    }
    examples = Example.objects.filter(
        state__in=(ExampleState.PUBLISHED, ExampleState.DECLINED), practice__isnull=False, **since
    )
    for one in examples.select_related("practice").order_by("decided_at", "pk"):
        shown = one.state == ExampleState.PUBLISHED
        path = reverse("example", args=[one.pk]) if shown else _offering(one)
        yield Item(
            one.offered_by_id,
            f"example-{one.pk}-{one.state}",
            _values(one.title, _words(shown=shown), path),
            one.practice_id,
        )
    weeks = SharedTemplate.objects.filter(
        state__in=(ShareState.PUBLISHED, ShareState.DECLINED), **since
    )
    for week in weeks.select_related("practice").order_by("decided_at", "pk"):
        shown = week.state == ShareState.PUBLISHED
        yield Item(
            week.offered_by_id,
            f"week-{week.pk}-{week.state}",
            _values(week.name, _words(shown=shown), _of_week(week)),
            week.practice_id,
        )


def _words(*, shown: bool) -> str:
    """In Dutch, as the mail is. The reason stays out of it: it may say who was to be recognised."""
    if shown:
        return "PrimaCura nam het op. Alle praktijken kunnen het nu zien. Dank u wel."
    return "PrimaCura toont het niet. De reden leest u bij uw voorbeeld."


def _values(title: str, decision: str, path: str) -> dict[str, str]:
    return {"titel": title, "besluit": decision, "link": settings.SITE_URL + path}


def _offering(example: Example) -> str:
    return reverse("offer_example", args=[example.practice.slug]) if example.practice else ""


def _of_week(week: SharedTemplate) -> str:
    """The page of the week; that of all weeks when it was dropped since."""
    if week.template_id is None:
        return reverse("schedules", args=[week.practice.slug])
    return reverse("day_template", args=[week.practice.slug, week.template_id])


def _works(user: User) -> bool:
    return user.is_active and user.person_id is not None


KINDS = (
    Kind(
        Announced(
            "mail-example-decided",
            _("Weekly mail: PrimaCura decided about an example that was offered"),
            "Uw voorbeeld: {titel}",
            "U bood een voorbeeld aan: {titel}.\n\n{besluit}\n\nBekijk het:\n{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "titel": "Eerst bellen",
                "besluit": "PrimaCura nam het op. Alle praktijken kunnen het nu zien. Dank u wel.",
                "link": "https://mtvp.example/voorbeelden/12/",
            },
        ),
        _("What became of an example you offered"),
        decided,
        _works,
        why=_("You get this because you offered an example."),
    ),
)
