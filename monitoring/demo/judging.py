"""What the teams of the other practices said of their high users, and their hotspotters, so that
the region has something to count. All drawn by chance; rows go in per practice at once."""

from datetime import timedelta

from highusers.models import (
    Evaluation,
    Extract,
    HighUser,
    Judgement,
    PatientPlan,
    PatientProfile,
    PatientTotal,
)
from highusers.states import AimOutcome, ExtractSource, Influenceable, Outcome
from monitoring.demo.chance import dice
from monitoring.demo.region import DemoPractice, DemoRegion, begun
from practices.isolation import practice_scope
from practices.models import Practice

SHARE_DISCUSSED = 0.85
# Of each profile, how often a team finds the use influenceable, doubts, or does not.
SAID_OF_PROFILE = (
    (0.7, 0.2, 0.1),
    (0.55, 0.3, 0.15),
    (0.5, 0.25, 0.25),
    (0.4, 0.35, 0.25),
    (0.3, 0.3, 0.4),
    (0.2, 0.3, 0.5),
)
DAYS_TO_DISCUSS = 35
ONE_IN_HOTSPOTTER = 6
AIMS = ("own_control", "health", "collaboration", "insight")


def judge_lists(region: DemoRegion) -> None:
    """Judgements on the last uploaded list of each practice but the first, which is there to try
    it out; and hotspotters among its plans, most of them evaluated."""
    profiles = list(PatientProfile.objects.order_by("number"))
    for one in begun(region):
        if not one.is_home and profiles:
            practice = Practice.objects.get(code=one.code)
            with practice_scope(practice):
                _judge(region, one, practice, profiles)
                _mark_hotspotters(region, one, practice)


def _judge(
    region: DemoRegion, one: DemoPractice, practice: Practice, profiles: list[PatientProfile]
) -> None:
    uploads = Extract.objects.filter(practice=practice, source=ExtractSource.UPLOAD)
    extract = uploads.order_by("-period_end").first()
    if extract is None or Judgement.objects.exists():
        return
    chance = dice(region.seed, "judged", one.index)
    on_list = PatientTotal.objects.filter(extract=extract, contacts__gte=extract.threshold)
    judgements = []
    for high_user in HighUser.objects.filter(patient_key__in=on_list.values("patient_key")):
        place = int(chance.integers(len(profiles)))
        if chance.random() < SHARE_DISCUSSED:
            said = chance.choice(Influenceable.values, p=SAID_OF_PROFILE[place % 6])
            judgements.append(
                Judgement(
                    practice=practice,
                    high_user=high_user,
                    period_end=extract.period_end,
                    influenceable=str(said),
                    profile=profiles[place],
                    discussed_on=extract.period_end + timedelta(days=DAYS_TO_DISCUSS),
                )
            )
    Judgement.objects.bulk_create(judgements)


def _mark_hotspotters(region: DemoRegion, one: DemoPractice, practice: Practice) -> None:
    chance = dice(region.seed, "hotspotters", one.index)
    evaluations = []
    for plan in PatientPlan.objects.order_by("drafted_on", "pk"):
        marked, evaluated, all_aims = chance.random(3)
        held_on = plan.evaluate_on
        if marked > 1 / ONE_IN_HOTSPOTTER or held_on is None:
            continue
        PatientPlan.objects.filter(pk=plan.pk).update(hotspotter=True)
        if held_on <= region.today and evaluated < 0.8:
            aims = AIMS if all_aims < 0.6 else AIMS[:2]
            evaluations.append(
                Evaluation(
                    practice=practice,
                    plan=plan,
                    held_on=held_on,
                    outcome=Outcome.PARTLY,
                    **{aim: str(chance.choice(AimOutcome.values)) for aim in aims},
                )
            )
    Evaluation.objects.bulk_create(evaluations, ignore_conflicts=True)
