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
    """What the kind `nieuws` has; a test fills it."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def add(self, user: User, about: str) -> None:
        self.items.append(Item(user.pk, about, {"wat": about, "link": "https://mtvp.example/x/"}))


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> Iterator[News]:
    made = News()
    text = Announced("nieuws", "Nieuws", "Over {wat}", "Lees {wat}:\n{link}", mail=True)
    kind = Kind(text, "Nieuws", lambda today: iter(made.items), lambda user: True)
    monkeypatch.setattr(registry, "_kinds", {kind.key: kind})
    monkeypatch.setattr(texts, "_announced", {**texts._announced, text.key: text})
    return made


@pytest.fixture
def reader() -> User:
    return factories.user(name="Sam Bos", email="sam@voorbeeld.example")
