"""What hinders practices in the demo, and what the region does about some of it."""

from datetime import date, datetime, time, timedelta

from django.db.models import Model
from django.utils import timezone

from highusers.states import PartnerKind
from monitoring.bottlenecks import services
from monitoring.bottlenecks.services import Described
from monitoring.bottlenecks.states import BottleneckKind, Source, Weight
from monitoring.models import (
    Bottleneck,
    BottleneckStep,
    StructuralBottleneck,
    StructuralStep,
)
from practices.models import Practice, User
from practices.states import RegionRoleName

P, K = PartnerKind, BottleneckKind
WAITING = "Een intake bij de ggz duurt nu ruim een half jaar."
REPORTS = (
    (P.MENTAL_HEALTH, K.WAITING, Weight.BADLY, WAITING),
    (P.MENTAL_HEALTH, K.WAITING, Weight.BADLY, "Wie doorverwezen is, belt ons elke week."),
    (P.MENTAL_HEALTH, K.WAITING, Weight.CLEARLY, "Wachttijd volwassenen loopt weer op."),
    (P.HOSPITAL, K.COMMUNICATION, Weight.CLEARLY, "Brieven komen soms pas na drie weken."),
    (P.HOSPITAL, K.COMMUNICATION, Weight.LITTLE, "Uitslagen staan in drie systemen."),
    (P.SOCIAL, K.REACHABILITY, Weight.CLEARLY, "Het wijkteam is alleen in de ochtend bereikbaar."),
    (P.MUNICIPALITY, K.CRITERIA, Weight.LITTLE, "Aanvraag komt terug om een ontbrekend vakje."),
    (
        P.HOSPITAL,
        K.REACHABILITY,
        Weight.CLEARLY,
        "De specialist belt pas na vier uur terug.",
    ),
    (
        P.OTHER,
        K.ICT,
        Weight.LITTLE,
        "Het portaal van de thuiszorg vraagt telkens een nieuwe code.",
    ),
)
GROUPED = 3
TAKEN_UP = Described(
    "Wachttijd voor een intake bij de ggz",
    P.MENTAL_HEALTH,
    "",
    K.WAITING,
    "PrimaCura bespreekt de wachttijden met de ggz-instellingen en vraagt om een meekijkconsult "
    "binnen twee weken. U hoort elk kwartaal hoe het staat.",
    None,
)
SOLVED = Described(
    "Brieven van de polikliniek komen laat",
    P.HOSPITAL,
    "",
    K.COMMUNICATION,
    "Het ziekenhuis stuurt brieven nu binnen een week.",
    None,
)


def report_bottlenecks(today: date) -> int:
    """How many reports there are; again it adds none. Those of questionnaires stand beside them."""
    coordinator = User.objects.filter(region_roles__role=RegionRoleName.COORDINATOR).first()
    if StructuralBottleneck.objects.exists() or coordinator is None:
        return Bottleneck.objects.count()
    practices = list(Practice.objects.in_region_order().exclude(consultant=None)[: len(REPORTS)])
    made = [
        _report(practice, said, today - timedelta(days=80 - 7 * number))
        for number, (practice, said) in enumerate(zip(practices, REPORTS, strict=False))
    ]
    _take_up(made, coordinator, today)
    return Bottleneck.objects.count()


def _report(
    practice: Practice, said: tuple[PartnerKind, BottleneckKind, Weight, str], day: date
) -> Bottleneck:
    """By somebody of the practice with an account, else by the consultant at a visit."""
    partner, kind, weight, text = said
    own = User.objects.filter(person__employments__practice=practice).order_by("pk").first()
    actor = own or practice.consultant
    assert actor is not None
    made = services.report_bottleneck(
        practice=practice,
        partner=partner,
        kind=kind,
        weight=weight,
        text=text,
        source=Source.PRACTICE if own else Source.VISIT,
        actor=actor,
        on_behalf=own is None,
    )
    _on(made, "reported_at", day)
    BottleneckStep.objects.filter(bottleneck=made).update(at=_noon(day))
    return made


def _take_up(made: list[Bottleneck], coordinator: User, today: date) -> None:
    """Two structural ones: one that is worked on and shown to all, one that is solved."""
    for described, reports, state, done, days in (
        (TAKEN_UP, made[:GROUPED], "taken_up", "Overleg gehad met twee instellingen.", 30),
        (SOLVED, made[GROUPED : GROUPED + 2], "solved", "Afspraak met het ziekenhuis loopt.", 20),
    ):
        if not reports:
            return
        one = services.make_structural(chosen=reports, described=described, actor=coordinator)
        services.note_step(structural=one, state=state, done=done, actor=coordinator)
        services.publish(structural=one, shown=True, actor=coordinator)
        first, last = today - timedelta(days=days), today - timedelta(days=days // 3)
        _on(one, "made_at", first)
        one.reports.update(grouped_at=_noon(first))
        StructuralStep.objects.filter(structural=one, done="").update(at=_noon(first))
        StructuralStep.objects.filter(structural=one).exclude(done="").update(at=_noon(last))


def _on(row: Model, field: str, day: date) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{field: _noon(day)})


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
