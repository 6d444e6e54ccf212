"""A small region in which every state of a practice occurs, placed around today."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from highusers.models import Extract, HighUser, PatientPlan
from highusers.states import ExtractSource
from interventions.models import ConsultationSchedule
from monitoring.models import Exemption, QuestionnaireAnswer, Visit
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.programme_year import add_months
from practices.states import RegionRoleName, StaffRole
from tests import factories
from training.models import Attendance, Session
from training.states import SessionKind


@dataclass(frozen=True)
class Region:
    """`linde` is half-way year 1, `korvel` in year 2 with work left, `reit` past year 2."""

    linde: Practice
    korvel: Practice
    reit: Practice
    wandelbos: Practice
    udenhout: Practice
    doctor: User
    manager: User
    assistant: User
    consultant: User
    coordinator: User
    facilitator: User
    insurer_reader: User


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


def build_region() -> Region:
    consultant = factories.region_user(
        RegionRoleName.CONSULTANT, email="consulent@voorbeeld.example", name="Sanne de Wit"
    )
    practices = _practices(consultant)
    linde, korvel = practices["De Linde"], practices["Korvel"]
    doctor = factories.staff_user(linde, StaffRole.GP_OWNER, email="huisarts@voorbeeld.example")
    manager = factories.staff_user(linde, StaffRole.MANAGER, email="manager@voorbeeld.example")
    assistant = factories.staff_user(
        linde, StaffRole.ASSISTANT, email="assistent@voorbeeld.example"
    )
    facilitator = factories.region_user(
        RegionRoleName.FACILITATOR, email="ekc@voorbeeld.example", name="Noor Smit"
    )
    _sessions(facilitator, linde, doctor, assistant)
    _records(linde, korvel)
    return Region(
        linde=linde,
        korvel=korvel,
        reit=practices["De Reit"],
        wandelbos=practices["Wandelbos"],
        udenhout=practices["Udenhout"],
        doctor=doctor,
        manager=manager,
        assistant=assistant,
        consultant=consultant,
        coordinator=factories.region_user(
            RegionRoleName.COORDINATOR, email="coordinator@voorbeeld.example", name="Lotte Maas"
        ),
        facilitator=facilitator,
        insurer_reader=factories.region_user(
            RegionRoleName.INSURER_READER,
            factories.insurer("CZ"),
            email="lezer@voorbeeld.example",
        ),
    )


def _practices(consultant: User) -> dict[str, Practice]:
    starts = {"De Linde": -290, "Korvel": -400, "De Reit": -800, "Wandelbos": 40, "Udenhout": -500}
    made = {
        name: factories.practice(
            name=name,
            slug=name.lower().replace(" ", "-"),
            cohort=factories.cohort(start_on=day(offset)),
            consultant=consultant,
        )
        for name, offset in starts.items()
    }
    Practice.objects.filter(name="Udenhout").update(stopped_on=day(-200))
    for practice in made.values():
        for role in (StaffRole.GP_OWNER, StaffRole.GP_LOCUM, StaffRole.POH, StaffRole.ASSISTANT):
            factories.employment(practice=practice, role=role)
    return made


def _sessions(facilitator: User, linde: Practice, doctor: User, assistant: User) -> None:
    kinds = [SessionKind.TRIAGE, SessionKind.CONVERSATION, SessionKind.INTERVISION]
    titles = ["Basistraining triage", "Positieve gezondheid", "Intervisie: verwijzen"]
    for number, (kind, title) in enumerate(zip(kinds, titles, strict=True)):
        for offset in (-60 + number, 9 + 4 * number):
            session = Session.objects.create(
                reference=f"{kind}{offset}",
                kind=kind,
                title=title,
                held_on=day(offset),
                starts_at="19:30",
                place="Goirle",
                facilitator=facilitator,
                capacity=12,
            )
            if offset < 0:
                for user in (doctor, assistant):
                    Attendance.objects.create(session=session, person=user.person, present=True)


def _records(linde: Practice, korvel: Practice) -> None:
    start = linde.start
    Extract.objects.create(
        practice=linde,
        period_start=add_months(start, -11),
        period_end=add_months(start, 1) - timedelta(days=1),
        source=ExtractSource.REGION,
        threshold=30,
        patients=2100,
        contacts=9000,
        high_users=31,
    )
    with practice_scope(linde):
        for number in range(1, 4):
            patient = HighUser.objects.create(
                practice=linde, patient_key=bytes([number]) * 32, number=number
            )
            PatientPlan.objects.create(
                practice=linde, high_user=patient, drafted_on=day(-30), contacts_before=40
            )
    ConsultationSchedule.objects.create(
        practice=linde, pattern="15 en 30 minuten", in_use_from=day(-20)
    )
    ConsultationSchedule.objects.create(
        practice=korvel, pattern="20 voor alles", in_use_from=day(-90)
    )
    Visit.objects.create(practice=korvel, held_on=day(-100), time_out_discussed=True)
    Exemption.objects.create(
        practice=korvel,
        intervention=5,
        programme_year=1,
        recorded_on=day(-150),
        reason="De POH was een jaar met verlof.",
    )
    QuestionnaireAnswer.objects.create(
        practice=korvel,
        programme_year=1,
        answered_on=day(-10),
        plans_made=False,
        lasting_habit=False,
        flexible_in_use=True,
    )
