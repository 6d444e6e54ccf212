"""Every address × every role → the expected answer. An address missing here fails the suite.

To add a page: one line in `PAGES`; when its address holds more than the practice, an example in
`EXAMPLES`; when it takes only POST, its name in `POSTED`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from highusers.models import (
    Conversation,
    Evaluation,
    Extract,
    ExtractImport,
    NetworkPartner,
    PatientPlan,
    PatientTotal,
    PlanAction,
    TeamTalk,
)
from highusers.states import ExtractSource
from highusers.uploads import holding
from interventions.examples.states import ExampleKind, ExampleState
from interventions.models import (
    ConsultationSchedule,
    DayTemplate,
    Example,
    ExampleDocument,
    QuestionLength,
    SectionText,
    SharedTemplate,
    TemplateBlock,
    TimeOut,
)
from interventions.practice_plan.services import begin_plan, hand_in
from monitoring.bottlenecks.services import (
    Described,
    make_structural,
    publish,
    report_bottleneck,
)
from monitoring.kitchen.services import Offering, ask_to_look, offer_kitchen
from monitoring.kitchen.speed_dates import make_dates
from monitoring.models import (
    Announcement,
    BlockText,
    Bottleneck,
    KitchenOffer,
    MeetingAgreement,
    Newsletter,
    RegionalFeeListing,
    Report,
    ReportBlock,
    ReportBuild,
    ReportQuote,
    Visit,
    YearMeeting,
)
from monitoring.questionnaires.drafting import begin_draft
from monitoring.report.build import build_report
from monitoring.report.files import file_name
from monitoring.report.making import folder_of
from monitoring.report.states import BlockKind
from monitoring.report.value import report_json
from monitoring.states import BuildState, ReportState
from monitoring.visit_planning.proposals import slot_at
from monitoring.visit_planning.rules import Moment
from monitoring.visit_planning.services import invite as invite_for_visit
from monitoring.visits.capture import keep, on_page
from monitoring.visits.services import send_report, start_visit
from practices.changes.services import change_code
from practices.invitations.services import ForPractice, invite
from practices.isolation import practice_scope
from practices.models import Application, Practice, Tariff, User
from practices.states import ImportState, RegionRoleName, StaffRole
from tests import factories
from tests.region_story import Region, build_region
from training.claims.services import claim_training
from training.coaching.services import Wish, ask_coaching
from training.feeds.services import make_feed
from training.models import Case, Course, Enrolment, Script, Session, WalkIn
from training.states import EnrolmentState, SessionKind

pytestmark = pytest.mark.django_db

# Of the practice in the address.
OWNER, LOCUM, MANAGER, ASSISTANT = "owner", "locum", "manager", "assistant"
CONSULTANT = "its consultant"
# Of another practice, or of none.
ELSEWHERE, OTHER_CONSULTANT = "owner elsewhere", "another consultant"
COORDINATOR, FACILITATOR = "coordinator", "facilitator"
READER, OVERSEER, ADMINISTRATOR = "insurer's reader", "privacy officer", "administrator"
NOBODY, ANONYMOUS = "account without any role", "not signed in"

ROLES = (
    OWNER,
    LOCUM,
    MANAGER,
    ASSISTANT,
    CONSULTANT,
    ELSEWHERE,
    OTHER_CONSULTANT,
    COORDINATOR,
    FACILITATOR,
    READER,
    OVERSEER,
    ADMINISTRATOR,
    NOBODY,
    ANONYMOUS,
)
CLINICIANS = (OWNER, LOCUM)
IMPORTERS = (OWNER, LOCUM, MANAGER)
TEAM = (*CLINICIANS, MANAGER, ASSISTANT)
HOLDERS = (OWNER, MANAGER)
ON_BEHALF = (CONSULTANT, COORDINATOR)
TEAM_OF_SCHEDULE = (*CLINICIANS, MANAGER, *ON_BEHALF)
READERS = (*TEAM, CONSULTANT, COORDINATOR)
# To whom a practice that is not theirs does not exist.
STRANGERS = (
    ELSEWHERE,
    OTHER_CONSULTANT,
    FACILITATOR,
    READER,
    OVERSEER,
    ADMINISTRATOR,
    NOBODY,
)

Codes = dict[str, int]


def of_practice(*allowed: str, code: int = 200) -> Codes:
    """A page under `/praktijk/<slug>/`."""
    return {
        role: code if role in allowed else 404 if role in STRANGERS else 403 for role in ROLES
    } | {ANONYMOUS: 302}


def of_region(*allowed: str, code: int = 200) -> Codes:
    return {role: code if role in allowed else 403 for role in ROLES} | {ANONYMOUS: 302}


def of_all(code: int = 200, **other: int) -> Codes:
    """A page for whoever is signed in."""
    return dict.fromkeys(ROLES, code) | {ANONYMOUS: 302} | other


def of_everybody(code: int = 200, anonymous: int | None = None) -> Codes:
    """A page that asks no sign-in."""
    return dict.fromkeys(ROLES, code) | {ANONYMOUS: code if anonymous is None else anonymous}


PROGRAMME = (*TEAM, CONSULTANT, ELSEWHERE, OTHER_CONSULTANT, COORDINATOR, FACILITATOR)
WITH_AGENDA = of_region(*PROGRAMME)

OF_UPLOADER = of_practice(*IMPORTERS) | {LOCUM: 404, MANAGER: 404}
"""A page about a file that the owner sent."""

OF_CLAIMANT = of_all(404) | {ASSISTANT: 200}
"""A page about training that the assistant followed elsewhere."""

PAGES: dict[str, Codes] = {
    "home": of_all(302),
    "own_practices": of_all(),
    "own_data": of_all(),
    "own_mail": of_all(),
    "own_next_mail": of_all(),
    "stop_mail": of_everybody(410),
    "effect_explained": of_all(),
    "programme_explained": of_all(),
    "help": of_all(),
    "guide": of_all(),
    "privacy": of_everybody(),
    "accessibility": of_everybody(),
    "library": WITH_AGENDA,
    "example": WITH_AGENDA,
    "example_document": WITH_AGENDA,
    "news": WITH_AGENDA,
    "put_news_away": of_region(*PROGRAMME, code=302),
    **dict.fromkeys(
        ("manage_news", "announcement_new", "announcement", "newsletter_new", "newsletter"),
        of_region(COORDINATOR),
    ),
    **dict.fromkeys(("take_news_down", "newsletter_send"), of_region(COORDINATOR, code=302)),
    "example_thank": of_region(*PROGRAMME, code=302),
    "offer_example": of_practice(*TEAM),
    "take_back": of_practice(*TEAM, code=302),
    "manage_examples": of_region(COORDINATOR),
    "decide_example": of_region(COORDINATOR),
    "write_example": of_region(COORDINATOR),
    "offered_document": of_region(COORDINATOR),
    "apply": of_everybody(),
    "confirm_application": of_everybody(410),
    "pipeline": of_region(COORDINATOR),
    "application": of_region(COORDINATOR),
    "participants": of_region(COORDINATOR),
    "joining": of_region(COORDINATOR),
    "note_step": of_region(COORDINATOR, code=302),
    "move_to_cohort": of_region(COORDINATOR, code=302),
    "practice_go_on": of_region(COORDINATOR, code=302),
    "joining_remind": of_region(COORDINATOR, code=302),
    "practice_change": of_region(COORDINATOR),
    "undo_change": of_region(COORDINATOR, code=302),
    "practice_contacts": of_region(COORDINATOR),
    **dict.fromkeys(
        ("today", "visit_planning", "visit_contacts", "week_sheets_pdf"),
        of_region(CONSULTANT, OTHER_CONSULTANT),
    ),
    **dict.fromkeys(
        ("region_visits", "region_visits_xlsx", "region_needs"), of_region(COORDINATOR)
    ),
    **dict.fromkeys(
        ("visit_invite", "visit_move", "visit_cancel", "visit_sheet", "visit_sheet_pdf"),
        of_practice(*ON_BEHALF),
    ),
    "visit_mail_again": of_practice(*ON_BEHALF, code=302),
    "visit_date": of_practice(*READERS),
    "visit_date_suits": of_practice(*HOLDERS, code=302),
    "visit_date_another": of_practice(*HOLDERS),
    "start_package": of_practice(*READERS),
    "intervention_explained": of_all(),
    "agenda": WITH_AGENDA,
    "agenda_month": WITH_AGENDA,
    "agenda_year": WITH_AGENDA,
    "course_menu": WITH_AGENDA,
    "own_feed": WITH_AGENDA,
    "make_own_feed": WITH_AGENDA,
    "withdraw_feed": WITH_AGENDA | dict.fromkeys(PROGRAMME, 404) | {OWNER: 302},
    "feed": of_everybody(404),
    # One practice goes to its own page, the coordinator to hers
    "session": WITH_AGENDA | dict.fromkeys((*TEAM, ELSEWHERE, COORDINATOR), 302),
    "decline": of_everybody(410),
    "language": of_everybody(302),
    "healthz": of_everybody(),
    "readyz": of_everybody(503),
    "typed": of_all(302),
    "forget_typed": of_all(302),
    "invitation": of_everybody(410),
    # A practice
    "practice_start": of_practice(*READERS),
    "practice_team": of_practice(*READERS),
    "practice_course": of_practice(*READERS),
    "task_list": of_practice(*READERS),
    "evidence_high_users": of_practice(*READERS),
    "evidence_triage": of_practice(*READERS),
    "evidence_time_out": of_practice(*READERS),
    "evidence_schedule": of_practice(*READERS),
    "evidence_conversation": of_practice(*READERS),
    "evidence_intervision": of_practice(*READERS),
    "processing_agreement": of_practice(*READERS),
    "agree_to_processing": of_practice(*HOLDERS, code=302),
    "practice_trail": of_practice(*HOLDERS),
    "manager_access": of_practice(OWNER),
    # Its own work, also on its behalf
    "mirror": of_practice(*CLINICIANS, MANAGER, CONSULTANT),
    "mirror_indicator": of_practice(*CLINICIANS, MANAGER, CONSULTANT),
    "mirror_questions": of_all(),
    "region_mirror": of_region(COORDINATOR),
    "region_mirror_indicator": of_region(COORDINATOR),
    "region_figures": of_region(COORDINATOR),
    "region_figures_put_back": of_region(COORDINATOR, code=302),
    "practice_plan": of_practice(*READERS),
    "practice_plan_year": of_practice(*READERS),
    "practice_plan_begin": of_practice(*TEAM_OF_SCHEDULE, code=302),
    "practice_plan_add": of_practice(*TEAM_OF_SCHEDULE, code=302),
    "practice_plan_pdf": of_practice(*READERS),
    "practice_plan_versions": of_practice(*READERS),
    "practice_plan_version": of_practice(*READERS),
    "practice_plan_step": of_practice(*TEAM_OF_SCHEDULE, code=302),
    "practice_plan_consultant": of_practice(CONSULTANT, code=302),
    "plan_section": of_practice(*TEAM_OF_SCHEDULE, code=302),
    "plan_section_choose": of_practice(*TEAM_OF_SCHEDULE, code=302),
    "plan_section_remove": of_practice(*TEAM_OF_SCHEDULE, code=302),
    "plan_section_done": of_practice(*TEAM_OF_SCHEDULE, code=302),
    "plan_section_comment": of_practice(CONSULTANT, code=302),
    "plan_section_answer": of_practice(*TEAM_OF_SCHEDULE, code=302),
    "schedules": of_practice(*TEAM_OF_SCHEDULE),
    "schedule": of_practice(*TEAM_OF_SCHEDULE),
    "schedule_end": of_practice(*TEAM_OF_SCHEDULE, code=302),
    **dict.fromkeys(
        (
            *("template_start", "day_template", "template_paper", "template_day"),
            *("length_steps", "length_questions", "length_question"),
            *("length_questions_paper", "length_patients", "length_patients_paper"),
        ),
        of_practice(*TEAM_OF_SCHEDULE),
    ),
    **dict.fromkeys(
        (
            *("template_rename", "template_use", "template_offer"),
            "template_block",
        ),
        of_practice(*TEAM_OF_SCHEDULE),
    ),
    **dict.fromkeys(
        (
            *("template_now", "template_drop", "template_take_back", "template_copy_day"),
            *("template_person", "length_questions_copy"),
        ),
        of_practice(*TEAM_OF_SCHEDULE, code=302),
    ),
    "region_templates": of_region(COORDINATOR),
    "region_template_decide": of_region(COORDINATOR),
    # No insurer of the region here has a list
    "regional_fee_xlsx": of_region(COORDINATOR, code=302),
    # Time-outs: the own ones, so a colleague's does not exist
    "time_outs": of_practice(*CLINICIANS),
    "time_out_new": of_practice(*CLINICIANS),
    "time_out_sync": of_practice(*CLINICIANS),
    "time_out_look": of_practice(*CLINICIANS),
    "time_out": of_practice(*CLINICIANS) | {LOCUM: 404},
    "time_out_drop": of_practice(*CLINICIANS, code=302) | {LOCUM: 404},
    "time_out_nobody": of_practice(*CLINICIANS, code=302) | {LOCUM: 404},
    "time_out_put_forward": of_practice(*CLINICIANS, code=302) | {LOCUM: 404},
    "time_out_pattern": of_practice(*CLINICIANS, MANAGER, CONSULTANT),
    "questionnaires": of_practice(*HOLDERS, *ON_BEHALF),
    "questionnaire": of_practice(*HOLDERS, *ON_BEHALF),
    "questionnaire_reopen": of_practice(COORDINATOR),
    "questionnaire_versions": of_region(COORDINATOR),
    "questionnaire_version": of_region(COORDINATOR),
    "questionnaire_preview": of_region(COORDINATOR),
    "questionnaire_question_new": of_region(COORDINATOR),
    "questionnaire_question": of_region(COORDINATOR),
    **dict.fromkeys(
        (
            *("questionnaire_question_remove", "questionnaire_question_move"),
            "questionnaire_discard",
        ),
        of_region(COORDINATOR, code=302),
    ),
    "questionnaire_publish": of_region(COORDINATOR),
    "questionnaire_withdraw": of_region(COORDINATOR, code=302),
    "responses_now": of_region(COORDINATOR, CONSULTANT, OTHER_CONSULTANT, code=302),
    "responses": of_region(COORDINATOR, CONSULTANT, OTHER_CONSULTANT),
    "responses_xlsx": of_region(COORDINATOR, CONSULTANT, OTHER_CONSULTANT),
    "response_texts": of_region(COORDINATOR, CONSULTANT, OTHER_CONSULTANT),
    "remind_missing": of_region(COORDINATOR, CONSULTANT, OTHER_CONSULTANT, code=302),
    "invite_colleague": of_practice(*HOLDERS),
    "withdraw_invitation": of_practice(*HOLDERS, code=302),
    "practice_session": of_practice(*READERS)
    | dict.fromkeys((*HOLDERS, CONSULTANT, COORDINATOR), 302),
    "enrol_oneself": of_practice(*READERS, code=302),
    "enrol_colleagues": of_practice(*HOLDERS, CONSULTANT, COORDINATOR),
    "cancel_own": of_practice(OWNER) | dict.fromkeys({*READERS} - {OWNER}, 404),
    "cancel_colleague": of_practice(*HOLDERS, CONSULTANT, COORDINATOR),
    "make_practice_feed": of_practice(*READERS),
    # Its patients
    "high_users": of_practice(*IMPORTERS),
    "choosing_meeting": of_practice(*CLINICIANS, code=302),
    "choose_patient": of_practice(*CLINICIANS),
    "judge_patient": of_practice(*CLINICIANS, code=302),
    "make_plans": of_practice(*CLINICIANS, code=302),
    "draw_lots": of_practice(*CLINICIANS),
    "team_talks": of_practice(*CLINICIANS),
    "team_talk_new": of_practice(*CLINICIANS),
    "team_talk": of_practice(*CLINICIANS),
    "team_talk_drop": of_practice(*CLINICIANS, code=302),
    "lasting_habit": of_practice(*IMPORTERS),
    "practice_effect": of_practice(*IMPORTERS),
    "extract_new": of_practice(*IMPORTERS, code=302),
    "extract_columns": OF_UPLOADER,
    "extract_check": OF_UPLOADER,
    "extract_confirm": OF_UPLOADER,
    "extract_errors": OF_UPLOADER,
    "extract_cancel": OF_UPLOADER | {OWNER: 302},
    "extract_again": OF_UPLOADER | {OWNER: 302},
    "extract_help": of_practice(*READERS),
    "extract_undo": of_practice(*IMPORTERS, code=302),
    "patient_plan": of_practice(*CLINICIANS),
    "patient_number": of_practice(*CLINICIANS),
    "telephone": of_practice(*CLINICIANS, ASSISTANT),
    "partners": of_practice(*CLINICIANS),
    "partner": of_practice(*CLINICIANS),
    "plans_due": of_practice(*CLINICIANS),
    "plan_edit": of_practice(*CLINICIANS),
    "plan_draw_up": of_practice(*CLINICIANS, code=302),
    "plan_start": of_practice(*CLINICIANS, code=302),
    "plan_close": of_practice(*CLINICIANS),
    "plan_reopen": of_practice(*CLINICIANS, code=302),
    "plan_consent": of_practice(*CLINICIANS, code=302),
    "plan_versions": of_practice(*CLINICIANS),
    "plan_earlier": of_practice(*CLINICIANS),
    "plan_copy": of_practice(*CLINICIANS),
    "plan_pdf": of_practice(*CLINICIANS),
    "action_add": of_practice(*CLINICIANS),
    "action_change": of_practice(*CLINICIANS),
    "action_settle": of_practice(*CLINICIANS, code=302),
    "conversation_new": of_practice(*CLINICIANS),
    "conversation_change": of_practice(*CLINICIANS),
    "conversation_sheet": of_practice(*CLINICIANS),
    "evaluation_new": of_practice(*CLINICIANS),
    "evaluation_change": of_practice(*CLINICIANS),
    "patient_search": of_practice(*CLINICIANS),
    "patient_rights": of_practice(*CLINICIANS),
    "patient_data": of_practice(*CLINICIANS),
    "remove_patient": of_practice(*CLINICIANS, code=302),
    # The region
    "region": of_region(COORDINATOR),
    "region_xlsx": of_region(COORDINATOR),
    "region_high_users": of_region(COORDINATOR),
    "region_high_users_xlsx": of_region(COORDINATOR),
    "region_high_users_csv": of_region(COORDINATOR),
    "region_effect": of_region(COORDINATOR),
    "region_practice_plans": of_region(COORDINATOR),
    **dict.fromkeys(
        (
            *("regional_fee", "regional_fee_list", "programme_fee"),
            *("programme_fee_xlsx", "goals", "goals_xlsx", "status_course", "status_course_xlsx"),
        ),
        of_region(COORDINATOR),
    ),
    "regional_fee_take_off": of_region(COORDINATOR, code=302),
    "tariffs": of_region(COORDINATOR, ADMINISTRATOR),
    "tariff_withdraw": of_region(COORDINATOR, ADMINISTRATOR, code=302),
    "region_time_outs": of_region(COORDINATOR),
    "region_effect_anew": of_region(COORDINATOR, code=302),
    "region_trail": of_region(OVERSEER),
    "patient_profiles": of_region(COORDINATOR),
    **dict.fromkeys(
        (
            *("session_attendance", "session_attendance_sync", "session_attendance_add"),
            *("session_attendance_history", "session_attendance_pdf", "session_script"),
            *("session_script_version", "session_learning", "session_evaluations"),
            *("session_papers", "session_certificate"),
            *("year_plan", "year_plan_month", "year_plan_pdf"),
        ),
        of_region(COORDINATOR, FACILITATOR),
    ),
    "session_walk_in": of_region(COORDINATOR, FACILITATOR, code=404),
    "share_learning": of_region(FACILITATOR, code=302),
    "session_accreditation": of_region(COORDINATOR),
    **dict.fromkeys(
        (
            *("training_forecast", "training_needs", "training_fill", "training_fill_file"),
            *("attendance_lists", "attendance_lists_file"),
        ),
        of_region(COORDINATOR),
    ),
    **dict.fromkeys(
        (
            *("menu_edit", "course_new", "course_edit", "course_price", "coaching_requests"),
            *("coaching_plan", "claims", "claim_judge", "claim_file", "region_training"),
            "region_training_file",
        ),
        of_region(COORDINATOR),
    ),
    "course_offer": of_region(COORDINATOR, code=302),
    "course_move": of_region(COORDINATOR, code=302),
    "coaching_decline": of_region(COORDINATOR),
    "training_costs": of_region(COORDINATOR),
    "training_costs_file": of_region(COORDINATOR),
    # Of who takes part
    "own_training": of_all(),
    "shared_learning": WITH_AGENDA,
    **dict.fromkeys(
        ("session_topic", "own_certificate"),
        of_all(404) | {OWNER: 200, ASSISTANT: 200},
    ),
    # Longer ago than one can answer.
    "evaluate_session": of_all(404) | {OWNER: 302, ASSISTANT: 302},
    "withdraw_case": of_all(404) | {OWNER: 302},
    "own_claim_new": of_all(404) | dict.fromkeys((*TEAM, ELSEWHERE), 200),
    **dict.fromkeys(("own_claim", "own_claim_change", "own_claim_proof"), OF_CLAIMANT),
    # Bottlenecks with partners
    **dict.fromkeys(
        ("practice_bottlenecks", "bottleneck_new", "bottleneck"), of_practice(*READERS)
    ),
    **dict.fromkeys(
        ("bottleneck_withdraw", "bottleneck_also_here"), of_practice(*READERS, code=302)
    ),
    **dict.fromkeys(
        ("visit", "visit_sync", "visit_look", "visit_read_back"), of_practice(*ON_BEHALF)
    ),
    **dict.fromkeys(
        ("visit_begin", "visit_amend", "visit_drop"), of_practice(*ON_BEHALF, code=302)
    ),
    **dict.fromkeys(
        ("practice_visits", "visit_report", "visit_report_pdf"),
        of_practice(*CLINICIANS, MANAGER, *ON_BEHALF),
    ),
    "visit_confirm": of_practice(*HOLDERS, code=302),
    "visit_comment": of_practice(*HOLDERS, *ON_BEHALF),
    "visit_agreement": of_practice(*CLINICIANS, MANAGER, *ON_BEHALF, code=302),
    **dict.fromkeys(("practice_kitchens", "kitchen_ask"), of_practice(*READERS)),
    "kitchen_answer": of_practice(*READERS, code=302),
    **dict.fromkeys(("kitchen_offer_new", "kitchen_offer"), of_practice(*HOLDERS, *ON_BEHALF)),
    "kitchen_offer_withdraw": of_practice(*HOLDERS, *ON_BEHALF, code=302),
    "region_kitchens": of_region(COORDINATOR),
    "region_kitchens_xlsx": of_region(COORDINATOR),
    "speed_date_wishes": of_all(404) | {OWNER: 200},
    **dict.fromkeys(("speed_dates", "speed_dates_pdf"), of_region(COORDINATOR, FACILITATOR)),
    "region_bottlenecks": of_region(CONSULTANT, OTHER_CONSULTANT, COORDINATOR),
    **dict.fromkeys(
        (
            *("bottlenecks_by_partner", "region_bottlenecks_xlsx", "structural_bottlenecks"),
            *("structural_new", "structural_bottleneck", "structural_change"),
        ),
        of_region(COORDINATOR),
    ),
    **dict.fromkeys(
        ("group_bottlenecks", "ungroup_bottleneck", "structural_publish", "structural_dissolve"),
        of_region(COORDINATOR, code=302),
    ),
    "practice_training": of_practice(*READERS),
    "practice_training_file": of_practice(*READERS),
    **dict.fromkeys(
        ("claim_new", "claim", "claim_change", "coaching_ask"), of_practice(*HOLDERS, *ON_BEHALF)
    ),
    "claim_proof": of_practice(*HOLDERS),
    "coaching_withdraw": of_practice(*HOLDERS, *ON_BEHALF, code=302),
    "team_sharing": of_practice(*READERS),
    "share_in_team": of_practice(*HOLDERS, *ON_BEHALF),
    "practice_training_costs": of_practice(*READERS),
    "offline_worker": of_everybody(),
    "session_new": of_region(COORDINATOR),
    "manage_session": of_region(COORDINATOR),
    "session_edit": of_region(COORDINATOR),
    "session_capacity": of_region(COORDINATOR, code=302),
    "session_cancel": of_region(COORDINATOR, code=302),
    "region_mail": of_region(COORDINATOR),
    "session_mail": of_region(COORDINATOR),
    "session_mail_again": of_region(COORDINATOR, code=404),
    "other_mail_again": of_region(COORDINATOR, code=404),
    "session_restore": of_region(COORDINATOR, code=302),
    "session_move": of_region(COORDINATOR, code=302),
    "session_promote": of_region(COORDINATOR, code=302),
    "session_reorder": of_region(COORDINATOR, code=302),
    "session_take_out": of_region(COORDINATOR, code=302),
    "import_region": of_region(COORDINATOR),
    "import_region_check": of_region(COORDINATOR, code=302),
    "import_region_again": of_region(COORDINATOR, code=302),
    "import_region_discard": of_region(COORDINATOR, code=302),
    "invite_anyone": of_region(COORDINATOR),
    "withdraw_any_invitation": of_region(COORDINATOR, code=302),
    "region_texts": of_region(COORDINATOR),
    "region_text": of_region(COORDINATOR, code=404),
    "region_text_version": of_region(COORDINATOR, code=404),
    "bring_back_region_text": of_region(COORDINATOR, code=404),
    "reports": of_region(COORDINATOR),
    "report": of_region(COORDINATOR),
    **dict.fromkeys(
        ("report_year", "report_block", "report_quotes", "report_minutes", "report_stored_file"),
        of_region(COORDINATOR),
    ),
    "report_minutes_pdf": of_region(COORDINATOR),
    **dict.fromkeys(
        (
            *("report_finalise", "report_anew", "report_publish", "report_write", "report_mark"),
            "report_drop",
            *("report_quote_pick", "report_quote_drop", "report_bring_back"),
            *("report_minutes_close", "report_agreement_drop", "report_agreement_settle"),
        ),
        of_region(COORDINATOR, code=302),
    ),
    **dict.fromkeys(("report_correct", "report_assign", "report_agree"), of_region(COORDINATOR)),
    "report_choose": of_region(COORDINATOR, code=404),
    "practice_quotes": of_practice(*HOLDERS),
    "practice_quote_answer": of_practice(*HOLDERS),
    "practice_reports": of_practice(*CLINICIANS, MANAGER, code=302),
    "practice_report": of_practice(*CLINICIANS, MANAGER),
    "practice_report_pdf": of_practice(*CLINICIANS, MANAGER),
    "insurer_report": of_region(READER),
    "report_build": of_region(COORDINATOR),
    "report_cancel": of_region(COORDINATOR, code=302),
    "report_retry": of_region(COORDINATOR, code=302),
    "report_file": of_region(COORDINATOR),
    "insurer_reports": of_region(READER),
    "insurer_file": of_region(READER),
    # Signing in
    "account_login": of_everybody(302, anonymous=200),
    "account_logout": of_everybody(200, anonymous=302),
    "account_inactive": of_everybody(),
    "account_signup": of_everybody(302, anonymous=200),
    "account_reauthenticate": of_all(),
    "account_email": of_all(404),
    "account_email_verification_sent": of_everybody(),
    "account_confirm_email": of_everybody(),
    "account_change_password": of_all(),
    "account_set_password": of_all(302),
    "account_reset_password": of_everybody(),
    "account_reset_password_done": of_everybody(),
    "account_reset_password_from_key": of_everybody(),
    "account_reset_password_from_key_done": of_everybody(),
    "account_confirm_login_code": of_everybody(302),
    "mfa_index": of_all(),
    "mfa_authenticate": of_everybody(302),
    "mfa_reauthenticate": of_all(302),
    "mfa_activate_totp": of_all(302),
    "mfa_deactivate_totp": of_all(404),
    "mfa_view_recovery_codes": of_all(404),
    "mfa_generate_recovery_codes": of_all(302),
    "mfa_download_recovery_codes": of_all(404),
    "mfa_list_webauthn": of_all(),
    "mfa_add_webauthn": of_all(302),
    "mfa_reauthenticate_webauthn": of_all(302),
    "mfa_remove_webauthn": of_all(302),
    "mfa_edit_webauthn": of_all(302),
    "mfa_login_webauthn": of_everybody(302),
    "usersessions_list": of_all(),
    # An identity provider; none is set up here, and nobody gets an account by it
    "openid_connect_login": of_everybody(404),
    "openid_connect_callback": of_everybody(404),
    "socialaccount_login_cancelled": of_everybody(),
    "socialaccount_login_error": of_all(401),
    "socialaccount_signup": of_everybody(302),
    "socialaccount_connections": of_all(),
    "accounts/social/login/cancelled/": of_all(301),
    "accounts/social/login/error/": of_all(301),
    "accounts/social/signup/": of_all(301),
    "accounts/social/connections/": of_all(301),
}

POSTED = {
    *("visit_begin", "visit_look", "visit_amend", "visit_drop"),
    *("visit_cancel", "visit_mail_again", "visit_date_suits", "visit_date_another"),
    *("visit_confirm", "visit_comment", "visit_agreement"),
    "regional_fee_take_off",
    "tariff_withdraw",
    "region_effect_anew",
    "practice_plan_begin",
    "practice_plan_add",
    "practice_plan_step",
    "practice_plan_consultant",
    "plan_section",
    "plan_section_choose",
    "plan_section_remove",
    "plan_section_done",
    "plan_section_comment",
    "plan_section_answer",
    "note_step",
    "move_to_cohort",
    "practice_go_on",
    "joining_remind",
    "undo_change",
    "example_thank",
    *("put_news_away", "take_news_down", "newsletter_send"),
    *("bottleneck_withdraw", "bottleneck_also_here", "group_bottlenecks", "ungroup_bottleneck"),
    *("structural_publish", "structural_dissolve", "kitchen_answer", "kitchen_offer_withdraw"),
    "take_back",
    "make_own_feed",
    "withdraw_feed",
    "make_practice_feed",
    "enrol_oneself",
    "session_walk_in",
    "share_learning",
    "withdraw_case",
    *("course_offer", "course_move", "coaching_decline", "coaching_withdraw"),
    "session_capacity",
    "session_cancel",
    "session_restore",
    "session_move",
    "session_promote",
    "session_reorder",
    "session_take_out",
    "schedule_end",
    *("template_rename", "template_use", "template_now", "template_drop", "template_offer"),
    *("template_take_back", "template_copy_day", "template_block", "template_person"),
    *("length_questions_copy", "region_template_decide"),
    "time_out_look",
    "time_out_drop",
    "time_out_nobody",
    "time_out_put_forward",
    "questionnaire_reopen",
    *("questionnaire_question_remove", "questionnaire_question_move", "questionnaire_publish"),
    *("questionnaire_withdraw", "questionnaire_discard", "remind_missing"),
    "language",
    "forget_typed",
    "agree_to_processing",
    "withdraw_invitation",
    "extract_cancel",
    "extract_again",
    "extract_undo",
    "patient_number",
    "judge_patient",
    "team_talk_drop",
    "session_mail_again",
    "other_mail_again",
    "plan_start",
    "plan_reopen",
    "plan_consent",
    "action_add",
    "action_settle",
    "remove_patient",
    "import_region_again",
    "import_region_discard",
    "region_figures_put_back",
    "withdraw_any_invitation",
    "report_finalise",
    *("report_anew", "report_publish", "report_correct", "report_write", "report_mark"),
    "report_drop",
    *("report_assign", "report_choose", "report_bring_back", "report_quote_pick"),
    *("report_quote_drop", "report_minutes_close", "report_agree", "report_agreement_drop"),
    *("report_agreement_settle", "practice_quote_answer"),
    "report_cancel",
    "report_retry",
    "bring_back_region_text",
}
FORMS = {
    "language": {"language": "nl"},
    "plan_section_choose": {"way": "mine"},
    "plan_section_comment": {"text": "Goed zo"},
    "plan_section_answer": {"text": "Goed zo"},
    "remove_patient": {"reason": "death"},
    "action_settle": {"state": "done"},
}

Arguments = dict[str, Any]


def an_invitation(region: Region) -> Arguments:
    made = invite(
        email="nieuw@voorbeeld.example",
        name="Nieuwe Collega",
        to=ForPractice(region.linde, StaffRole.POH),
        actor=None,
        site="https://voorbeeld.example",
    )
    return {"pk": made.pk}


def an_application(region: Region) -> Arguments:
    made = Application.objects.create(
        practice_name="De Beek",
        code="01009999",
        city="Tilburg",
        cohort=region.linde.cohort,
        contact_name="Sam",
        contact_role=StaffRole.MANAGER,
        email="sam@beek.example",
    )
    return {"pk": made.pk}


def a_change(region: Region) -> Arguments:
    made = change_code(
        practice=region.linde, code="01008888", day=timezone.localdate(), actor=region.coordinator
    )
    return {"pk": made.pk}


def an_example(region: Region) -> Arguments:
    made = Example.objects.create(
        kind=ExampleKind.STORY,
        title="Eerst bellen",
        body="Dat hielp.",
        practice=region.linde,
        offered_by=region.doctor,
        state=ExampleState.PUBLISHED,
    )
    ExampleDocument.objects.create(example=made, kind="png", content=b"-", size=1, state="ready")
    return {"pk": made.pk}


def an_announcement(region: Region) -> Arguments:
    today = timezone.localdate()
    made = Announcement.objects.create(
        title="Nieuw", body="Iets.", shown_from=today, shown_until=today, written_by=region.doctor
    )
    return {"pk": made.pk}


def a_newsletter(region: Region) -> Arguments:
    made = Newsletter.objects.create(title="Maart", opening="Dag.", made_by=region.coordinator)
    return {"pk": made.pk}


def an_appointment(region: Region) -> Arguments:
    moment = Moment(slot_at(timezone.localdate() + timedelta(days=20), time(13)), "Goirle")
    made = invite_for_visit(practice=region.linde, moment=moment, actor=region.consultant)
    return {"code": made.code}


def a_visit(region: Region) -> Arguments:
    """The consultant is writing it."""
    visit = start_visit(practice=region.linde, actor=region.consultant)
    keep(on_page("joy", "Rust.", ""), visit=visit, actor=region.consultant)
    return {"code": visit.code}


def a_sent_visit(region: Region) -> Arguments:
    visit = Visit.objects.get(**a_visit(region))
    send_report(visit=visit, actor=region.consultant)
    return {"code": visit.code}


def an_agreement(region: Region) -> Arguments:
    visit = Visit.objects.get(**a_visit(region))
    said = '{"what": "Oefenen", "owner": "other", "due_on": "2027-01-31"}'
    keep(on_page("agreement_i1-een", said, ""), visit=visit, actor=region.consultant)
    send_report(visit=visit, actor=region.consultant)
    return {"pk": visit.agreements.get().pk}


def a_bottleneck(region: Region) -> Arguments:
    made = report_bottleneck(
        practice=region.linde,
        partner="hospital",
        kind="waiting",
        weight=2,
        text="Lang wachten",
        source="practice",
        actor=region.doctor,
    )
    return {"pk": made.pk}


def a_structural_bottleneck(region: Region) -> Arguments:
    report = Bottleneck.objects.get(**a_bottleneck(region))
    described = Described("Wachttijd", "hospital", "", "waiting", "", None)
    made = make_structural(chosen=[report], described=described, actor=region.coordinator)
    publish(structural=made, shown=True, actor=region.coordinator)
    return {"pk": made.pk}


def a_report_in_a_structural_one(region: Region) -> Arguments:
    found = Bottleneck.objects.get(structural=a_structural_bottleneck(region)["pk"])
    return {"pk": found.pk}


def a_kitchen(region: Region, practice: Practice) -> KitchenOffer:
    offering = Offering("1", "Dubbel", "Zo", "Dinsdag", timezone.localdate() + timedelta(days=9))
    return offer_kitchen(practice=practice, offering=offering, actor=region.doctor)


def an_offer_to_look(region: Region) -> Arguments:
    return {"pk": a_kitchen(region, region.linde).pk}


def an_offer_of_another(region: Region) -> Arguments:
    return {"pk": a_kitchen(region, region.reit).pk}


def a_question_to_look(region: Region) -> Arguments:
    offer = a_kitchen(region, region.reit)
    asked = ask_to_look(
        offer=offer, practice=region.linde, contact="013", message="", actor=region.doctor
    )
    return {"pk": asked.pk}


def speed_dates_of(region: Region) -> Arguments:
    session = Session.objects.create(
        reference="netwerk",
        kind=SessionKind.QUESTION_HOUR,
        title="Netwerk",
        held_on=timezone.localdate() + timedelta(days=9),
        facilitator=region.facilitator,
    )
    Enrolment.objects.create(
        session=session,
        person=region.doctor.person,
        practice=region.linde,
        state=EnrolmentState.CONFIRMED,
        turn=1,
    )
    make_dates(session=session, rounds=1, minutes=5, absent=[], keep=0, actor=region.facilitator)
    return {"pk": session.pk}


def an_upload(region: Region) -> Arguments:
    """Of the owner: what a file holds is for the colleague who sent it only."""
    made = ExtractImport.objects.create(
        code="eenbestand",
        practice=region.linde,
        created_by=region.doctor,
        expires_at=timezone.now() + timedelta(hours=1),
        state=ImportState.ROWS,
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        definition="MTVP 2023",
    )
    holding.keep_cells(made.code, {"summary": {"patients": 1, "rows": 1}, "good_rows": 1})
    holding.keep_workbook(made.code, b"PK")
    return {"code": made.code}


def an_extract(region: Region) -> Arguments:
    made = Extract.objects.create(
        practice=region.linde,
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        source=ExtractSource.UPLOAD,
        threshold=30,
        patients=1,
        contacts=1,
        high_users=0,
    )
    return {"pk": made.pk}


def a_patient_on_the_list(region: Region) -> Arguments:
    extract = Extract.objects.get(**an_extract(region))
    with practice_scope(region.linde):
        PatientTotal.objects.create(
            extract=extract, practice=region.linde, patient_key=bytes([1]) * 32, contacts=40
        )
    return {"code": "v-01"}


def a_talk(region: Region) -> Arguments:
    with practice_scope(region.linde):
        made = TeamTalk.objects.create(
            practice=region.linde, held_on=date(2026, 1, 5), present="[]", decided="Verder"
        )
    return {"pk": made.pk}


def a_patient(region: Region) -> Arguments:
    return {"code": (bytes([1]) * 32).hex()}


def a_week(region: Region) -> Arguments:
    made_by = factories.user()
    made = DayTemplate.objects.create(practice=region.linde, name="Week", made_by=made_by)
    SharedTemplate.objects.create(
        practice=region.linde, template=made, name="Week", blocks=[], offered_by=made_by
    )
    return {"pk": made.pk}


def a_day_of_a_week(region: Region) -> Arguments:
    return a_week(region) | {"weekday": 1}


def a_block_of_a_week(region: Region) -> Arguments:
    week = a_week(region)
    made = TemplateBlock.objects.create(
        template_id=week["pk"], weekday=1, who="Bakker", begins=480, ends=600, kind="email"
    )
    return week | {"block_pk": made.pk}


def a_week_offered(region: Region) -> Arguments:
    return {"pk": SharedTemplate.objects.get(template=a_week(region)["pk"]).pk}


def a_question(region: Region) -> Arguments:
    return {"pk": QuestionLength.objects.create(practice=region.linde, question="Oorpijn").pk}


def a_schedule(region: Region) -> Arguments:
    return {"pk": ConsultationSchedule.objects.filter(practice=region.linde).earliest("pk").pk}


def a_partner(region: Region) -> Arguments:
    made = NetworkPartner.objects.create(practice=region.linde, name="Wijkteam", kind="social")
    return {"pk": made.pk}


def of_first_patient(make: Callable[[PatientPlan], Model]) -> Callable[[Region], Arguments]:
    """Something of the patient V-01 of De Linde, by its key."""

    def made(region: Region) -> Arguments:
        with practice_scope(region.linde):
            plan = PatientPlan.objects.select_related("high_user").get(high_user__number=1)
            return {"code": "v-01", "pk": make(plan).pk}

    return made


def an_action(plan: PatientPlan) -> Model:
    return PlanAction.objects.create(practice=plan.practice, plan=plan, what="bellen")


def a_conversation(plan: PatientPlan) -> Model:
    return Conversation.objects.create(
        practice=plan.practice, high_user=plan.high_user, held_on=date(2024, 3, 4)
    )


def an_evaluation(plan: PatientPlan) -> Model:
    return Evaluation.objects.create(
        practice=plan.practice, plan=plan, held_on=date(2024, 3, 4), outcome="partly"
    )


PLAN_PAGES = [
    "plan_edit", "plan_draw_up", "plan_start", "plan_close", "plan_reopen", "plan_consent",
    "plan_versions", "plan_copy", "plan_pdf", "action_add", "conversation_new",
    "conversation_sheet", "evaluation_new",
]  # fmt: skip


def a_report(region: Region) -> Arguments:
    return {"pk": _report(region).pk}


def a_stored_csv(region: Region) -> Arguments:
    return a_report(region) | {"kind": "csv"}


def a_published_report(region: Region) -> Arguments:
    return {"pk": a_final_file(region)["pk"]}


def a_report_year(region: Region) -> Arguments:
    return {"year": _report(region).year}


def a_report_block(region: Region) -> Arguments:
    return a_report_year(region) | {"kind": BlockKind.SUMMARY}


def an_earlier_text(region: Region) -> Arguments:
    block = ReportBlock.objects.create(year=2024, kind=BlockKind.SUMMARY)
    return {"pk": BlockText.objects.create(block=block, text="Eerder.").pk}


def a_waiting_text(region: Region) -> Arguments:
    block = ReportBlock.objects.create(year=2024, kind=BlockKind.SUMMARY)
    return {"pk": BlockText.objects.create(block=block, text="Anders.", apart=True).pk}


def a_quote(region: Region) -> Arguments:
    quote = ReportQuote.objects.create(practice=region.linde, year=2024, proposed="Meer rust.")
    return {"pk": quote.pk}


def minutes_of_a_year(region: Region) -> Arguments:
    return {"year": YearMeeting.objects.create(year=2024).year}


def a_meeting_agreement(region: Region) -> Arguments:
    meeting = YearMeeting.objects.create(year=2024)
    return {"pk": MeetingAgreement.objects.create(meeting=meeting, text="Bellen", owner="CZ").pk}


def a_running_build(region: Region) -> Arguments:
    return {"code": _build(region, BuildState.RUNNING).code}


def a_stopped_build(region: Region) -> Arguments:
    return {"code": _build(region, BuildState.CANCELLED).code}


def a_file(region: Region) -> Arguments:
    made = _build(region, BuildState.DONE)
    folder_of(made.code).mkdir(parents=True, exist_ok=True)
    (folder_of(made.code) / file_name(made.year, made.insurer, "json")).write_text("{}")
    return {"code": made.code, "kind": "json"}


def a_final_file(region: Region) -> Arguments:
    report = _report(region)
    made = a_file(region)
    ReportBuild.objects.filter(code=made["code"]).update(report=report)
    Report.objects.filter(pk=report.pk).update(
        state=ReportState.FINAL,
        final_at=timezone.now() - timedelta(days=1),
        published_at=timezone.now(),
        sha256="0" * 64,
    )
    return {"pk": report.pk, "kind": "json"}


def _report(region: Region) -> Report:
    insurer = factories.insurer("CZ")
    value = report_json(build_report(year=2024, insurer=insurer, appendix=False))
    return Report.objects.create(year=2024, insurer=insurer, value=value)


def _build(region: Region, state: BuildState) -> ReportBuild:
    return ReportBuild.objects.create(
        code="eenopdracht",
        year=2024,
        insurer=factories.insurer("CZ"),
        state=state,
        created_by=region.coordinator,
    )


def a_session(region: Region) -> Arguments:
    return {"pk": Session.objects.coming(timezone.localdate())[0].pk}


def an_enrolment(region: Region) -> Arguments:
    """Of the owner, for the coming intervision."""
    coming = Session.objects.coming(timezone.localdate()).filter(kind=SessionKind.INTERVISION)
    made = Enrolment.objects.create(
        session=coming[0],
        person=region.doctor.person,
        practice=region.linde,
        state=EnrolmentState.CONFIRMED,
        turn=1,
    )
    return {"pk": coming[0].pk, "enrolment": made.pk}


def a_session_that_was(region: Region) -> Arguments:
    """Accompanied by the facilitator; owner and assistant were there."""
    was = Session.objects.filter(held_on__lt=timezone.localdate(), kind=SessionKind.INTERVISION)
    return {"pk": was.get().pk}


def a_certificate(region: Region) -> Arguments:
    return a_session_that_was(region) | {"person": region.doctor.person_id}


def a_time_out(region: Region) -> Arguments:
    made = TimeOut.objects.create(
        practice=region.linde,
        person=region.doctor.person,
        held_on=timezone.localdate(),
        kind="referral",
        specialism="cardiology",
        step="colleague",
        outcome="open",
    )
    return {"pk": made.pk}


def a_script(region: Region) -> Arguments:
    made = a_session_that_was(region)
    Script.objects.create(session_id=made["pk"], number=1, topic="Verwijzen")
    return made | {"number": 1}


def a_case(region: Region) -> Arguments:
    made = a_session_that_was(region)
    case = Case.objects.create(session_id=made["pk"], person=region.doctor.person, text="Rugpijn.")
    return made | {"case": case.pk}


def a_walk_in(region: Region) -> Arguments:
    made = a_session_that_was(region)
    noted = WalkIn.objects.create(
        session_id=made["pk"], field="new-1", change="a-1", name="Nieuw", noted_at=timezone.now()
    )
    return made | {"walk_in": noted.pk}


def a_listing(region: Region) -> Arguments:
    listing = RegionalFeeListing.objects.create(
        practice=region.linde, insurer=factories.insurer("VGZ"), from_on=date(2024, 1, 1)
    )
    return {"pk": listing.pk}


def a_course(region: Region) -> Arguments:
    return {"pk": Course.objects.create(title="Basis", kind="triage").pk}


def a_claim(region: Region) -> Arguments:
    """Of the assistant."""
    assert region.assistant.person is not None
    made = claim_training(
        person=region.assistant.person,
        practice=region.linde,
        told={
            "title": "Triage",
            "provider": "Elders",
            "followed_on": timezone.localdate(),
            "hours": 2,
            "points": None,
        },
        proof=b"%PDF-1.7 %%EOF",
        actor=region.assistant,
    )
    return {"pk": made.pk}


def a_coaching_request(region: Region) -> Arguments:
    course = Course.objects.create(title="Coaching", kind="triage", in_practice=True)
    today = timezone.localdate()
    wish = Wish([region.doctor.person], "Meekijken", today, today)
    made = ask_coaching(course=course, practice=region.linde, wish=wish, actor=region.doctor)
    return {"pk": made.pk}


def a_feed(region: Region) -> Arguments:
    return {"pk": make_feed(actor=region.doctor)[0].pk}


def a_plan_of_the_practice(region: Region) -> Arguments:
    """Handed in, so that it has a version."""
    plan = begin_plan(practice=region.linde, year=1, actor=region.doctor)
    hand_in(plan=plan, actor=region.doctor, on_behalf=False)
    return {"year": 1}


def a_plan_section(region: Region) -> Arguments:
    plan = begin_plan(practice=region.linde, year=1, actor=region.doctor)
    return {"pk": plan.sections.latest("pk").pk}


def a_text_that_waits(region: Region) -> Arguments:
    section = a_plan_section(region)["pk"]
    waiting = SectionText.objects.create(section_id=section, field="doing", text="a", apart=True)
    return {"pk": waiting.pk}


def a_draft_of_questions(region: Region) -> Arguments:
    return {"number": begin_draft(actor=region.coordinator).number}


EXAMPLES: dict[str, Callable[[Region], Arguments]] = {
    "intervention_explained": lambda region: {"subject": "time-out"},
    "guide": lambda region: {"subject": "manager"},
    "regional_fee_take_off": a_listing,
    "tariff_withdraw": lambda region: {"pk": Tariff.objects.all()[0].pk},
    "mirror_indicator": lambda region: {"code": "referrals"},
    "region_mirror_indicator": lambda region: {"code": "referrals"},
    "confirm_application": lambda region: {"token": "bestaat-niet"},
    **dict.fromkeys(
        (
            *("example", "example_thank", "example_document", "take_back", "decide_example"),
            "offered_document",
        ),
        an_example,
    ),
    "week_sheets_pdf": lambda region: {"day": timezone.localdate().isoformat()},
    **dict.fromkeys(
        (
            *("visit_move", "visit_cancel", "visit_mail_again", "visit_date"),
            *("visit_date_suits", "visit_date_another"),
        ),
        an_appointment,
    ),
    **dict.fromkeys(("visit", "visit_sync", "visit_look", "visit_read_back"), a_visit),
    **dict.fromkeys(("visit_amend", "visit_drop"), a_visit),
    **dict.fromkeys(
        ("visit_report", "visit_report_pdf", "visit_confirm", "visit_comment"), a_sent_visit
    ),
    "visit_agreement": an_agreement,
    **dict.fromkeys(("bottleneck", "bottleneck_withdraw"), a_bottleneck),
    **dict.fromkeys(("kitchen_offer", "kitchen_offer_withdraw"), an_offer_to_look),
    "kitchen_ask": an_offer_of_another,
    "kitchen_answer": a_question_to_look,
    **dict.fromkeys(("speed_date_wishes", "speed_dates", "speed_dates_pdf"), speed_dates_of),
    "ungroup_bottleneck": a_report_in_a_structural_one,
    **dict.fromkeys(
        (
            *("bottleneck_also_here", "structural_bottleneck", "structural_change"),
            *("structural_publish", "structural_dissolve"),
        ),
        a_structural_bottleneck,
    ),
    **dict.fromkeys(("put_news_away", "announcement", "take_news_down"), an_announcement),
    **dict.fromkeys(("newsletter", "newsletter_send"), a_newsletter),
    "application": an_application,
    "practice_change": lambda region: {"kind": "merger"},
    "undo_change": a_change,
    "agenda_year": lambda region: {"year": 2026},
    "withdraw_feed": a_feed,
    "feed": lambda region: {"token": "bestaat-niet"},
    "decline": lambda region: {"token": "bestaat-niet"},
    **dict.fromkeys(
        ("session", "practice_session", "enrol_oneself", "enrol_colleagues"), a_session
    ),
    **dict.fromkeys(
        (
            *("session_attendance", "session_attendance_sync", "session_attendance_add"),
            *("session_attendance_history", "session_attendance_pdf", "session_script"),
            *("session_learning", "share_learning", "session_evaluations", "session_papers"),
            *("session_topic", "own_certificate", "evaluate_session"),
        ),
        a_session_that_was,
    ),
    "session_accreditation": lambda region: a_session_that_was(region) | {"kind": "csv"},
    "session_certificate": a_certificate,
    "session_script_version": a_script,
    "session_walk_in": a_walk_in,
    "withdraw_case": a_case,
    "training_costs_file": lambda region: {"kind": "xlsx"},
    "region_training_file": lambda region: {"kind": "xlsx"},
    "practice_training_file": lambda region: {"kind": "csv"},
    **dict.fromkeys(("course_edit", "course_price", "course_offer", "course_move"), a_course),
    **dict.fromkeys(
        (
            *("own_claim", "own_claim_change", "own_claim_proof", "claim", "claim_change"),
            *("claim_proof", "claim_judge", "claim_file"),
        ),
        a_claim,
    ),
    **dict.fromkeys(("coaching_plan", "coaching_decline", "coaching_withdraw"), a_coaching_request),
    "training_fill_file": lambda region: {"kind": "xlsx"},
    "attendance_lists_file": lambda region: {"kind": "csv"},
    "year_plan_pdf": lambda region: {"year": 2026},
    "training_needs": lambda region: {"kind": "intervision", "day": "2027-03-31"},
    **dict.fromkeys(("manage_session", "session_edit", "session_capacity"), a_session),
    **dict.fromkeys(("session_cancel", "session_restore", "session_move"), a_session),
    **dict.fromkeys(("session_promote", "session_reorder", "session_take_out"), an_enrolment),
    "stop_mail": lambda region: {"token": "bestaat-niet"},
    "session_mail": a_session,
    "session_mail_again": lambda region: {"pk": 1},
    "other_mail_again": lambda region: {"table": "dagelijks", "pk": 1},
    **dict.fromkeys(("cancel_own", "cancel_colleague"), an_enrolment),
    **dict.fromkeys(
        ("time_out", "time_out_drop", "time_out_nobody", "time_out_put_forward"), a_time_out
    ),
    **dict.fromkeys(
        ("practice_plan_year", "practice_plan_add", "practice_plan_pdf", "practice_plan_versions"),
        a_plan_of_the_practice,
    ),
    "practice_plan_begin": lambda region: {"year": 1},
    "practice_plan_version": lambda region: a_plan_of_the_practice(region) | {"number": 1},
    "practice_plan_step": lambda region: a_plan_of_the_practice(region) | {"name": "wijzigen"},
    "practice_plan_consultant": lambda region: a_plan_of_the_practice(region) | {"name": "terug"},
    **dict.fromkeys(
        (
            *("plan_section", "plan_section_remove", "plan_section_done"),
            *("plan_section_comment", "plan_section_answer"),
        ),
        a_plan_section,
    ),
    "plan_section_choose": a_text_that_waits,
    "schedule": a_schedule,
    "schedule_end": a_schedule,
    **dict.fromkeys(
        (
            *("day_template", "template_paper", "template_rename", "template_use", "template_now"),
            *("template_drop", "template_offer", "template_take_back", "template_person"),
        ),
        a_week,
    ),
    **dict.fromkeys(("template_day", "template_copy_day"), a_day_of_a_week),
    "template_block": a_block_of_a_week,
    "length_question": a_question,
    "length_patients_paper": lambda region: {"name": "poster"},
    "region_template_decide": a_week_offered,
    "questionnaire": lambda region: {"year": 1},
    "questionnaire_reopen": lambda region: {"year": 1},
    "questionnaire_version": lambda region: {"number": 1},
    "questionnaire_preview": lambda region: {"number": 1, "year": 1},
    "questionnaire_question_new": a_draft_of_questions,
    **dict.fromkeys(
        (
            *("questionnaire_question", "questionnaire_question_remove"),
            "questionnaire_question_move",
        ),
        lambda region: a_draft_of_questions(region) | {"key": "experiences"},
    ),
    "questionnaire_publish": a_draft_of_questions,
    "questionnaire_withdraw": lambda region: {"number": 1},
    "questionnaire_discard": a_draft_of_questions,
    **dict.fromkeys(
        ("responses", "responses_xlsx", "remind_missing"), lambda region: {"year": 2027}
    ),
    "response_texts": lambda region: {"year": 2027, "key": "experiences"},
    "account_confirm_email": lambda region: {"key": "abc"},
    "account_reset_password_from_key": lambda region: {"uidb36": "1", "key": "abc"},
    "import_region_check": lambda region: {"code": "bestaat-niet"},
    "import_region_again": lambda region: {"code": "bestaat-niet"},
    "import_region_discard": lambda region: {"code": "bestaat-niet"},
    "region_figures_put_back": lambda region: {"code": "bestaat-niet"},
    "invitation": lambda region: {"token": "bestaat-niet"},
    "withdraw_any_invitation": an_invitation,
    "withdraw_invitation": an_invitation,
    "openid_connect_login": lambda region: {"provider_id": "abc"},
    "openid_connect_callback": lambda region: {"provider_id": "abc"},
    "mfa_edit_webauthn": lambda region: {"pk": 1},
    "mfa_remove_webauthn": lambda region: {"pk": 1},
    "extract_columns": an_upload,
    "extract_check": an_upload,
    "extract_confirm": an_upload,
    "extract_errors": an_upload,
    "extract_cancel": an_upload,
    "extract_again": an_upload,
    "extract_undo": an_extract,
    "choose_patient": a_patient_on_the_list,
    "judge_patient": a_patient_on_the_list,
    "team_talk": a_talk,
    "team_talk_drop": a_talk,
    "patient_plan": lambda region: {"code": "v-01"},
    "patient_number": lambda region: {"code": "v-01"},
    "partner": a_partner,
    "plan_earlier": of_first_patient(lambda plan: plan),
    "action_change": of_first_patient(an_action),
    "action_settle": of_first_patient(an_action),
    "conversation_change": of_first_patient(a_conversation),
    "evaluation_change": of_first_patient(an_evaluation),
    **{name: lambda region: {"code": "v-01"} for name in PLAN_PAGES},
    "patient_rights": a_patient,
    "patient_data": a_patient,
    "remove_patient": a_patient,
    "region_text": lambda region: {"key": "bestaat-niet"},
    "region_text_version": lambda region: {"key": "bestaat-niet", "number": 1},
    "bring_back_region_text": lambda region: {"key": "bestaat-niet", "number": 1},
    **dict.fromkeys(
        (
            *("report", "report_finalise", "report_anew", "report_correct", "report_publish"),
            "report_drop",
        ),
        a_report,
    ),
    "report_stored_file": a_stored_csv,
    "insurer_report": a_published_report,
    **dict.fromkeys(("report_year", "report_quotes", "report_quote_pick"), a_report_year),
    **dict.fromkeys(
        ("report_block", "report_write", "report_assign", "report_mark"), a_report_block
    ),
    "report_choose": a_waiting_text,
    "report_bring_back": an_earlier_text,
    "report_quote_drop": a_quote,
    "practice_quote_answer": a_quote,
    **dict.fromkeys(
        ("report_minutes", "report_minutes_pdf", "report_minutes_close", "report_agree"),
        minutes_of_a_year,
    ),
    **dict.fromkeys(("report_agreement_drop", "report_agreement_settle"), a_meeting_agreement),
    **dict.fromkeys(
        ("practice_report", "practice_report_pdf"),
        lambda region: {"year": region.linde.start.year},
    ),
    "report_build": a_running_build,
    "report_cancel": a_running_build,
    "report_retry": a_stopped_build,
    "report_file": a_file,
    "insurer_file": a_final_file,
}


def addresses() -> Iterator[tuple[str, set[str]]]:
    """Name (else path) and arguments of every page; Django admin guards itself, as a whole."""

    def walk(
        patterns: list[URLPattern | URLResolver], path: str, above: set[str]
    ) -> Iterator[tuple[str, set[str]]]:
        for pattern in patterns:
            here = f"{path}{pattern.pattern}"
            needs = above | set(pattern.pattern.converters)
            needs |= set(pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLPattern):
                yield pattern.name or here, needs
            elif pattern.namespace != "admin":
                yield from walk(pattern.url_patterns, here, needs)

    yield from walk(get_resolver().url_patterns, "", set())


NEEDS = dict(addresses())
OF_NO_PRACTICE = {
    *("practice_plan_year", "practice_plan_begin"),
    *("practice_plan_consultant", "plan_section_comment", "mirror_indicator"),
    *("visit_move", "visit_cancel", "visit_mail_again"),
    *("questionnaire", "questionnaire_reopen"),
    *("practice_session", "enrol_oneself", "enrol_colleagues", "practice_training_file"),
    *("practice_change", "undo_change", "length_patients_paper", "bottleneck_also_here"),
    *("kitchen_ask", "practice_report", "practice_report_pdf"),
}
"""What their addresses name is no practice's own: a programme year, a session of the region, the
kind of a file, a paper or a structural bottleneck of the region, an offer for all practices; or its
page opens for its consultant only (see the tests of the plan), or for the region."""
PARTS = 8
"""The table of roles is gone through in so many tests, that several workers share it."""
OBJECTS = sorted(
    name
    for name, needs in NEEDS.items()
    if "slug" in needs and len(needs) > 1 and name not in OF_NO_PRACTICE
)


def people(region: Region) -> dict[str, User | None]:
    return {
        OWNER: region.doctor,
        LOCUM: factories.staff_user(region.linde, StaffRole.GP_LOCUM),
        MANAGER: region.manager,
        ASSISTANT: region.assistant,
        CONSULTANT: region.consultant,
        ELSEWHERE: factories.staff_user(region.korvel),
        OTHER_CONSULTANT: factories.region_user(RegionRoleName.CONSULTANT),
        COORDINATOR: region.coordinator,
        FACILITATOR: region.facilitator,
        READER: region.insurer_reader,
        OVERSEER: factories.region_user(RegionRoleName.PRIVACY_OFFICER),
        ADMINISTRATOR: factories.region_user(RegionRoleName.ADMIN),
        NOBODY: factories.user(),
        ANONYMOUS: None,
    }


def address(name: str, region: Region, **other: str) -> str:
    if name.endswith("/"):
        return f"/{name}"
    given = EXAMPLES[name](region) if name in EXAMPLES else {}
    own = {"slug": region.linde.slug} if "slug" in NEEDS[name] else {}
    return reverse(name, kwargs=given | own | other)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def answer(client: Client, name: str, path: str) -> int:
    """The status code; what a request changed is undone, so that all roles meet the same."""
    with undone():
        send = client.post if name in POSTED else client.get
        return send(path, FORMS.get(name, {})).status_code


def test_every_address_stands_in_the_table_and_every_line_is_an_address():
    assert set(NEEDS) - set(PAGES) == set()
    assert set(PAGES) - set(NEEDS) == set()


def refuse(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Six thousand pages of refusal with their menus would be a third of the time."""
    return HttpResponse(status=403)


@pytest.mark.parametrize("part", range(PARTS))
def test_each_role_gets_the_expected_answer(part, monkeypatch):
    monkeypatch.setattr("monitoring.health.checks.PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr("mtvp.urls.handler403", refuse, raising=False)
    region = build_region()
    everyone = {role: signed_in(user) for role, user in people(region).items()}
    wrong = {}
    for name, expected in list(PAGES.items())[part::PARTS]:
        with undone():
            path = address(name, region)
            codes = {role: answer(client, name, path) for role, client in everyone.items()}
        wrong |= {
            f"{name} for {role}": (code, expected[role])
            for role, code in codes.items()
            if code != expected[role]
        }
    assert not wrong, "\n".join(f"{line}: {codes}" for line, codes in wrong.items())


def test_an_object_of_another_practice_is_not_found_under_the_own_address():
    region = build_region()
    client = signed_in(factories.staff_user(region.korvel))
    found = {}
    for name in OBJECTS:
        with undone():
            found[name] = answer(client, name, address(name, region, slug=region.korvel.slug))
    assert found == dict.fromkeys(OBJECTS, 404)


def test_the_administration_is_closed_as_a_whole():
    region = build_region()
    codes = {
        role: answer(signed_in(user), "admin", "/beheer/") for role, user in people(region).items()
    }
    assert codes == dict.fromkeys(ROLES, 302) | {COORDINATOR: 200, ADMINISTRATOR: 200}
