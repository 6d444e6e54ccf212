"""The mails of this floor as the product brings them; the coordinator may write others."""

from django.utils.translation import gettext_lazy as _

from practices.texts.registry import Announced

FRAME_TEXT = "mail-weekly"

TEXTS = (
    Announced(
        FRAME_TEXT,
        _("Weekly mail: what stands around what can wait, and around a reminder"),
        "Nieuws over Meer tijd voor de patiënt",
        "Beste {naam},\n\n{nieuws}",
        mail=True,
        placeholders={
            "naam": "Sam Bos",
            "nieuws": "*Wat vond u van Basistraining triage?*\n"
            "Drie vragen, zonder uw naam. Geef uw mening:\n"
            "https://mtvp.example/agenda/12/evaluatie/",
        },
    ),
)
