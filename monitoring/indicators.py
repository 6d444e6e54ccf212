"""The definitions of indicators in the database, and which figures rest on too few patients."""

from decimal import Decimal
from typing import Any

from monitoring.mirror.shipped import BY_CODE, SHIPPED, ShippedIndicator
from mtvp.privacy.suppression import MINIMUM

__all__ = ["BY_CODE", "SHIPPED", "ShippedIndicator", "load", "on_few_patients"]


def on_few_patients(code: str, numerator: Decimal, denominator: Decimal) -> bool:
    """Whether one of the two numbers counts patients, and fewer than may be shown. Of a share the
    people who are not in it count as well."""
    shipped = BY_CODE.get(code)
    numbers = {
        "both": (numerator, denominator),
        "numerator": (numerator,),
        "denominator": (denominator,),
        "neither": (),
    }[shipped.patients if shipped else "both"]
    if shipped is not None and shipped.percent:
        numbers = (*numbers, denominator - numerator)
    return any(0 < number < MINIMUM for number in numbers)


def load(*, using: str, **_: Any) -> None:
    """Add the definitions that are missing; what an administrator changed stays."""
    from monitoring.models import IndicatorDefinition

    if using != "owner":
        return
    IndicatorDefinition.objects.using(using).bulk_create(
        [
            IndicatorDefinition(
                code=one.code,
                title=one.title,
                why=one.why,
                numerator=one.numerator,
                denominator=one.denominator,
                direction=one.direction,
                aim=one.aim,
                source=one.source,
                period=one.period,
                comparison=one.comparison,
                decimals=one.decimals,
                minimum_size=one.minimum_size,
                explanations="\n".join(one.explanations),
                question_team=one.question_team,
                question_intervision=one.question_intervision,
                action_text=one.action_text,
                action=one.action,
                own=one.own,
                position=position,
            )
            for position, one in enumerate(SHIPPED, start=1)
        ],
        ignore_conflicts=True,
    )
