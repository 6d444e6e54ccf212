"""A kind of news of the tests' own, in the place of those of the apps."""

from collections.abc import Iterator

import pytest

from practices.mailing import registry
from practices.mailing.registry import Item, Kind
from practices.models import User
from practices.texts import registry as texts
from practices.texts.registry import Announced
from tests import factories


class News:
    """What the kinds `nieuws`, which can wait, and `herinnering`, which cannot, have; a test fills
    them. What `over` names is no longer so, and accounts in `past` are concerned no more."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.dated: list[Item] = []
        self.over: set[str] = set()
        self.past: set[int] = set()

    def add(self, user: User, about: str, practice: int | None = None) -> None:
        self.items.append(_item(user, about, practice))

    def remind(self, user: User, about: str) -> None:
        self.dated.append(_item(user, about))


def _item(user: User, about: str, practice: int | None = None) -> Item:
    return Item(user.pk, about, {"wat": about, "link": "https://mtvp.example/x/"}, practice)


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> Iterator[News]:
    made = News()
    text = Announced("nieuws", "Nieuws", "Over {wat}", "Lees {wat}:\n{link}", mail=True)
    about_dates = Announced("herinnering", "Morgen", "Morgen {wat}", "Denk aan {wat}.", mail=True)
    kinds = (
        Kind(
            text,
            "Nieuws",
            lambda today: iter(made.items),
            lambda user: user.pk not in made.past,
            "U leest graag.",
        ),
        Kind(
            about_dates,
            "Herinnering",
            lambda today: iter(made.dated),
            lambda user: True,
            "U doet mee.",
            dated=True,
            still=lambda user, about: about not in made.over,
        ),
    )
    monkeypatch.setattr(registry, "_kinds", {kind.key: kind for kind in kinds})
    announced = {text.key: text, about_dates.key: about_dates}
    monkeypatch.setattr(texts, "_announced", {**texts._announced, **announced})
    return made


@pytest.fixture
def reader() -> User:
    return factories.user(name="Sam Bos", email="sam@voorbeeld.example")
