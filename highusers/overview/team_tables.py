"""What teams said and did, in sentences and tables."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from highusers.overview.team import Count, ProfileLine, Team
from highusers.states import Influenceable, PlanState
from mtvp.charts.numbers import number, percent
from mtvp.documents.model import (
    Block,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Kind,
    Mark,
    Paragraph,
    Table,
)


def team_blocks(team: Team) -> list[Block]:
    """Three parts, each for the whole region; where all is small a sentence says so."""
    return [
        Heading(_("Plans in the region")),
        *_plans(team),
        Heading(_("What teams find influenceable")),
        *_profiles(team),
        Heading(_("Hotspotters")),
        *_hotspotters(team),
    ]


def _plans(team: Team) -> list[Block]:
    if isinstance(team.with_plan, Mark):
        return [Paragraph(_("Fewer than 10 patients have a plan: too few to show figures of."))]
    running = dict(team.states)[PlanState.RUNNING]
    words = _("%(patients)s patients have a plan.") % {"patients": number(team.with_plan)}
    if not isinstance(running, Mark):
        words += " " + _("Of these %(running)s are running.") % {"running": number(running)}
    note = _("Of each patient the last plan counts. The whole region, all years.")
    return [
        Paragraph(words),
        _counts(
            _("Patients with a plan, by status"),
            _("Status"),
            [(str(state.label), count) for state, count in team.states],
            team.with_plan,
            sheet=_("Plans by status"),
        ),
        _counts(
            _("Patients with a plan, by profile"),
            _("Profile"),
            [(_profile_name(name), count) for name, count in team.planned],
            team.with_plan,
            sheet=_("Plans by profile"),
            note=note,
        ),
    ]


def _counts(
    title: str,
    header: str,
    rows: Sequence[tuple[str, Count]],
    total: Count,
    *,
    sheet: str,
    note: str = "",
) -> Table:
    return Table(
        title,
        (Column(header), Column(_("Patients"), Kind.INT)),
        (*rows, (_("All together"), total)),
        note=note,
        sheet=sheet,
        total=True,
    )


def _profiles(team: Team) -> list[Block]:
    everybody = team.profiles[-1]
    if isinstance(everybody.said, Mark):
        return [
            Paragraph(
                _(
                    "Of fewer than 10 patients a team said whether their use is influenceable: too"
                    " few to show figures of."
                )
            )
        ]
    titles = (
        _("Patients"),
        _("Influenceable"),
        str(Influenceable.DOUBT.label),
        _("Not influenceable"),
    )
    return [
        Paragraph(_influenceable(everybody)),
        Table(
            _("What teams said, by profile"),
            (Column(_("Profile")), *(Column(title, Kind.INT) for title in titles)),
            tuple(
                (_profile_name(line.name), line.said, line.yes, line.doubt, line.no)
                for line in team.profiles
            ),
            note=_(
                "A patient counts once, by what the team said last. The whole region, all years."
            ),
            sheet=_("Influenceable by profile"),
            total=True,
        ),
    ]


def _influenceable(everybody: ProfileLine) -> str:
    said, yes = everybody.said, everybody.yes
    if isinstance(said, Mark):
        return ""
    if isinstance(yes, Mark):
        return _("Teams gave their view on %(patients)s patients.") % {"patients": number(said)}
    return _(
        "Teams gave their view on %(patients)s patients; they find the use of %(yes)s"
        " influenceable (%(share)s)."
    ) % {"patients": number(said), "yes": number(yes), "share": percent(yes / said)}


def _profile_name(name: str | None) -> str:
    return _("No profile") if name is None else name or _("All together")


def _hotspotters(team: Team) -> list[Block]:
    if isinstance(team.marked, Mark):
        return [
            Paragraph(
                _("Too few patients are marked as hotspotter to show figures of: fewer than 10.")
            )
        ]
    words = _("%(patients)s patients with problems in several domains are helped by a plan.") % {
        "patients": number(team.marked)
    }
    return [
        Paragraph(words),
        KeyFigures(
            _("Hotspotters, the whole region"),
            (
                KeyFigure(_("Marked in a plan"), team.marked),
                KeyFigure(_("With an evaluation"), team.evaluated),
                KeyFigure(
                    _("Evaluated on all four aims"),
                    team.on_all_aims,
                    note=_("own control, health, collaboration, insight from data"),
                ),
            ),
        ),
    ]
