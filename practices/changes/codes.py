"""A practice by its AGB code, also by one that it had before."""

from practices.models import Practice, PracticeChange


def practice_with_code(code: str) -> Practice | None:
    """Whose code it is now; else whose it was, which `Practice.code` then tells."""
    practices = Practice.objects.select_related("cohort")
    former = PracticeChange.objects.standing().filter(former_code=code).exclude(former_code="")
    return (
        practices.filter(code=code).first()
        or practices.filter(pk__in=former.values("practice")).first()
    )


def former_codes() -> dict[str, str]:
    """By every code that is no longer in use, the code of the same practice now."""
    former = PracticeChange.objects.standing().exclude(former_code="").order_by("pk")
    found = dict(former.values_list("former_code", "practice__code"))
    in_use = set(Practice.objects.filter(code__in=found).values_list("code", flat=True).order_by())
    return {code: now for code, now in found.items() if code not in in_use}


def codes_behind_keys() -> dict[str, str]:
    """By code, now or before, what patients' keys are made with, where that is another code."""
    keyed = dict(Practice.objects.exclude(keyed_as="").values_list("code", "keyed_as").order_by())
    return keyed | {code: keyed[now] for code, now in former_codes().items() if now in keyed}


def is_taken(code: str, *, practice: Practice) -> bool:
    """Whether another practice has this code, or had it."""
    others = Practice.objects.exclude(pk=practice.pk).filter(code=code)
    former = PracticeChange.objects.standing().filter(former_code=code)
    return others.exists() or former.exclude(practice=practice).exists()
