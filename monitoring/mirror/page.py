"""One indicator as a page shows it, for a practice or for the region, and the overview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from monitoring.mirror.beside import Beside, beside
from monitoring.mirror.course import FEWEST_POINTS
from monitoring.mirror.facts import Count, counts_of, details_of, latest_counts
from monitoring.mirror.funnel import FEWEST
from monitoring.mirror.pictures import (
    CourseYear,
    course_picture,
    funnel_picture,
    small_course,
)
from monitoring.mirror.states import Comparison
from monitoring.mirror.words import (
    course_conclusion,
    is_large_enough,
    own_conclusion,
    picture_conclusion,
    place_word,
    region_conclusion,
    title_of,
    written,
)
from monitoring.models import IndicatorDefinition
from mtvp.documents.html import chart_html
from mtvp.documents.model import Mark
from mtvp.documents.words import mark_words
from practices.typed import whole_number


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose page it is: of a practice (its id) or of the region (None); `within` is somebody who
    works in the practice and may see its own small numbers."""

    practice: int | None
    within: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    word: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for, as far as there is a figure on it."""

    detail: str
    year: int | None


@dataclass(frozen=True)
class IndicatorPage:
    """`tag` is a word and a tone, None where nothing may be said."""

    definition: IndicatorDefinition
    title: str
    choice: Choice
    details: tuple[str, ...]
    years: tuple[int, ...]
    conclusion: str
    tag: Tag | None
    funnel: SafeString
    course: SafeString
    few: bool
    few_points: bool

    @property
    def explanations(self) -> list[str]:
        lines = self.definition.explanations.splitlines()
        return [line.strip() for line in lines if line.strip()]


@dataclass(frozen=True)
class Line:
    """An indicator in the overview."""

    definition: IndicatorDefinition
    conclusion: str
    tag: Tag | None
    figures: tuple[tuple[str, str], ...]
    line: SafeString


def indicator_page(
    definition: IndicatorDefinition, viewer: Viewer, asked: Mapping[str, str]
) -> IndicatorPage:
    details = tuple(details_of(definition)) if definition.code == "referrals" else ()
    detail = asked.get("specialisme", "")
    detail = detail if detail in details else ""
    counts = counts_of(definition, detail, practice=viewer.practice)
    years = tuple(sorted(_years_of_practices(counts), reverse=True))
    wanted = asked.get("jaar", "")
    number = whole_number(wanted)
    asked_year = number if number in years else None
    year = asked_year or _last_year(counts, viewer)
    shown = _beside(definition, counts, year, viewer)
    course = _course(definition, counts, viewer)
    title = title_of(definition, detail)
    conclusion = _conclusion(definition, shown, course, viewer)
    return IndicatorPage(
        definition=definition,
        title=title,
        choice=Choice(detail, year),
        details=details,
        years=years,
        conclusion=conclusion,
        tag=_tag(definition, shown),
        funnel=_funnel(definition, f"{title}, {year}", shown, course),
        course=_course_html(definition, course, viewer),
        few=bool(years) and shown is None and definition.comparison != Comparison.COURSE,
        few_points=len([one for one in course if one.own is not None]) < FEWEST_POINTS,
    )


def overview(definitions: Sequence[IndicatorDefinition], viewer: Viewer) -> list[Line]:
    """Every indicator with a figure, in the fixed order."""
    counts = latest_counts(definitions, viewer.practice or 0)
    return [
        _line(definition, counts[definition.pk], viewer)
        for definition in definitions
        if counts.get(definition.pk)
    ]


def _line(definition: IndicatorDefinition, counts: list[Count], viewer: Viewer) -> Line:
    year = _last_year(counts, viewer)
    shown = _beside(definition, counts, year, viewer)
    course = _course(definition, counts, viewer)
    conclusion = _conclusion(definition, shown, course, viewer)
    own = next((one for one in reversed(course) if one.own is not None), None)
    figures = [(_("Your practice"), _written(definition, own.own))] if own else []
    if _kept_back(counts, viewer):
        figures = [(_("Your practice"), mark_words(Mark.HIDDEN))]
    if shown:
        figures.append((_("Practices together"), written(definition, shown.funnel.target)))
    small = small_course(definition, course, conclusion) if own else ""
    return Line(
        definition,
        conclusion,
        _tag(definition, shown),
        tuple(figures),
        mark_safe(small),  # noqa: S308 - drawn by mtvp.charts, which escapes
    )


def _written(definition: IndicatorDefinition, value: float | None) -> str:
    return "" if value is None else written(definition, value)


def _years_of_practices(counts: Sequence[Count]) -> set[int]:
    return {one.year for one in counts if one.practice is not None}


def _last_year(counts: Sequence[Count], viewer: Viewer) -> int | None:
    """The last one with an own figure; without any the last one of others."""
    own = {one.year for one in counts if one.practice == viewer.practice is not None}
    return max(own or _years_of_practices(counts), default=None)


def _kept_back(counts: Sequence[Count], viewer: Viewer) -> bool:
    return not viewer.within and any(
        one.kept_back for one in counts if one.practice == viewer.practice is not None
    )


def _beside(
    definition: IndicatorDefinition, counts: Sequence[Count], year: int | None, viewer: Viewer
) -> Beside | None:
    if year is None:
        return None
    return beside(counts, year, Comparison(definition.comparison), viewer.practice)


def _course(
    definition: IndicatorDefinition, counts: Sequence[Count], viewer: Viewer
) -> list[CourseYear]:
    """Every year from the first to the last; the region only where enough practices make it, and
    never on too few patients."""
    own: dict[int, float] = {}
    region: dict[int, float] = {}
    national: dict[int, float] = {}
    practices: dict[int, int] = {}
    for one in counts:
        if one.national is not None:
            national.setdefault(one.year, one.national)
        if one.practice is None:
            if not one.kept_back:
                region[one.year] = one.value
        elif not one.kept_back:
            practices[one.year] = practices.get(one.year, 0) + 1
        visible = viewer.within or not one.kept_back
        if visible and one.practice is not None and one.practice == viewer.practice:
            own[one.year] = one.value
    known = {*own, *region} if viewer.practice is None else {*own, *national}
    return (
        [
            CourseYear(
                year,
                own.get(year),
                region.get(year)
                if viewer.practice is None or practices.get(year, 0) >= FEWEST
                else None,
                national.get(year),
            )
            for year in range(min(known), max(known) + 1)
        ]
        if known
        else []
    )


def _conclusion(
    definition: IndicatorDefinition,
    shown: Beside | None,
    course: Sequence[CourseYear],
    viewer: Viewer,
) -> str:
    if shown and viewer.practice is None:
        return region_conclusion(shown)
    if shown:
        return own_conclusion(definition, shown)
    if viewer.practice is None:
        return course_conclusion(definition, [(one.year, one.region) for one in course])
    return course_conclusion(definition, [(one.year, one.own) for one in course])


def _tag(definition: IndicatorDefinition, shown: Beside | None) -> Tag | None:
    """In colour only beyond the limits and for a list that is large enough; never good or bad."""
    if shown is None or shown.place is None:
        return None
    word = place_word(shown.place)
    if not shown.place.beyond:
        return Tag(word, "empty", "circle")
    if not is_large_enough(definition, shown):
        return None
    return Tag(word, "busy", "arrow-up" if shown.place.value > 0 else "arrow-down")


def _funnel(
    definition: IndicatorDefinition,
    title: str,
    shown: Beside | None,
    course: Sequence[CourseYear],
) -> SafeString:
    if shown is None:
        return SafeString()
    now = next((one for one in course if one.year == shown.year), None)
    others = [
        (_("Region, as supplied"), _written(definition, now.region if now else None)),
        (_("Netherlands"), _written(definition, now.national if now else None)),
    ]
    if definition.own:
        others = []
    conclusion = picture_conclusion(shown)
    return chart_html(funnel_picture(definition, title, conclusion, shown, others))


def _course_html(
    definition: IndicatorDefinition, course: Sequence[CourseYear], viewer: Viewer
) -> SafeString:
    lines: list[Any] = [value for one in course for value in (one.own, one.region, one.national)]
    if not any(value is not None for value in lines):
        return SafeString()
    own_name = "" if viewer.practice is None else _("Your practice")
    return chart_html(course_picture(definition, course, own_name))
