from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        from interventions.practice_plan import beside
        from monitoring import indicators, rights
        from monitoring import retention as kept
        from monitoring.bottlenecks import retention as bottlenecks_kept
        from monitoring.bottlenecks import rights as bottleneck_rights
        from monitoring.bottlenecks import told as bottlenecks_told
        from monitoring.dividing import exempt_years_before
        from monitoring.help.texts import TEXTS
        from monitoring.kitchen import retention as kitchens_kept
        from monitoring.kitchen import rights as kitchen_rights
        from monitoring.kitchen import told as kitchens_told
        from monitoring.news.told import KINDS
        from monitoring.questionnaires import kinds as questionnaire_kinds
        from monitoring.questionnaires import shipped as questions_shipped
        from monitoring.report import told as report_told
        from monitoring.visit_planning import due as visits_due
        from monitoring.visit_planning import following
        from monitoring.visit_planning.delivery import MAILS as VISIT_MAILS
        from monitoring.visit_planning.texts import MAIL_TEXTS as VISIT_TEXTS
        from monitoring.visits import rights as visit_rights
        from monitoring.visits import told as visits_told
        from monitoring.visits.beside_plan import said_at_visit
        from practices import retention
        from practices.changes import registry as changes
        from practices.mailing import registry as mailing
        from practices.mailing import tables
        from practices.rights import registry
        from practices.texts.registry import announce

        post_migrate.connect(indicators.load, sender=self, dispatch_uid="monitoring_indicators")
        post_migrate.connect(
            questions_shipped.load, sender=self, dispatch_uid="monitoring_questionnaire"
        )
        retention.announce(*kept.RULES, *bottlenecks_kept.RULES, *kitchens_kept.RULES)
        registry.person_records.append(rights)
        registry.person_records += [visit_rights, bottleneck_rights, kitchen_rights]
        changes.when_divided.append(exempt_years_before)
        changes.when_other_consultant.append(following.go_along)
        changes.when_stopped.append(following.call_off)
        tables.announced.append(VISIT_MAILS)
        beside.tellers.append(said_at_visit)
        announce(*TEXTS, *VISIT_TEXTS)
        mailing.announce(
            *visits_due.KINDS,
            *visits_told.KINDS,
            *KINDS,
            *bottlenecks_told.KINDS,
            *kitchens_told.KINDS,
            *report_told.KINDS,
            *questionnaire_kinds.KINDS,
        )
