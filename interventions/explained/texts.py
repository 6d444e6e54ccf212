"""What the product tells of the programme and of each intervention: the first version of each text.

The texts lie beside this module as Markdown; the first line is the title.
"""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from practices.texts.registry import Announced

FOLDER = Path(__file__).parent / "texts"

PROGRAMME = "programme"
OF_INTERVENTION = {
    1: "intervention-1",
    2: "intervention-2",
    3: "intervention-3",
    4: "intervention-4",
    5: "intervention-5",
    6: "intervention-6",
}
"""The key of the text, by the number of the intervention."""


def _shipped(key: str, label: Any, file: str) -> Announced:
    title, body = (FOLDER / f"{file}.md").read_text(encoding="utf-8").split("\n", 1)
    return Announced(key=key, label=label, title=title.removeprefix("# "), body=body.strip())


TEXTS = (
    _shipped(PROGRAMME, _("Explanation of the programme"), "programma"),
    _shipped(OF_INTERVENTION[1], _("Explanation of intervention 1, high users"), "regie"),
    _shipped(OF_INTERVENTION[2], _("Explanation of intervention 2, triage"), "triage"),
    _shipped(OF_INTERVENTION[3], _("Explanation of intervention 3, time-out"), "time-out"),
    _shipped(OF_INTERVENTION[4], _("Explanation of intervention 4, lengths"), "consultduur"),
    _shipped(OF_INTERVENTION[5], _("Explanation of intervention 5, conversation"), "gesprek"),
    _shipped(OF_INTERVENTION[6], _("Explanation of intervention 6, intervision"), "intervisie"),
)
