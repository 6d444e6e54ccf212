from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterventionsConfig(AppConfig):
    name = "interventions"
    verbose_name = _("Interventions")

    def ready(self) -> None:
        from interventions import retention as kept
        from interventions import rights
        from interventions.examples.mail import KINDS as OF_EXAMPLES
        from interventions.explained.texts import TEXTS
        from interventions.practice_plan.mail import KINDS as OF_PLANS
        from interventions.schedules import patterns
        from interventions.schedules import texts as about_lengths
        from practices import retention
        from practices.mailing import registry as mailing
        from practices.rights import registry
        from practices.texts.registry import announce

        retention.announce(*kept.RULES)
        registry.person_records.append(rights)
        announce(*TEXTS, *about_lengths.TEXTS, *patterns.TEXTS)
        mailing.announce(*OF_PLANS, *OF_EXAMPLES)
