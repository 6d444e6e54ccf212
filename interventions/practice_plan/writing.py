"""Writing in one field of a plan without losing what a colleague writes in it.

See `practices.beside`. A text is kept beside the other too when the plan was handed in meanwhile.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from interventions.models import PlanSection, PracticePlan, SectionText
from interventions.practice_plan.services import NotNowError, changing
from interventions.practice_plan.states import WRITABLE, Field
from practices.audit import record
from practices.beside import Outcome, Way, mark_of, tidy
from practices.models import Employment, Person, Practice, User
from practices.states import AuditAction


@dataclass(frozen=True, slots=True)
class Written:
    """`seen` is the mark of the text this one was based on."""

    field: Field
    text: str
    seen: str


def write_field(*, section: PlanSection, written: Written, actor: User, on_behalf: bool) -> Outcome:
    """Put a text into its field, or beside it where a colleague was first."""
    text = tidy(written.text)
    with changing(section.plan) as plan:
        kept = _kept(section, written.field)
        if text == (kept.text if kept else "") or mark_of(text) == written.seen:
            return Outcome.SAME
        free = plan.state in WRITABLE and mark_of(kept.text if kept else "") == written.seen
        if free:
            _put(plan, section, written.field, text, actor, on_behalf)
            section.texts.filter(field=written.field, apart=True, written_by=actor).delete()
        else:
            SectionText.objects.update_or_create(
                section=section,
                field=written.field,
                written_by=actor,
                apart=True,
                defaults={
                    "text": text,
                    "written_at": timezone.now(),
                    "on_behalf": on_behalf,
                    "person": _colleague(plan.practice, written.field, text),
                },
            )
        record(
            actor=actor,
            action=AuditAction.CHANGE,
            obj=section,
            practice=plan.practice,
            fields=[written.field],
            apart=not free,
        )
    return Outcome.SAVED if free else Outcome.APART


def choose(*, waiting: SectionText, way: Way, seen: str, actor: User, on_behalf: bool) -> Outcome:
    """Let a text that waits take the place of the other, join it, or go. `APART` when the field
    changed again since it was `seen`. A day is never joined. Raises `NotNowError`."""
    with changing(waiting.section.plan, only=WRITABLE) as plan:
        if not SectionText.objects.filter(pk=waiting.pk, apart=True).exists():
            raise NotNowError
        section, field = waiting.section, Field(waiting.field)
        kept = _kept(section, field)
        theirs = kept.text if kept else ""
        if mark_of(theirs) != seen:
            return Outcome.APART
        if way is not Way.THEIRS:
            joined = way is Way.BOTH and field != Field.BY_ON
            between = "\n\n" if field in (Field.DOING, Field.HOPE) else ", "
            text = between.join(filter(None, (theirs, waiting.text))) if joined else waiting.text
            _put(plan, section, field, text, actor, on_behalf)
        waiting.delete()
        record(
            actor=actor,
            action=AuditAction.CHANGE,
            obj=section,
            practice=plan.practice,
            fields=[field],
            chosen=str(way),
        )
    return Outcome.SAVED


def _kept(section: PlanSection, field: Field) -> SectionText | None:
    return SectionText.objects.filter(section=section, field=field, apart=False).first()


def _put(
    plan: PracticePlan,
    section: PlanSection,
    field: Field,
    text: str,
    actor: User,
    on_behalf: bool,
) -> None:
    SectionText.objects.update_or_create(
        section=section,
        field=field,
        apart=False,
        defaults={
            "text": text,
            "person": _colleague(plan.practice, field, text),
            "written_by": actor,
            "written_at": timezone.now(),
            "on_behalf": on_behalf,
            "from_year": None,
        },
    )


def _colleague(practice: Practice, field: Field, text: str) -> Person | None:
    """The one person in service whom the text names; nobody when two have that name."""
    if field != Field.WHO:
        return None
    found = colleagues(practice).filter(name__iexact=text)[:2]
    return found[0] if len(found) == 1 else None


def colleagues(practice: Practice) -> QuerySet[Person]:
    serving = Employment.objects.in_service(timezone.localdate()).filter(practice=practice)
    return Person.objects.filter(pk__in=serving.values("person")).order_by("name")
