"""What teams said and did, in sentences and tables."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    rows = [(str(state.label), count) for state, count in team.states]
    return [
        Paragraph(words),
        Table(
            _("Patients with a plan, by status"),
            (Column(_("Status")), Column(_("Patients"), Kind.INT)),
            (*rows, (_("All together"), team.with_plan)),
            note=_("Of each patient the last plan counts. The whole region, all years."),
            sheet=_("Plans by status"),
            total=True,
        ),
    ]


def _profiles(team: Team) -> list[Block]:
    """The table stays when only its rows are hidden, for the sum of each column says enough."""
    everybody = team.profiles[-1]
    if isinstance(everybody.discussed, Mark):
        return [Paragraph(_("Teams discussed fewer than 10 patients: too few to show figures of."))]
    columns = [
        Column(_("Profile")),
        *(
            Column(title, Kind.INT)
            for title in (
                _("Patients"),
                _("Influenceable"),
                str(Influenceable.DOUBT.label),
                _("Not influenceable"),
                _("Not said"),
                _("With a plan"),
            )
        ),
    ]
    return [
        Paragraph(_influenceable(everybody)),
        Table(
            _("Patients discussed or with a plan, by profile"),
            tuple(columns),
            tuple(_profile_row(line) for line in team.profiles),
            note=_(
                "A patient counts once, by what the team said last. The whole region, all years."
            ),
            sheet=_("Influenceable by profile"),
            total=True,
        ),
    ]


def _influenceable(everybody: ProfileLine) -> str:
    discussed, yes = everybody.discussed, everybody.yes
    if isinstance(discussed, Mark):
        return ""
    words = _("%(patients)s patients were discussed or have a plan.") % {
        "patients": number(discussed)
    }
    if isinstance(yes, Mark):
        return words
    return f"{words} " + _("Teams find the use of %(yes)s influenceable (%(share)s).") % {
        "yes": number(yes),
        "share": percent(yes / discussed),
    }


def _profile_row(line: ProfileLine) -> tuple[str | Count, ...]:
    names = {None: _("No profile"), "": _("All together")}
    return (
        names.get(line.name) or str(line.name),
        line.discussed,
        line.yes,
        line.doubt,
        line.no,
        line.not_said,
        line.with_plan,
    )


def _hotspotters(team: Team) -> list[Block]:
    if isinstance(team.marked, Mark):
        return [
            Paragraph(
                _("Too few patients are marked as hotspotter to show figures of: fewer than 10.")
            )
        ]
    words = ngettext(
        "%(patients)s patient with problems in several domains is helped by a plan.",
        "%(patients)s patients with problems in several domains are helped by a plan.",
        team.marked,
    ) % {"patients": number(team.marked)}
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
