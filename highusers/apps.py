from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HighusersConfig(AppConfig):
    name = "highusers"

    def ready(self) -> None:
        from highusers import shipped

        post_migrate.connect(shipped.load, sender=self, dispatch_uid="highusers_shipped")
