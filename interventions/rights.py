"""What is held here on a person: own time-outs, and who said what a practice uses."""

from typing import Any

from django.db.models import Q

from interventions.models import (
    ConsultationSchedule,
    DayTemplate,
    Example,
    ExampleThanks,
    PlanVersion,
    SectionComment,
    SectionText,
    SharedTemplate,
    StepDone,
    TemplateBlock,
    TimeOut,
)
from practices.models import Person, User
from practices.rights.people import rows

OF_SECTION = (
    "section__plan__practice__name",
    "section__plan__programme_year",
    "section__kind",
)


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    said = ConsultationSchedule.objects.filter(said_by=account) if account else None
    noted = TimeOut.objects.filter(person=person) if person else None
    held: dict[str, Any] = {}
    if account is not None:
        offered = Example.objects.filter(offered_by=account)
        held["examples"] = rows(offered, "title", "practice__name", "offered_at", "state")
        thanks = ExampleThanks.objects.filter(user=account)
        held["examples_thanked"] = rows(thanks, "example__title", "at")
        held |= _lengths(account)
        held |= _practice_plans(account)
    if said is not None:
        held["schedules"] = rows(said, "practice__name", "pattern", "said_at", "on_behalf")
    if noted is not None:
        names = ("held_on", "kind", "specialism", "step", "outcome", "learned", "noted_at")
        held["time_outs"] = rows(noted, "practice__name", *names)
    if person is not None:
        held["day_blocks"] = _days(person)
        named = SectionText.objects.filter(person=person)
        held["practice_plan_tasks"] = rows(named, *OF_SECTION, "text", "written_at")
    return held


def _practice_plans(account: User) -> dict[str, Any]:
    texts = SectionText.objects.filter(written_by=account)
    comments = SectionComment.objects.filter(written_by=account)
    versions = PlanVersion.objects.filter(handed_in_by=account)
    agreed = PlanVersion.objects.filter(
        Q(practice_agreed_by=account) | Q(consultant_agreed_by=account)
    )
    names = ("plan__practice__name", "plan__programme_year", "number")
    return {
        "practice_plan_texts": rows(texts, *OF_SECTION, "field", "text", "written_at"),
        "practice_plan_comments": rows(comments, *OF_SECTION, "text", "written_at"),
        "practice_plans_handed_in": rows(versions, *names, "handed_in_at", "on_behalf"),
        "practice_plans_agreed": rows(agreed, *names, "practice_agreed_at", "consultant_agreed_at"),
    }


def _lengths(account: User) -> dict[str, Any]:
    made = DayTemplate.objects.filter(made_by=account)
    shared = SharedTemplate.objects.filter(offered_by=account)
    steps = StepDone.objects.filter(ticked_by=account)
    return {
        "day_templates": rows(made, "practice__name", "name", "made_at", "on_behalf"),
        "shared_templates": rows(shared, "practice__name", "name", "offered_at", "state"),
        "length_steps": rows(steps, "practice__name", "step", "ticked_at", "on_behalf"),
    }


def _days(person: Person) -> list[dict[str, Any]]:
    """By the name that stands there: a block is tied to no person."""
    where = person.employments.values("practice")
    found = TemplateBlock.objects.filter(template__practice__in=where, who__iexact=person.name)
    return rows(found, "template__name", "weekday", "begins", "ends", "kind")
