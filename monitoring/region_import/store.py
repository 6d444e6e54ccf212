"""Writing a draft: every table after those it refers to, each in a few statements."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from highusers.states import ExtractSource
from monitoring.region_import.bindings import BINDINGS, PEOPLE, Binding
from monitoring.region_import.comparison import Comparison
from monitoring.region_import.draft import Draft
from monitoring.region_import.naturals import Ids, ids_of
from monitoring.region_import.parsing import Row
from monitoring.region_import.patient_plans import store_plans
from monitoring.region_import.people import store_accounts
from practices.facts import norm_table
from practices.models import Insurer, Practice, User
from practices.slugs import free_slug
from training.models import Session
from training.sessions.services import changed_elsewhere
from training.states import INTERVISION_PLACES, SessionKind

BATCH = 5000
CHANGED_BATCH = 500


def store(draft: Draft, *, actor: User | None) -> None:
    """Store what is new or changed. The caller holds the transaction and the lock."""
    Insurer.objects.bulk_create(Insurer(name=name) for name in draft.insurers)
    _write(PEOPLE, draft.people, _nothing_more)
    store_accounts(draft.accounts)
    extras = {
        "practices": _slugs,
        "extracts": _figures_of_the_region,
        "sessions": _reason_for_many_places,
    }
    for name, binding in BINDINGS.items():
        if name in draft.comparisons:
            write = partial(
                _write, binding, draft.comparisons[name], extras.get(name, _nothing_more)
            )
            if name == "sessions":
                _change_sessions(draft.comparisons[name], write, actor)
            else:
                write()
    store_plans(draft.plans, actor=actor)


Extra = Callable[[Sequence[Row]], Iterable[dict[str, Any]]]
"""What a new row gets beside the file's columns."""


def _write(binding: Binding, comparison: Comparison, extra: Extra) -> None:
    rows = [*comparison.new, *(row for _pk, row in comparison.changed)]
    if not rows:
        return
    attributes = [_attribute(path) for _column, path in binding.fields]
    lookups = [_ids(column, path, rows) for column, path in binding.fields]

    record_of = binding.reader()

    def fields(row: Row) -> dict[str, Any]:
        return {
            attribute: value if ids is None or value is None else ids[value]
            for attribute, ids, value in zip(
                attributes, lookups, record_of(row.values), strict=True
            )
        }

    model, manager = binding.model, binding.model._default_manager
    manager.bulk_create(
        [
            model(**fields(row), **more)
            for row, more in zip(comparison.new, extra(comparison.new), strict=True)
        ],
        batch_size=BATCH,
    )
    changing = [path.partition("__")[0] for _column, path in binding.fields[binding.key :]]
    manager.bulk_update(
        [model(pk=pk, **fields(row), **binding.forgets) for pk, row in comparison.changed],
        [*changing, *binding.forgets],
        batch_size=CHANGED_BATCH,
    )


def _attribute(path: str) -> str:
    relation, joined, _natural = path.partition("__")
    return f"{relation}_id" if joined else path


def _ids(column: str, path: str, rows: Sequence[Row]) -> Ids | None:
    """The ids behind one column of these rows, None for a column that is no relation."""
    relation, joined, _natural = path.partition("__")
    return ids_of(relation, {row.values[column] for row in rows}) if joined else None


def _nothing_more(rows: Sequence[Row]) -> Iterable[dict[str, Any]]:
    return ({} for _row in rows)


def _slugs(rows: Sequence[Row]) -> Iterable[dict[str, Any]]:
    """A name for the address bar: from the practice's name, unique, given once for good."""
    taken = set(Practice.objects.values_list("slug", flat=True).order_by())
    for row in rows:
        slug = free_slug(row.values["name"], row.values["code"], taken)
        taken.add(slug)
        yield {"slug": slug}


def _reason_for_many_places(rows: Sequence[Row]) -> Iterable[dict[str, Any]]:
    """More than 12 places for intervision takes a reason: here, that the region says so."""
    reason = _("In the spreadsheet of the region")
    return ({"capacity_reason": reason if _many_places(row) else ""} for row in rows)


def _change_sessions(comparison: Comparison, write: Callable[[], None], actor: User | None) -> None:
    _give_reason_for_many_places(row for _pk, row in comparison.changed)
    with changed_elsewhere([pk for pk, _row in comparison.changed], actor=actor):
        write()


def _many_places(row: Row) -> bool:
    kind, places = row.values["kind"], row.values["capacity"]
    return kind == SessionKind.INTERVISION and (places or 0) > INTERVISION_PLACES


def _give_reason_for_many_places(rows: Iterable[Row]) -> None:
    """For sessions that are to change, unless a reason is known."""
    references = [row.values["session"] for row in rows if _many_places(row)]
    for_want_of_one = Session.objects.filter(reference__in=references, capacity_reason="")
    for_want_of_one.update(capacity_reason=_("In the spreadsheet of the region"))


def _figures_of_the_region(rows: Sequence[Row]) -> Iterable[dict[str, Any]]:
    """The source, and the threshold in force for the practice when the period ended."""
    norms = norm_table()
    cohorts = dict(Practice.objects.values_list("code", "cohort_id").order_by())
    for row in rows:
        cohort_id, day = cohorts[row.values["practice"]], row.values["period_end"]
        threshold = norms.in_force(cohort_id, day).high_user_contacts
        yield {"source": ExtractSource.REGION, "threshold": threshold}
