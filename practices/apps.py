from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices and people")

    def ready(self) -> None:
        from practices import isolation, retention, retention_rules, shipped
        from practices.changes.mail import KINDS
        from practices.joining.texts import TEXTS as JOINING_TEXTS
        from practices.mailing import registry as mailing
        from practices.mailing.texts import TEXTS
        from practices.texts.registry import announce
        from practices.trail import sign_in

        post_migrate.connect(
            isolation.grant_to_application, sender=self, dispatch_uid="grant_to_application"
        )
        post_migrate.connect(shipped.load, sender=self, dispatch_uid="practices_shipped")
        sign_in.listen()
        retention.announce(*retention_rules.RULES)
        announce(*TEXTS, *JOINING_TEXTS)
        mailing.announce(*KINDS)
        checks.register(retention.check_rules)
