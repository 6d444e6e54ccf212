"""The mails about the questionnaire as the product brings them; the region may write others."""

from django.utils.translation import gettext_lazy as _

from practices.texts.registry import Announced

_EXAMPLES = {
    "naam": "Sam Bos",
    "praktijk": "De Linde",
    "jaar": "1",
    "datum": "vrijdag 29 juni 2029",
    "tijd": "U heeft nog 7 dagen.",
    "link": "https://mtvp.example/praktijk/de-linde/vragenlijst/1/",
}

REMINDER_TEXT = Announced(
    "mail-questionnaire",
    _("Reminder: a questionnaire is to be handed in"),
    "Vragenlijst over jaar {jaar} van {praktijk}",
    "De vragenlijst van {praktijk} over jaar {jaar} is nog niet ingeleverd. Dat kan tot en met "
    "{datum}. {tijd}\n\nWat wij al weten is ingevuld; het kost ongeveer vijf minuten. "
    "Vul de vragenlijst in:\n{link}",
    mail=True,
    placeholders=_EXAMPLES,
)
ASKED_TEXT = Announced(
    "mail-questionnaire-asked",
    _("Reminder: somebody of the region asks for a questionnaire"),
    "PrimaCura wacht op de vragenlijst van {praktijk}",
    "Wij missen de vragenlijst van {praktijk} over jaar {jaar}. De laatste dag is {datum}. {tijd} "
    "Ook een later antwoord telt mee.\n\nVul de vragenlijst in:\n{link}",
    mail=True,
    placeholders=_EXAMPLES,
)
REOPENED_TEXT = Announced(
    "mail-questionnaire-reopened",
    _("Mail: a questionnaire that was handed in can be changed"),
    "U kunt de vragenlijst over jaar {jaar} van {praktijk} wijzigen",
    "{wie} heeft de vragenlijst van {praktijk} over jaar {jaar} heropend. De reden leest u bij de "
    "vragenlijst.\n\nWat al is ingeleverd, telt mee tot u opnieuw inlevert. Wijzig de vragenlijst:"
    "\n{link}",
    mail=True,
    placeholders={
        **{name: _EXAMPLES[name] for name in ("naam", "praktijk", "jaar", "link")},
        "wie": "Robin Smit",
    },
)
LATE_TEXT = Announced(
    "mail-questionnaire-late",
    _("Reminder to the consultant: questionnaires that are late"),
    "Vragenlijst te laat: {aantal}",
    "Deze vragenlijsten waren op {datum} niet ingeleverd:\n\n{praktijken}\n\n"
    "De praktijken krijgen geen herinnering meer. Bekijk wie er mist:\n{link}",
    mail=True,
    placeholders={
        "naam": "Sam Bos",
        "aantal": "2 praktijken",
        "datum": "29 juni 2029",
        "praktijken": "- De Linde, jaar 1\n- De Beuk, jaar 2",
        "link": "https://mtvp.example/regio/uitvraag/2029/",
    },
)
