"""The plan on paper: what it says, what is to be done, how it went."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from highusers.conversations.sheet import CAUTION
from highusers.conversations.web import ON_PAPER, web_of
from highusers.models import Conversation, PatientPlan, PlanAction
from highusers.plans.page import Evaluated, evaluations_of, facts_of
from highusers.plans.words import label_of, words_of
from mtvp.charts.numbers import day
from mtvp.documents.model import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Kind,
    Paragraph,
    Table,
    Value,
)
from practices.models import Practice


def plan_document(practice: Practice, plan: PatientPlan) -> Document:
    blocks: list[Block] = [_facts(plan)]
    blocks += _actions(plan) + _evaluations(plan) + _web(plan)
    return Document(
        title=_("Plan %(code)s") % {"code": plan.high_user.code},
        subtitle=_("Drawn up on %(date)s. State: %(state)s.")
        % {"date": day(plan.drafted_on), "state": plan.get_state_display()},
        language=get_language() or "nl",
        author=practice.name,
        created_on=timezone.localdate(),
        details=(),
        blocks=tuple(blocks),
        footer=_("Plan %(code)s, printed on %(date)s. The medical record is in the GP system.")
        % {"code": plan.high_user.code, "date": day(timezone.localdate())},
        sheet=True,
    )


def _facts(plan: PatientPlan) -> Table:
    rows = facts_of(plan)
    for name in ("moment_kind", "instruction", "evaluate_on", "consent_on"):
        value = getattr(plan, name)
        if value:
            plain = value.isoformat() if name in ("evaluate_on", "consent_on") else value
            rows.append((label_of(name), words_of(name, plain, {})))
    columns = (Column(_("What")), Column(_("Agreed")))
    return Table(_("The plan"), columns, tuple(rows))


def _actions(plan: PatientPlan) -> list[Block]:
    found = PlanAction.objects.filter(plan=plan).select_related("colleague", "partner")
    rows: list[tuple[Value, ...]] = [
        (
            one.what,
            str(one.colleague or one.partner or ""),
            one.due_on or "",
            one.get_state_display(),
        )
        for one in found
    ]
    if not rows:
        return []
    columns = (
        Column(_("What")),
        Column(_("Who")),
        Column(_("When"), Kind.DATE),
        Column(_("State")),
    )
    return [Table(_("Actions"), columns, tuple(rows))]


def _evaluations(plan: PatientPlan) -> list[Block]:
    """A table for each, the latest first."""
    return [_evaluation(one) for one in evaluations_of(plan)]


def _evaluation(one: Evaluated) -> Table:
    said = [
        (_("Goals"), one.row.get_outcome_display()),
        (_("What we see"), one.row.findings),
        (_("What we change"), one.row.adjustment),
        *((aim.label, aim.outcome) for aim in one.aims),
    ]
    title = _("Evaluation of %(date)s") % {"date": day(one.row.held_on)}
    columns = (Column(_("What")), Column(_("Found")))
    return Table(title, columns, tuple((label, words) for label, words in said if words))


def _web(plan: PatientPlan) -> list[Block]:
    talks = list(Conversation.objects.filter(high_user=plan.high_user_id))
    web = web_of(talks, ON_PAPER)
    if web is None:
        return []
    heading = Heading(_("Conversations"), new_page=True)
    return [heading, Figure(web), Paragraph(str(CAUTION), style="note")]
