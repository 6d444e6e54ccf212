"""What others tell beside a section of a practice's plan; announced by the floor above."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from practices.models import Practice
from practices.tenancy import Access


@dataclass(frozen=True, slots=True)
class Told:
    """`title` says where it comes from, `lines` what was said, `url` leads there."""

    title: str
    lines: tuple[str, ...]
    url: str


Teller = Callable[[Practice, int, Access], Mapping[int, Told]]
"""Of a practice and a programme year, to who looks: by the number of the intervention."""

tellers: list[Teller] = []


def told_beside(practice: Practice, year: int, access: Access) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = {}
    for teller in tellers:
        for number, told in teller(practice, year, access).items():
            found.setdefault(number, []).append(told)
    return found
