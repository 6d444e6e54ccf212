"""The name of a practice in addresses: its own name, or with a number after it when taken."""

from collections.abc import Collection

from django.utils.text import slugify

from practices.models import Practice

LENGTH = Practice._meta.get_field("slug").max_length or 60


def free_slug(name: str, code: str, taken: Collection[str]) -> str:
    wanted = slugify(name)[:LENGTH].strip("-") or code
    slug, turn = wanted, 1
    while slug in taken:
        turn += 1
        slug = f"{wanted[: LENGTH - len(str(turn)) - 1]}-{turn}"
    return slug
