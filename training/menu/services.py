"""The coordinator keeps the menu: courses, their order, and what they cost from which day on."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from practices.audit import record
from practices.models import User
from practices.states import AuditAction
from training.models import Course, CoursePrice, Session


def price_on(course: Course | None, day: date) -> Decimal | None:
    """What is asked for a session of this course on this day, when it is planned now."""
    if course is None:
        return None
    prices = course.prices.filter(valid_from__lte=day).order_by("-valid_from")
    return prices.values_list("price", flat=True).first()


@transaction.atomic
def add_course(*, fields: Mapping[str, Any], actor: User) -> Course:
    """A new offer, last of its kind."""
    course = Course.objects.create(**fields, position=_last(fields["kind"]) + 1)
    record(actor=actor, action=AuditAction.CREATE, obj=course)
    return course


@transaction.atomic
def change_course(*, course: Course, fields: Mapping[str, Any], actor: User) -> Course:
    """Change what is told of it; another kind puts it last there. Sessions planned keep theirs."""
    course = _locked(course)
    changed = [name for name, value in fields.items() if getattr(course, name) != value]
    if not changed:
        return course
    if "kind" in changed:
        course.position = _last(fields["kind"]) + 1
    for name in changed:
        setattr(course, name, fields[name])
    course.save()
    record(actor=actor, action=AuditAction.CHANGE, obj=course, fields=sorted(changed))
    return course


@transaction.atomic
def offer_course(*, course: Course, offered: bool, actor: User) -> Course:
    """Take it off the menu or put it back; what is planned of it goes on."""
    course = _locked(course)
    if course.active != offered:
        course.active = offered
        course.save(update_fields=["active"])
        record(actor=actor, action=AuditAction.CHANGE, obj=course, fields=["active"])
    return course


@transaction.atomic
def move_course(*, course: Course, steps: int, actor: User) -> None:
    """Put it so many places further down (up when negative) among the offers of its kind."""
    kin = list(Course.objects.select_for_update(no_key=True).filter(kind=course.kind))
    here = kin.index(course)
    there = max(0, min(here + steps, len(kin) - 1))
    if here == there:
        return
    kin.insert(there, kin.pop(here))
    for position, one in enumerate(kin, start=1):
        one.position = position
    Course.objects.bulk_update(kin, ["position"])
    record(actor=actor, action=AuditAction.CHANGE, obj=course, fields=["position"])


@transaction.atomic
def set_price(
    *, course: Course, price: Decimal, valid_from: date, actor: User | None
) -> CoursePrice:
    """What it costs from this day on. What is planned keeps the price it has; sessions from that
    day on that have none yet get this one."""
    course = _locked(course)
    made, new = CoursePrice.objects.update_or_create(
        course=course, valid_from=valid_from, defaults={"price": price}
    )
    later = course.prices.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    unpriced = Session.objects.filter(course=course, price=None, held_on__gte=valid_from)
    if later is not None:
        unpriced = unpriced.filter(held_on__lt=later.valid_from)
    priced = unpriced.update(price=price)
    action = AuditAction.CREATE if new else AuditAction.CHANGE
    record(actor=actor, action=action, obj=made, sessions=priced)
    return made


def _locked(course: Course) -> Course:
    return Course.objects.select_for_update(no_key=True).get(pk=course.pk)


def _last(kind: str) -> int:
    last: int = Course.objects.filter(kind=kind).aggregate(last=Max("position", default=0))["last"]
    return last
