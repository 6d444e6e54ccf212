"""What a visit reads as a report, and what one version says otherwise than another.

`Contents` is what is stored of a report that was sent, as JSON: words, never keys that could mean
something else later.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monitoring.models import Visit, VisitAgreement, VisitAnswer
from monitoring.visits.agreements import KEPT, earlier_agreements, owner_name
from monitoring.visits.capture import STUCK, read_stuck
from monitoring.visits.questions import parts_of
from monitoring.visits.states import Kept
from mtvp.privacy.identifying import Found, Sign, identifying


@dataclass(frozen=True, slots=True)
class Line:
    """`key` names the same line in every version; `answer` is in words, '' for nothing said."""

    key: str
    question: str
    answer: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]

    @property
    def said(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.answer)


@dataclass(frozen=True, slots=True)
class Agreement:
    """`subject` is the title of the part beside which it was made."""

    key: str
    subject: str
    what: str
    owner: str
    due_on: str

    @property
    def due(self) -> date:
        return date.fromisoformat(self.due_on)


@dataclass(frozen=True, slots=True)
class Earlier:
    key: str
    what: str
    owner: str
    said: str


@dataclass(frozen=True, slots=True)
class Contents:
    """`stuck` are the bottlenecks, each a line: what it is about, and what goes wrong."""

    sections: tuple[Section, ...] = ()
    stuck: tuple[Line, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.stuck or self.agreements or any(one.said for one in self.sections))


@dataclass(frozen=True, slots=True)
class Difference:
    """'' for what was not there, or is no more."""

    what: str
    was: str
    now: str


def contents_of(visit: Visit) -> Contents:
    """As it stands now; four queries."""
    answers = {one.key: one for one in visit.answers.order_by("pk")}
    titles = {part.key: part.title for part in parts_of(visit.questions)}
    made = visit.agreements.filter(withdrawn_at=None).select_related("person", "account__person")
    return Contents(
        sections=tuple(_sections(visit, answers)),
        stuck=tuple(_stuck(answers)),
        earlier=tuple(_earlier(visit, answers)),
        agreements=tuple(_agreement(one, titles) for one in made),
    )


def dumped(contents: Contents) -> str:
    return json.dumps(asdict(contents), ensure_ascii=False)


def loaded(text: str) -> Contents:
    held: dict[str, Any] = json.loads(text)
    return Contents(
        sections=tuple(
            Section(one["title"], tuple(Line(**line) for line in one["lines"]))
            for one in held["sections"]
        ),
        stuck=tuple(Line(**one) for one in held["stuck"]),
        earlier=tuple(Earlier(**one) for one in held["earlier"]),
        agreements=tuple(Agreement(**one) for one in held["agreements"]),
    )


def differences(before: Contents, after: Contents) -> list[Difference]:
    """In the order of the report as it is now; what is no more comes last."""
    was, now = dict(_flat(before)), dict(_flat(after))
    found = []
    for key in [*now, *(key for key in was if key not in now)]:
        old, new = was.get(key, ("", "")), now.get(key, ("", ""))
        if old[1] != new[1]:
            found.append(Difference(new[0] or old[0], old[1], new[1]))
    return found


def doubtful(contents: Contents) -> list[Found]:
    """What looks like a name or a date of birth, to look at before it is sent."""
    today = timezone.localdate()
    texts = [text for _key, (_what, text) in _flat(contents)]
    found = [one for text in texts for one in identifying(text, today=today)]
    return list({one.text: one for one in found if one.sign != Sign.BSN}.values())


def _sections(visit: Visit, answers: dict[str, VisitAnswer]) -> Iterator[Section]:
    for part in parts_of(visit.questions):
        lines = []
        for question in part.questions:
            held = answers.get(question.key)
            value = held.value.strip() if held else ""
            asked = held.asked if held else str(question.asked)
            lines.append(
                Line(question.key, asked, question.words(value), held.choice if held else "")
            )
        number = f"{part.number}. " if part.number else ""
        yield Section(f"{number}{part.title}", tuple(lines))


def _stuck(answers: dict[str, VisitAnswer]) -> Iterator[Line]:
    for key, held in answers.items():
        if key.startswith(STUCK) and held.text:
            try:
                stuck = read_stuck(held.text)
            except ValidationError:
                continue
            about = (stuck.partner.label, stuck.kind.label, stuck.weight.label)
            yield Line(key, " · ".join(str(word) for word in about), stuck.text)


def _earlier(visit: Visit, answers: dict[str, VisitAnswer]) -> Iterator[Earlier]:
    for one in earlier_agreements(visit):
        held = answers.get(f"{KEPT}{one.pk}")
        if held and held.choice:
            yield Earlier(held.key, one.what, owner_name(one), str(Kept(held.choice).label))


def _agreement(made: VisitAgreement, titles: dict[str, str]) -> Agreement:
    subject = titles.get(made.subject, "")
    return Agreement(made.field, subject, made.what, owner_name(made), made.due_on.isoformat())


def _flat(contents: Contents) -> Iterator[tuple[str, tuple[str, str]]]:
    """By key: what it is called, and what it says."""
    for section in contents.sections:
        for line in section.said:
            yield line.key, (f"{section.title}: {line.question}", line.answer)
    for line in contents.stuck:
        yield line.key, (_("Bottleneck"), f"{line.question}: {line.answer}")
    for earlier in contents.earlier:
        yield earlier.key, (_("Agreement of an earlier visit"), f"{earlier.what}: {earlier.said}")
    for made in contents.agreements:
        words = f"{made.what} ({made.owner or _('nobody yet')}, {date_format(made.due)})"
        yield made.key, (_("Agreement"), words)
