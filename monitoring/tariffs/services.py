"""Recording tariffs: a new one takes over, a mistake is withdrawn, nothing is deleted."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.tariffs.rules import cut_short_by, placing
from practices.audit import record
from practices.models import Insurer, Tariff, User
from practices.states import AuditAction, TariffKind


class TariffRefusedError(Exception):
    """The days are taken; `problems` say what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


def record_tariff(
    *,
    kind: TariffKind,
    insurer: Insurer | None,
    amount: Decimal,
    valid_from: date,
    valid_until: date | None,
    actor: User | None,
) -> Tariff:
    """Record a tariff; one of the same kind and insurer that went on until further notice gets
    its last day. Raises `TariffRefusedError` where another holds on some of the days."""
    try:
        with transaction.atomic():
            present = list(
                Tariff.objects.standing()
                .filter(kind=kind, insurer=insurer)
                .order_by("valid_from")
                .select_for_update(no_key=True)
            )
            place = placing(present, valid_from, valid_until)
            if place.problems:
                raise TariffRefusedError(*place.problems)
            if place.closed is not None:
                place.closed.valid_until = place.until
                place.closed.save(update_fields=["valid_until"])
                _changed(place.closed, actor, "valid_until")
            tariff = Tariff.objects.create(
                kind=kind,
                insurer=insurer,
                amount=amount,
                valid_from=valid_from,
                valid_until=valid_until,
            )
            record(actor=actor, action=AuditAction.CREATE, obj=tariff, kind=kind.value)
    except IntegrityError as overtaken:
        raise TariffRefusedError(
            _("Somebody else recorded a tariff for these days just now. Look again.")
        ) from overtaken
    return tariff


def withdraw_tariff(*, tariff: Tariff, actor: User, going_on: bool) -> bool:
    """Take back what was recorded by mistake; it stays in sight as history. With `going_on` the one
    that held until the day before holds on these days too. Says whether it still held."""
    with transaction.atomic():
        alike = Tariff.objects.standing().filter(kind=tariff.kind, insurer=tariff.insurer_id)
        present = list(alike.order_by("valid_from").select_for_update(no_key=True))
        found = next((one for one in present if one.pk == tariff.pk), None)
        if found is None:
            return False
        found.withdrawn_at = timezone.now()
        found.save(update_fields=["withdrawn_at"])
        _changed(found, actor, "withdrawn_at")
        before = cut_short_by(present, found)
        if going_on and before is not None:
            before.valid_until = found.valid_until
            before.save(update_fields=["valid_until"])
            _changed(before, actor, "valid_until")
    return True


def _changed(tariff: Tariff, actor: User | None, field: str) -> None:
    record(actor=actor, action=AuditAction.CHANGE, obj=tariff, fields=[field])
