"""Everything with an owner and a date in one practice, from what each app says is due.

A source is a function from `Asked` to tasks. To add one, write it and name it in `SOURCES`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from highusers.followup.due import Due, DueItem, When, when_of
from highusers.followup.listing import listed_due, own_actions
from interventions.models import PracticePlan
from interventions.practice_plan.page import shown_sections
from interventions.practice_plan.services import year_of
from interventions.practice_plan.states import Field
from monitoring.compliance import QUESTIONNAIRE, Part, Status
from monitoring.kitchen import facts as kitchens
from monitoring.models import QuestionnaireAnswer
from monitoring.report.states import QuoteState
from monitoring.standing import standing
from monitoring.visits.facts import open_agreements, waiting_for
from practices.models import Practice, User
from practices.permissions import Permission
from practices.tenancy import Access
from training.models import TrainingClaim
from training.states import ClaimState


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose list, of which practice, as of when."""

    practice: Practice
    user: User
    access: Access
    today: date

    def address(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.practice.slug, *args])


@dataclass(frozen=True, slots=True)
class Task:
    """`on` is the last day in time; `owner` who is to do it, '' for nobody yet. `url` leads to
    where it is done, '' when that page does not open for who looks. `mine`: for who looks. `done`
    is the address that takes one tap to say so, '' where there is none."""

    what: str
    on: date | None
    owner: str
    mine: bool
    url: str
    done: str = ""

    def when(self, today: date) -> When:
        return when_of(self.on, today)


Source = Callable[[Asked], Iterable[Task]]


def patient_plans(asked: Asked) -> Iterator[Task]:
    """Evaluations and actions, for who sees plans."""
    if Permission.SEE_PLANS in asked.access:
        due = listed_due(practice=asked.practice, actor=asked.user, today=asked.today)
        yield from (_of_plan(asked, item) for item in due)


def own_plan_actions(asked: Asked) -> Iterator[Task]:
    """Others hear how many actions wait for them; what they are a clinician tells."""
    person = asked.user.person_id
    found = own_actions(practice=asked.practice, access=asked.access, person=person)
    if found.number:
        text = ngettext(
            "%(number)s action of a patient plan. Ask a clinician which.",
            "%(number)s actions of patient plans. Ask a clinician which.",
            found.number,
        )
        what = text % {"number": found.number}
        yield Task(what=what, on=found.first_on, owner=str(asked.user), mine=True, url="")


def obligations(asked: Asked) -> Iterator[Task]:
    """What the practice itself answers or arranges before a day; a late answer still counts."""
    told: set[tuple[str, int]] = set()
    for found in standing(asked.today, [asked.practice.pk]):
        for duty in found.obligations:
            for part in duty.parts:
                key = (part.name, duty.programme_year)
                if key not in told and part.name in _OF_PART and _is_open(part):
                    told.add(key)
                    yield _OF_PART[part.name](asked, duty.programme_year, part)


def training_to_complete(asked: Asked) -> Iterator[Task]:
    """Training followed elsewhere about which the coordinator asks more."""
    claims = TrainingClaim.objects.of_practice(asked.practice).filter(state=ClaimState.ASKED)
    for_all = Permission.CLAIM_FOR_COLLEAGUES in asked.access
    found = claims if for_all else claims.filter(person=asked.user.person_id)
    for claim in found.select_related("person").order_by("followed_on", "pk"):
        own = claim.person_id == asked.user.person_id
        yield Task(
            what=_("Complete the training followed elsewhere: %(title)s") % {"title": claim.title},
            on=None,
            owner=claim.person.name,
            mine=own,
            url=reverse("own_claim_change", args=[claim.pk])
            if own
            else asked.address("claim_change", claim.pk),
        )


def practice_plan(asked: Asked) -> Iterator[Task]:
    """What the practice's own plan of this year says somebody does before a day."""
    year = year_of(asked.practice, asked.today)
    plans = PracticePlan.objects.filter(practice=asked.practice, programme_year=year)
    for plan in plans:
        for part in shown_sections(plan):
            said = {one.name: one for one in part.fields}
            day, who = said[Field.BY_ON].text, said[Field.WHO]
            if not day or not who.text or part.section.done_on:
                continue
            person = who.kept.person_id if who.kept else None
            yield Task(
                what=_("Our plan: %(subject)s") % {"subject": part.name},
                on=date.fromisoformat(day),
                owner=who.text,
                mine=person is not None and person == asked.user.person_id,
                url=f"{asked.address('practice_plan_year', year)}#deel-{part.section.pk}",
            )


def visit_agreements(asked: Asked) -> Iterator[Task]:
    """What was agreed at visits; who does not read the reports sees the own ones."""
    reads = Permission.SEE_VISIT_REPORTS in asked.access
    for one in open_agreements(practices=[asked.practice.pk]):
        own = one.person is not None and one.person == asked.user.person_id
        if own or reads:
            yield Task(
                what=one.what,
                on=one.due_on,
                owner=one.owner,
                mine=own or (one.account is not None and one.account == asked.user.pk),
                url=one.url if reads else "",
                done=asked.address("visit_agreement", one.pk),
            )


def visit_reports(asked: Asked) -> Iterator[Task]:
    """Reports of visits that wait for who runs the account."""
    if Permission.CONFIRM_VISIT in asked.access:
        for visit in waiting_for(asked.practice):
            day = date_format(visit.held_on)
            yield Task(
                what=_("Confirm the report of the visit on %(date)s") % {"date": day},
                on=None,
                owner=_("Who runs the account of the practice"),
                mine=True,
                url=asked.address("visit_report", visit.code),
            )


def quotes_asked(asked: Asked) -> Iterator[Task]:
    """Words that may stand in the yearly report when the practice says so."""
    if Permission.CONSENT_TO_QUOTE not in asked.access:
        return
    for quote in asked.practice.quotes.filter(state=QuoteState.ASKED).order_by("pk"):
        yield Task(
            what=_("Say whether your words may stand in the yearly report %(year)s")
            % {"year": quote.year},
            on=None,
            owner=_("Who runs the account of the practice"),
            mine=asked.access.works_here,
            url=f"{asked.address('practice_quotes')}#citaat-{quote.pk}",
        )


def reopened_questionnaires(asked: Asked) -> Iterator[Task]:
    """What was handed in counts; the region asks to look at it once more."""
    if Permission.ANSWER_QUESTIONNAIRE not in asked.access:
        return
    answers = QuestionnaireAnswer.objects.filter(practice=asked.practice, reopened_at__isnull=False)
    for answer in answers.order_by("programme_year"):
        yield Task(
            what=_("Change the questionnaire about year %(year)s and hand it in again")
            % {"year": answer.programme_year},
            on=None,
            owner=_("Who runs the account of the practice"),
            mine=asked.access.works_here,
            url=asked.address("questionnaire", answer.programme_year),
        )


def looks_in_kitchens(asked: Asked) -> Iterator[Task]:
    """As host: answer, make an appointment, say that it happened; as guest: say so, too."""
    opens = Permission.LOOK_IN_KITCHENS in asked.access
    for waiting in kitchens.waiting_for(asked.practice):
        if waiting.said:
            text = _("Say whether you looked in each other's kitchen: %(practice)s, %(title)s")
        elif waiting.accepted:
            text = _("Make an appointment with %(practice)s, who want to look: %(title)s")
        else:
            text = _("Say whether %(practice)s may come and look: %(title)s")
        yield Task(
            what=text % {"practice": waiting.other, "title": waiting.title},
            on=None,
            owner=waiting.owner,
            mine=waiting.user == asked.user.pk,
            url=asked.address("practice_kitchens") if opens else "",
        )


def _is_open(part: Part) -> bool:
    late = part.status is Status.MISSED and part.name == QUESTIONNAIRE
    return late or part.status in (Status.AT_RISK, Status.ON_TRACK)


def _questionnaire(asked: Asked, year: int, part: Part) -> Task:
    opens = Permission.ANSWER_QUESTIONNAIRE in asked.access
    return Task(
        what=_("Answer the questionnaire about year %(year)s") % {"year": year},
        on=part.deadline,
        owner=_("Who runs the account of the practice"),
        mine=opens and asked.access.works_here,
        url=asked.address("questionnaire", year) if opens else "",
    )


def _schedule(asked: Asked, _year: int, part: Part) -> Task:
    opens = Permission.KEEP_SCHEDULE in asked.access
    return Task(
        what=_("Put a flexible consultation length into use"),
        on=part.deadline,
        owner=_("The practice"),
        mine=False,
        url=asked.address("schedules") if opens else "",
    )


_OF_PART: dict[str, Callable[[Asked, int, Part], Task]] = {
    QUESTIONNAIRE: _questionnaire,
    "schedule": _schedule,
}


def _of_plan(asked: Asked, item: DueItem) -> Task:
    is_action = item.kind is Due.ACTION
    what = item.what if is_action else _("Evaluate the plan")
    address = asked.address("patient_plan", item.code.lower())
    return Task(
        what=f"{item.code}: {what}",
        on=item.on,
        owner=item.owner,
        mine=item.person is not None and item.person == asked.user.person_id,
        url=f"{address}#actions" if is_action else address,
    )


SOURCES: tuple[Source, ...] = (
    patient_plans,
    own_plan_actions,
    practice_plan,
    visit_reports,
    visit_agreements,
    obligations,
    training_to_complete,
    quotes_asked,
    reopened_questionnaires,
    looks_in_kitchens,
)


def tasks_of(asked: Asked, sources: Iterable[Source] = SOURCES) -> list[Task]:
    """Due soonest first; what has no date stands at the end."""
    found = [task for source in sources for task in source(asked)]
    return sorted(found, key=lambda task: (task.on is None, task.on or asked.today, task.what))
