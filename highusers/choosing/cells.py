"""The cells of a patient in the list, as HTML.

In Python and not in templates: the list has dozens of patients with a dozen fields each, and a
template would take more time than the whole rest of the page. Every value is escaped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from highusers.choosing.contacts import day_text
from highusers.choosing.listing import Line
from highusers.choosing.markup import filled, filled_each, joined
from highusers.choosing.saving import Answer
from highusers.models import Judgement, PatientPlan
from highusers.states import Influenceable, PlanState

CODE = "V-00"
"""Stands for the code of a patient in words that all rows share."""

NOTHING = SafeString("")
_CHECKED = SafeString(" checked")
_FIELD = '<input type="hidden" name="{}" form="f-{}" value="{}">'
_RADIO = (
    '<label><input type="radio" name="influenceable" form="f-{0}" id="{0}-{1}" value="{1}"{2}>'
    "{3}</label>"
)
_BUTTON = (
    '<button class="btn btn-{look}" type="submit" form="f-{key}" id="choose-{key}" name="do"'
    ' value="{do}" data-key="k" hx-post="{at}" aria-label="{name}">{text}</button>'
)
_REASON = (
    '<input class="form-control" name="reason" form="f-{key}" id="{key}-reason" maxlength="500"'
    ' value="{reason}" placeholder="{ask}" aria-label="{name}">'
)
_SAVES = (
    ' hx-post="{at}" hx-trigger="change" hx-include="#f-{key}" hx-target="#said-{key}"'
    ' hx-sync="this:queue last"'
)
_FORM = (
    '<form id="f-{key}" method="post" action="{at}">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{token}">{page}</form>'
)


def words() -> dict[str, str]:
    """What rows say, once per page; `CODE` stands for the patient."""
    code = {"code": CODE}
    return {
        "choose": _("Choose"),
        "choose_code": _("Choose %(code)s") % code,
        "undo": _("Undo"),
        "undo_code": _("Undo the choice of %(code)s") % code,
        "chosen": _("Chosen"),
        "why": _("Why this patient?"),
        "reason_code": _("Reason for choosing %(code)s") % code,
        "asked_code": _("Can the high use of %(code)s be influenced?") % code,
        "profile_code": _("Profile of %(code)s") % code,
        "no_plan": _("No plan yet"),
        "earlier": _("Earlier:"),
        "save": _("Save"),
        "no_channel": _("Channel: not in the file"),
    }


@dataclass(frozen=True, slots=True)
class Desk:
    """What all rows of a page share: addresses up to the key of a patient, words, rights.

    `profiles` are the options of the list of profiles, by the one that is chosen; `check` is the
    picture before what was chosen."""

    judge_at: str
    plan_at: str
    query: str
    token: str
    check: str
    words: Mapping[str, str]
    answers: Sequence[tuple[str, str]]
    states: Mapping[str, str]
    profiles: Mapping[int | None, SafeString]
    may_see: bool
    may_choose: bool
    in_meeting: bool = False

    def judge(self, line: Line) -> str:
        return f"{self.judge_at}{line.key}/{self.query}"

    def word(self, name: str, line: Line) -> str:
        return self.words[name].replace(CODE, line.code)


def answers() -> list[tuple[str, str]]:
    return [(str(one.value), str(one.label)) for one in Influenceable]


def states() -> dict[str, str]:
    return {str(one.value): str(one.label) for one in PlanState}


def form(desk: Desk, line: Line) -> SafeString:
    """The form that the fields of a row belong to, wherever they stand."""
    page = SafeString('<input type="hidden" name="page" value="meeting">')
    return filled(
        _FORM,
        key=line.key,
        at=desk.judge(line),
        token=desk.token,
        page=page if desk.in_meeting else NOTHING,
    )


def saves(desk: Desk, line: Line) -> SafeString:
    """What makes a row save itself, one save after the other; without scripts a button does."""
    return filled(_SAVES, at=desk.judge(line), key=line.key)


def name(desk: Desk, line: Line) -> SafeString:
    if not desk.may_see:
        return SafeString(line.code)
    link = filled('<a href="{}{}/">{}</a>', desk.plan_at, line.key, line.code)
    return link + form(desk, line) if desk.may_choose else link


def plans(desk: Desk, line: Line) -> SafeString:
    """The state of this year's plan, and in which years there was one before."""
    parts = [NOTHING]
    if line.plan is not None:
        parts.append(_plan(desk, line, line.plan))
    elif not line.earlier:
        parts.append(filled('<span class="hint">{}</span>', desk.words["no_plan"]))
    if line.earlier:
        years = ", ".join(str(one.drafted_on.year) for one in line.earlier)
        parts.append(filled('<span class="hint">{} {}</span>', desk.words["earlier"], years))
    return joined(parts)


def _plan(desk: Desk, line: Line, plan: PatientPlan) -> SafeString:
    state = desk.states.get(plan.state, plan.state)
    if not desk.may_see:
        return filled("{}", state)
    return filled('<a href="{}{}/">{}</a>', desk.plan_at, line.key, state)


def asked(desk: Desk, line: Line) -> SafeString:
    """The three answers, as small radios."""
    given = line.judgement.influenceable
    radios = filled_each(
        _RADIO,
        (
            (line.key, value, _CHECKED if value == given else NOTHING, label)
            for value, label in desk.answers
        ),
    )
    legend = filled('<legend class="visually-hidden">{}</legend>', desk.word("asked_code", line))
    return filled('<fieldset class="choices choices-small">{}{}</fieldset>', legend, radios)


def profile(desk: Desk, line: Line) -> SafeString:
    return filled(
        '<select class="form-select" name="profile" form="f-{0}" id="{0}-profile"'
        ' aria-label="{1}">{2}</select>',
        line.key,
        desk.word("profile_code", line),
        desk.profiles[line.judgement.profile_id],
    )


def said(desk: Desk, line: Line, answer: Answer | None = None) -> SafeString:
    """Who said it and when, what went wrong with a save, and what the row held when shown."""
    clash = answer.clash if answer else None
    held = clash.theirs if clash else line.judgement
    parts = [NOTHING]
    if not clash and (held.said_by_id or held.discussed_on):
        on = day_text(held.discussed_on) if held.discussed_on else ""
        who = str(held.said_by) if held.said_by_id else ""
        parts.append(filled('<span class="hint">{}</span>', " · ".join(filter(None, (who, on)))))
    if clash:
        context = {"clash": clash, "key": line.key, "at": desk.judge(line)}
        parts.append(SafeString(render_to_string("highusers/choosing/_clash.html", context)))
    for problem in answer.problems if answer else ():
        parts.append(filled('<p class="saved-not" role="alert">{}</p>', problem))
    if desk.may_choose:
        parts.append(_held(desk, line, held))
    return joined(parts)


def _held(desk: Desk, line: Line, held: Judgement) -> SafeString:
    """Hidden fields by which a save knows whether a colleague was first."""
    fields: list[tuple[str, object]] = [
        ("version", held.version),
        ("was_influenceable", held.influenceable),
        ("was_profile", held.profile_id or ""),
        ("was_reason", held.reason),
    ]
    if desk.in_meeting:
        day = held.discussed_on
        fields.append(("was_discussed_on", day.isoformat() if day else ""))
    hidden = filled_each(_FIELD, ((name, line.key, value) for name, value in fields))
    return filled(
        '{}<noscript><button class="btn btn-outline-primary" type="submit" form="f-{}">{}</button>'
        "</noscript>",
        hidden,
        line.key,
        desk.words["save"],
    )


def choice(desk: Desk, line: Line) -> SafeString:
    """Choosing, or that it was done, with its reason and the way back."""
    may = desk.may_choose
    if not line.is_chosen:
        return _button(desk, line, "choose") if may and line.plan is None else NOTHING
    parts = [
        filled(
            '<span class="tag tag-ok"><svg class="icon" aria-hidden="true"><use href="{}"></use>'
            "</svg>{}</span>",
            desk.check,
            desk.words["chosen"],
        )
    ]
    if may and line.plan is None:
        parts.append(_button(desk, line, "undo"))
    if may:
        parts.append(
            filled(
                _REASON,
                key=line.key,
                reason=line.judgement.reason,
                ask=desk.words["why"],
                name=desk.word("reason_code", line),
            )
        )
    return joined(parts, " ")


def _button(desk: Desk, line: Line, do: str) -> SafeString:
    return filled(
        _BUTTON,
        look="outline-primary" if do == "choose" else "link",
        key=line.key,
        do=do,
        at=desk.judge(line),
        name=desk.word(f"{do}_code", line),
        text=desk.words[do],
    )
