from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self) -> None:
        from monitoring import indicators

        post_migrate.connect(indicators.load, sender=self, dispatch_uid="monitoring_indicators")
