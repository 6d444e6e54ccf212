from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from practices import retention
        from practices.changes.registry import followers
        from practices.mailing import registry as mailing
        from practices.rights import registry
        from practices.texts.registry import announce
        from training import retention as kept
        from training import shipped
        from training.afterwards import retention as kept_afterwards
        from training.claims import retention as kept_claims
        from training.mail.news import KINDS
        from training.mail.texts import TEXTS
        from training.moving import ENROLMENTS
        from training.scripts import shipped as questions

        post_migrate.connect(shipped.load, sender=self, dispatch_uid="training_shipped")
        post_migrate.connect(questions.load, sender=self, dispatch_uid="training_questions")
        retention.announce(*kept.RULES, *kept_afterwards.RULES, *kept_claims.RULES)
        registry.person_records += [kept, kept_afterwards, kept_claims]
        announce(*TEXTS)
        mailing.announce(*KINDS)
        followers.append(ENROLMENTS)
