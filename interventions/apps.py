from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterventionsConfig(AppConfig):
    name = "interventions"
    verbose_name = _("Interventions")

    def ready(self) -> None:
        from interventions import retention as kept
        from interventions import rights
        from practices import retention
        from practices.rights import registry

        retention.announce(*kept.RULES)
        registry.person_records.append(rights)
