"""Reports and structural bottlenecks as a workbook for the coordinator."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monitoring.bottlenecks.facts import Structural, structural_ones
from monitoring.models import Bottleneck
from mtvp.documents.model import Column, Kind, Table, Value
from mtvp.documents.snapshot import snapshot
from mtvp.documents.xlsx import workbook


def bottlenecks_workbook(reports: Sequence[Bottleneck], as_of: date) -> bytes:
    title = _("Bottlenecks")
    return workbook(
        snapshot(title, _reports(reports), _structural(structural_ones(as_of)), as_of=as_of)
    )


def _reports(reports: Sequence[Bottleneck]) -> Table:
    words = (_("Practice"), _("Partner"), _("Name"), _("Kind"), _("How much it hinders"))
    more = (_("What goes wrong"), _("Source"), _("Status"), _("Structural bottleneck"))
    columns = (*map(Column, words), *map(Column, more), Column(_("Reported on"), Kind.DATE))
    return Table(_("Reported bottlenecks"), columns, tuple(map(_report, reports)))


def _report(one: Bottleneck) -> tuple[Value, ...]:
    return (
        one.practice.name,
        one.get_partner_display(),
        one.partner_name,
        one.get_kind_display(),
        one.get_weight_display(),
        one.text or "",
        one.get_source_display(),
        str(one.state.label),
        one.structural.title if one.structural else "",
        timezone.localdate(one.reported_at),
    )


def _structural(found: Sequence[Structural]) -> Table:
    words = (_("Bottleneck"), _("Partner"), _("Name"), _("Kind"), _("Status"), _("Responsible"))
    columns = (
        *map(Column, words),
        Column(_("Practices"), Kind.INT),
        Column(_("Of them badly hindered"), Kind.INT),
        Column(_("What PrimaCura does about it")),
        Column(_("What was done")),
    )
    rows = tuple(
        (
            one.title,
            str(one.partner.label),
            one.partner_name,
            str(one.kind.label),
            str(one.state.label),
            one.responsible,
            len(one.practices),
            one.badly,
            one.doing,
            "\n".join(f"{date_format(done.on)}: {done.text}" for done in one.done),
        )
        for one in found
    )
    return Table(_("Structural bottlenecks"), columns, rows, sheet=_("Structural"))
