from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        from monitoring import indicators
        from monitoring.questionnaires import shipped

        post_migrate.connect(indicators.load, sender=self, dispatch_uid="monitoring_indicators")
        post_migrate.connect(shipped.load, sender=self, dispatch_uid="monitoring_questionnaire")
        _announce_records()
        _announce_texts_and_mail()
        _follow_others()


def _announce_records() -> None:
    """How long what is kept, and what is held on a person."""
    from monitoring import retention, rights
    from monitoring.bottlenecks import retention as bottlenecks_kept
    from monitoring.bottlenecks import rights as bottleneck_rights
    from monitoring.kitchen import retention as kitchens_kept
    from monitoring.kitchen import rights as kitchen_rights
    from monitoring.visits import rights as visit_rights
    from practices.retention import announce
    from practices.rights import registry

    announce(*retention.RULES, *bottlenecks_kept.RULES, *kitchens_kept.RULES)
    registry.person_records += [rights, visit_rights, bottleneck_rights, kitchen_rights]


def _announce_texts_and_mail() -> None:
    from monitoring.bottlenecks import told as bottlenecks_told
    from monitoring.help.texts import TEXTS
    from monitoring.kitchen import told as kitchens_told
    from monitoring.news import told as news_told
    from monitoring.questionnaires import kinds as questionnaire_kinds
    from monitoring.report import told as report_told
    from monitoring.visit_planning import due as visits_due
    from monitoring.visit_planning.delivery import MAILS
    from monitoring.visit_planning.texts import MAIL_TEXTS
    from monitoring.visits import told as visits_told
    from practices.mailing import registry, tables
    from practices.texts.registry import announce

    announce(*TEXTS, *MAIL_TEXTS)
    tables.announced.append(MAILS)
    registry.announce(
        *visits_due.KINDS,
        *visits_told.KINDS,
        *news_told.KINDS,
        *bottlenecks_told.KINDS,
        *kitchens_told.KINDS,
        *report_told.KINDS,
        *questionnaire_kinds.KINDS,
    )


def _follow_others() -> None:
    """What happens here when a practice changes, and what its plan shows of visits."""
    from interventions.practice_plan import beside
    from monitoring.dividing import exempt_years_before
    from monitoring.visit_planning import following
    from monitoring.visits.beside_plan import said_at_visit
    from practices.changes import registry

    registry.when_divided.append(exempt_years_before)
    registry.when_other_consultant.append(following.go_along)
    registry.when_stopped.append(following.call_off)
    beside.tellers.append(said_at_visit)
