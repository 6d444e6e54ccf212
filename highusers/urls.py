"""Pages of high users, below the address of a practice."""

from django.urls import path

from highusers.actions import views as actions
from highusers.choosing import views as choosing
from highusers.conversations import views as conversations
from highusers.effect import views as effect
from highusers.evaluations import views as evaluations
from highusers.followup import views as followup
from highusers.partners import views as partners
from highusers.plans import views as plans
from highusers.talks import views as talks
from highusers.telephone import views as telephone
from highusers.uploads import views as uploads

UPLOAD = "veelgebruikers/uitdraai/<slug:code>/"
PLAN = "plannen/<slug:code>/"

urlpatterns = [
    path("veelgebruikers/", choosing.high_users, name="high_users"),
    path("veelgebruikers/kiezen/", choosing.meeting, name="choosing_meeting"),
    path("veelgebruikers/kiezen/loten/", choosing.lots, name="draw_lots"),
    path("veelgebruikers/kiezen/plannen/", choosing.make, name="make_plans"),
    path("veelgebruikers/kiezen/<slug:code>/", choosing.choose_patient, name="choose_patient"),
    path("veelgebruikers/oordeel/<slug:code>/", choosing.judge_patient, name="judge_patient"),
    path("veelgebruikers/teamoverleg/", talks.team_talks, name="team_talks"),
    path("veelgebruikers/teamoverleg/nieuw/", talks.team_talk_new, name="team_talk_new"),
    path("veelgebruikers/teamoverleg/<int:pk>/", talks.team_talk, name="team_talk"),
    path("veelgebruikers/teamoverleg/<int:pk>/weg/", talks.team_talk_drop, name="team_talk_drop"),
    path("veelgebruikers/gewoonte/", talks.lasting_habit, name="lasting_habit"),
    path("veelgebruikers/effect/", effect.practice_effect, name="practice_effect"),
    path("veelgebruikers/uitdraai/bestand/", uploads.new, name="extract_new"),
    path("veelgebruikers/uitdraai/hulp/", uploads.explain, name="extract_help"),
    path(f"{UPLOAD}kolommen/", uploads.columns, name="extract_columns"),
    path(f"{UPLOAD}controle/", uploads.check, name="extract_check"),
    path(f"{UPLOAD}controle/rijen.xlsx", uploads.errors, name="extract_errors"),
    path(f"{UPLOAD}bevestigen/", uploads.confirm, name="extract_confirm"),
    path(f"{UPLOAD}opnieuw/", uploads.again, name="extract_again"),
    path(f"{UPLOAD}weg/", uploads.cancel, name="extract_cancel"),
    path("veelgebruikers/uitdraaien/<int:pk>/ongedaan/", uploads.undo, name="extract_undo"),
    path("telefoon/", telephone.card, name="telephone"),
    path("netwerkpartners/", partners.partners, name="partners"),
    path("netwerkpartners/<int:pk>/", partners.partner, name="partner"),
    path("plannen/", followup.due, name="plans_due"),
    path(PLAN, plans.plan, name="patient_plan"),
    path(f"{PLAN}nummer/", plans.number, name="patient_number"),
    path(f"{PLAN}bewerken/", plans.edit, name="plan_edit"),
    path(f"{PLAN}nieuw/", plans.draw_up, name="plan_draw_up"),
    path(f"{PLAN}start/", plans.start, name="plan_start"),
    path(f"{PLAN}sluiten/", plans.close, name="plan_close"),
    path(f"{PLAN}heropenen/", plans.reopen, name="plan_reopen"),
    path(f"{PLAN}toestemming/", plans.consent, name="plan_consent"),
    path(f"{PLAN}versies/", plans.versions, name="plan_versions"),
    path(f"{PLAN}eerder/<int:pk>/", plans.earlier, name="plan_earlier"),
    path(f"{PLAN}tekst/", plans.copy, name="plan_copy"),
    path(f"{PLAN}plan.pdf", plans.pdf, name="plan_pdf"),
    path(f"{PLAN}acties/", actions.add, name="action_add"),
    path(f"{PLAN}acties/<int:pk>/", actions.change, name="action_change"),
    path(f"{PLAN}acties/<int:pk>/stand/", actions.settle, name="action_settle"),
    path(f"{PLAN}gesprek/nieuw/", conversations.new, name="conversation_new"),
    path(f"{PLAN}gesprek/<int:pk>/", conversations.change, name="conversation_change"),
    path(f"{PLAN}gespreksblad.pdf", conversations.sheet, name="conversation_sheet"),
    path(f"{PLAN}evaluatie/", evaluations.new, name="evaluation_new"),
    path(f"{PLAN}evaluatie/<int:pk>/", evaluations.change, name="evaluation_change"),
]
