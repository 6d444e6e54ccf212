from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HighusersConfig(AppConfig):
    name = "highusers"
    verbose_name = _("High users")

    def ready(self) -> None:
        from highusers import retention as kept
        from highusers import rights, shipped, texts
        from highusers.followup.reminders import DUE
        from practices import retention
        from practices.mailing import registry as mailing
        from practices.rights import registry
        from practices.texts.registry import announce

        post_migrate.connect(shipped.load, sender=self, dispatch_uid="highusers_shipped")
        retention.announce(*kept.RULES)
        announce(*texts.TEXTS)
        mailing.announce(DUE)
        registry.patient_records.append(rights)
        registry.person_records.append(rights)
