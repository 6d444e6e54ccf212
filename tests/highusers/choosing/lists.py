"""A list of high users to go through, for tests."""

from datetime import date

from highusers.choosing.listing import Board, Line, board
from highusers.choosing.services import Patient, Seen, judge
from highusers.models import Extract, HighUser, Judgement, PatientTotal
from practices.isolation import practice_scope
from practices.models import Practice, User

TODAY = date(2024, 5, 1)


def the_board(practice: Practice, today: date = TODAY) -> Board:
    with practice_scope(practice):
        return board(practice, today)


def lines(practice: Practice) -> dict[str, Line]:
    return {line.code: line for line in the_board(practice).lines}


def patient(practice: Practice, number: int = 1) -> Patient:
    with practice_scope(practice):
        high_user = HighUser.objects.get(number=number)
    latest = Extract.objects.filter(practice=practice).order_by("-period_end").first()
    assert latest is not None
    return Patient(practice, high_user, latest.period_end)


def say(practice: Practice, actor: User, number: int = 1, **given: object) -> Judgement:
    """What somebody fills in who sees the row as it is."""
    about = patient(practice, number)
    return judge(about, given=given, seen=seen_now(practice, number), actor=actor).judgement


def seen_now(practice: Practice, number: int = 1) -> Seen:
    found = judgement(practice, number)
    if found is None:
        return Seen(0, {"influenceable": "", "profile": None, "discussed_on": None, "reason": ""})
    fields = ("influenceable", "profile", "discussed_on", "reason")
    return Seen(found.version, {name: getattr(found, name) for name in fields})


def judgement(practice: Practice, number: int = 1) -> Judgement | None:
    with practice_scope(practice):
        people = ("profile", "said_by")
        found = Judgement.objects.filter(high_user__number=number).select_related(*people)
        return found.first()


def tell_more(practice: Practice, number: int, **fields: object) -> None:
    """What a richer file would have told of this patient."""
    with practice_scope(practice):
        key = HighUser.objects.get(number=number).patient_key
        PatientTotal.objects.filter(patient_key=key).update(**fields)
