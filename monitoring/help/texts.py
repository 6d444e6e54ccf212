"""How the product is used, one guide per role, and what everybody may know of it.

The texts lie beside this module as Markdown; the first line is the title. The region may rewrite
them.
"""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from practices.states import RegionRoleName, StaffRole
from practices.texts.registry import Announced

FOLDER = Path(__file__).parent / "texts"

PRIVACY = "help-privacy"
ACCESSIBILITY = "help-accessibility"


def _shipped(key: str, label: Any, file: str) -> Announced:
    title, body = (FOLDER / f"{file}.md").read_text(encoding="utf-8").split("\n", 1)
    return Announced(key=key, label=label, title=title.removeprefix("# "), body=body.strip())


GUIDES: dict[str, Announced] = {
    subject: _shipped(f"help-{subject}", label, f"gids-{subject}")
    for subject, label in (
        ("manager", _("Guide for the practice manager")),
        ("huisarts", _("Guide for the GP")),
        ("poh", _("Guide for the practice nurse (POH)")),
        ("assistent", _("Guide for the assistant")),
        ("consulent", _("Guide for the consultant")),
        ("ekc", _("Guide for the facilitator (EKC)")),
        ("coordinator", _("Guide for the programme coordinator")),
        ("beheerder", _("Guide for the administrator")),
        ("verzekeraar", _("Guide for the reader at an insurer")),
        ("toezicht", _("Guide for the privacy officer")),
    )
}
"""By the word in the address."""

OF_ROLE: dict[str, str] = {
    StaffRole.GP_OWNER: "huisarts",
    StaffRole.GP_LOCUM: "huisarts",
    StaffRole.NP: "huisarts",
    StaffRole.PA: "huisarts",
    StaffRole.POH: "poh",
    StaffRole.ASSISTANT: "assistent",
    StaffRole.MANAGER: "manager",
    RegionRoleName.CONSULTANT: "consulent",
    RegionRoleName.FACILITATOR: "ekc",
    RegionRoleName.COORDINATOR: "coordinator",
    RegionRoleName.ADMIN: "beheerder",
    RegionRoleName.INSURER_READER: "verzekeraar",
    RegionRoleName.PRIVACY_OFFICER: "toezicht",
}

TEXTS = (
    *GUIDES.values(),
    _shipped(PRIVACY, _("Statement on privacy"), "privacy"),
    _shipped(ACCESSIBILITY, _("Statement on accessibility"), "toegankelijkheid"),
)
