"""What the region writes about lengths: the first version of each text, to be changed there."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from practices.texts.registry import Announced

FOLDER = Path(__file__).parent / "first_texts"

QUESTIONS = "length-questions"
FOR_PATIENTS = "length-patients"
POSTER = "length-poster"


def shipped(key: str, label: Any, file: str, **more: Any) -> Announced:
    title, body = (FOLDER / f"{file}.md").read_text(encoding="utf-8").split("\n", 1)
    return Announced(
        key=key, label=label, title=title.removeprefix("# "), body=body.strip(), **more
    )


TEXTS = (
    shipped(QUESTIONS, _("Example: which question gets which length"), "vragen"),
    shipped(FOR_PATIENTS, _("Example: text for patients about lengths"), "patienten"),
    shipped(POSTER, _("Example: poster for the waiting room"), "poster"),
)
