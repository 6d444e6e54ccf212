from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self) -> None:
        from training import shipped

        post_migrate.connect(shipped.load, sender=self, dispatch_uid="training_shipped")
