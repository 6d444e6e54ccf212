"""Time-outs that people in the demo noted over the last year and a half, drawn by chance."""

from datetime import date

import numpy

from interventions.models import TimeOut
from interventions.timeouts.states import Kind, Outcome, Specialism, Step
from monitoring.demo.chance import day_between, dice
from practices.models import Employment
from practices.permissions import BY_STAFF_ROLE, Permission
from practices.programme_year import add_months

MONTHS = 18
FEWEST, MOST = 4, 18
FREQUENT = (
    Specialism.ORTHOPAEDICS,
    Specialism.CARDIOLOGY,
    Specialism.IMAGING,
    Specialism.DERMATOLOGY,
    Specialism.NEUROLOGY,
)
SHARE_FREQUENT = 0.7
OUTCOMES = {Outcome.NOT_SENT: 0.52, Outcome.SENT: 0.42, Outcome.OPEN: 0.06}
STEPS = (0.3, 0.4, 0.12, 0.15, 0.03)
LEARNED = (
    "Na twee weken terugzien gaf genoeg duidelijkheid.",
    "De richtlijn vraagt eerst een andere test.",
    "Een collega keek mee: geen alarmsymptomen.",
    "Vraag aan de specialist via meedenken was binnen een dag beantwoord.",
)
SHARE_LEARNED = 0.4


def note_time_outs(*, seed: int, today: date) -> int:
    """How many there are; again it adds none."""
    if TimeOut.objects.exists():
        return 0
    roles = [role for role, held in BY_STAFF_ROLE.items() if Permission.KEEP_TIME_OUTS in held]
    serving = Employment.objects.in_service(today).filter(role__in=roles).order_by("pk")
    made = [one for spell in serving for one in _of(spell, dice(seed, "time-out", spell.pk), today)]
    TimeOut.objects.bulk_create(made)
    return len(made)


def _of(spell: Employment, chance: numpy.random.Generator, today: date) -> list[TimeOut]:
    first = max(add_months(today, -MONTHS), spell.started_on)
    return [
        TimeOut(
            practice_id=spell.practice_id,
            person_id=spell.person_id,
            held_on=day_between(chance, first, today),
            kind=Kind.REFERRAL if chance.random() < 0.7 else Kind.DIAGNOSTICS,
            specialism=_specialism(chance),
            step=str(chance.choice(Step.values, p=STEPS)),
            outcome=str(chance.choice(list(OUTCOMES), p=list(OUTCOMES.values()))),
            learned=str(chance.choice(LEARNED)) if chance.random() < SHARE_LEARNED else "",
        )
        for _one in range(int(chance.integers(FEWEST, MOST)))
    ]


def _specialism(chance: numpy.random.Generator) -> str:
    among = FREQUENT if chance.random() < SHARE_FREQUENT else Specialism.values
    return str(chance.choice(list(among)))
