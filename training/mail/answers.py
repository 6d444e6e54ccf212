"""What the region answered, for the weekly mail: training followed elsewhere, and coaching."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import F, Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from practices.mailing.registry import Item, Kind
from practices.models import User
from practices.permissions import Permission
from practices.texts.registry import Announced
from training.models import ClaimStep, CoachingRequest, TrainingClaim
from training.states import ClaimState, RequestState, SessionKind

NEW_DAYS = 14
_ANSWERS = (ClaimState.ASKED, ClaimState.ACCEPTED, ClaimState.DECLINED)


def claims(today: date) -> Iterator[Item]:
    """What was last answered about a training, for whoever followed it and whoever claimed it."""
    latest = TrainingClaim.objects.annotate(latest=Max("steps")).values("latest")
    answered = ClaimStep.objects.filter(
        pk__in=latest, state__in=_ANSWERS, made_at__date__gt=today - timedelta(days=NEW_DAYS)
    ).select_related("claim__person__user", "claim__claimed_by", "claim__practice")
    for step in answered.order_by("pk"):
        claim = step.claim
        own = getattr(claim.person, "user", None)
        if own is not None and own.is_active:
            path = reverse("own_claim", args=[claim.pk])
            yield Item(own.pk, f"step-{step.pk}", _claim_values(step, path))
        if claim.claimed_by not in (None, own) and _takes_part(claim.claimed_by):
            path = reverse("claim", args=[claim.practice.slug, claim.pk])
            about = f"step-{step.pk}"
            yield Item(claim.claimed_by.pk, about, _claim_values(step, path), claim.practice_id)


def coaching(today: date) -> Iterator[Item]:
    """That coaching in the practice was planned, or why not, for whoever asked for it."""
    answered = CoachingRequest.objects.filter(
        state__in=(RequestState.PLANNED, RequestState.DECLINED),
        answered_at__date__gt=today - timedelta(days=NEW_DAYS),
    ).exclude(answered_by=F("asked_by"))
    everything = answered.select_related("course", "practice", "session", "asked_by")
    for request in everything.order_by("pk"):
        if request.asked_by is None or not _takes_part(request.asked_by):
            continue
        path = reverse("practice_training", args=[request.practice.slug])
        values = {
            "aanbod": request.course.title,
            "praktijk": request.practice.name,
            "antwoord": _coaching_answer(request),
            "link": settings.SITE_URL + path,
        }
        yield Item(request.asked_by.pk, f"request-{request.pk}", values, request.practice_id)


def _claim_values(step: ClaimStep, path: str) -> dict[str, str]:
    claim = step.claim
    return {
        "scholing": claim.title,
        "deelnemer": claim.person.name,
        "datum": date_format(claim.followed_on, "j F Y"),
        "besluit": "\n".join(filter(None, [_decision(step), step.text])),
        "link": settings.SITE_URL + path,
    }


def _decision(step: ClaimStep) -> str:
    """In Dutch, as the mail is; in the words of the page of the claim."""
    word = ClaimState(step.state).label
    if step.state == ClaimState.ASKED:
        return "PrimaCura heeft een vraag:"
    if step.state == ClaimState.DECLINED:
        return f"{word}, met deze uitleg:"
    if not step.counts_for:
        return f"{word}. De scholing telt niet mee voor een norm."
    return f"{word}. De scholing telt mee voor: {SessionKind(step.counts_for).label}."


def _coaching_answer(request: CoachingRequest) -> str:
    """In Dutch, as the mail is."""
    if request.state == RequestState.DECLINED:
        return f"Het kan niet door deze reden: {request.reason}"
    if request.session is None:
        return "Het is gepland."
    return f"Het is gepland op {date_format(request.session.held_on, 'l j F Y')}."


def _takes_part(user: User) -> bool:
    return user.is_active and user.person_id is not None


KINDS = (
    Kind(
        Announced(
            "mail-claim",
            _("Weekly mail: training followed elsewhere is judged"),
            "Elders gevolgd: {scholing}",
            "Het gaat om de scholing van {deelnemer} op {datum}.\n\n{besluit}\n\n"
            "Bekijk de scholing:\n{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "scholing": "Cursus motiverende gesprekken",
                "deelnemer": "Sam Bos",
                "datum": "14 maart 2028",
                "besluit": "Aangenomen. De scholing telt mee voor: Het andere gesprek.",
                "link": "https://mtvp.example/mijn-scholing/elders/12/",
            },
        ),
        _("What became of training followed elsewhere"),
        claims,
        _takes_part,
        _("You get this because this training is yours, or you claimed it."),
        permission=Permission.CLAIM_FOR_COLLEAGUES,
    ),
    Kind(
        Announced(
            "mail-coaching",
            _("Weekly mail: a request for coaching is answered"),
            "Uw vraag om {aanbod}",
            "U vroeg om {aanbod} voor {praktijk}.\n\n{antwoord}\n\nBekijk het bij uw scholing:\n"
            "{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "aanbod": "Coaching in de praktijk",
                "praktijk": "De Linde",
                "antwoord": "Het is gepland op dinsdag 14 maart 2028.",
                "link": "https://mtvp.example/praktijk/de-linde/scholing/",
            },
        ),
        _("The answer when you asked for coaching in the practice"),
        coaching,
        _takes_part,
        _("You get this because you asked for coaching in the practice."),
    ),
)
