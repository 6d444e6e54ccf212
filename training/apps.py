from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from practices import retention
        from practices.rights import registry
        from training import retention as kept
        from training import shipped

        post_migrate.connect(shipped.load, sender=self, dispatch_uid="training_shipped")
        retention.announce(*kept.RULES)
        registry.person_records.append(kept)
