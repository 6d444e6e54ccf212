"""Who may do what, as one table that a privacy officer can read.

Roles in a practice follow from employment; roles for the region are given to an account.
"""

from enum import StrEnum

from practices.states import RegionRoleName, StaffRole


class Permission(StrEnum):
    # In a practice
    SEE_PRACTICE = "see_practice"
    IMPORT_EXTRACT = "import_extract"
    SEE_HIGH_USERS = "see_high_users"
    SEE_PLANS = "see_plans"
    WRITE_PLANS = "write_plans"
    ANSWER_PATIENT = "answer_patient"
    SIGN_AGREEMENT = "sign_agreement"
    REVIEW_TRAIL = "review_trail"
    INVITE_COLLEAGUES = "invite_colleagues"
    GRANT_PLANS = "grant_plans"
    SEE_INSTRUCTION = "see_instruction"
    KEEP_SCHEDULE = "keep_schedule"
    WRITE_PRACTICE_PLAN = "write_practice_plan"
    COMMENT_PRACTICE_PLAN = "comment_practice_plan"
    KEEP_TIME_OUTS = "keep_time_outs"
    SEE_TIME_OUT_PATTERN = "see_time_out_pattern"
    SEE_MIRROR = "see_mirror"
    ANSWER_QUESTIONNAIRE = "answer_questionnaire"
    ENROL_COLLEAGUES = "enrol_colleagues"
    CLAIM_FOR_COLLEAGUES = "claim_for_colleagues"
    ANSWER_APPOINTMENT = "answer_appointment"
    PLAN_VISITS = "plan_visits"
    CONDUCT_VISIT = "conduct_visit"
    SEE_VISIT_REPORTS = "see_visit_reports"
    CONFIRM_VISIT = "confirm_visit"
    REPORT_BOTTLENECK = "report_bottleneck"
    LOOK_IN_KITCHENS = "look_in_kitchens"
    OFFER_KITCHEN = "offer_kitchen"
    SEE_PROOF = "see_proof"
    CONSENT_TO_QUOTE = "consent_to_quote"
    SEE_PRACTICE_REPORT = "see_practice_report"
    # For the region
    SEE_OWN_VISITS = "see_own_visits"
    SEE_BOTTLENECKS = "see_bottlenecks"
    GROUP_BOTTLENECKS = "group_bottlenecks"
    SEE_OWN_SESSIONS = "see_own_sessions"
    RUN_SESSIONS = "run_sessions"
    JUDGE_CLAIMS = "judge_claims"
    REVIEW_REGION_TRAIL = "review_region_trail"
    SEE_REGION = "see_region"
    IMPORT_REGION = "import_region"
    RUN_PIPELINE = "run_pipeline"
    REOPEN_QUESTIONNAIRE = "reopen_questionnaire"
    EDIT_QUESTIONNAIRE = "edit_questionnaire"
    FOLLOW_QUESTIONNAIRES = "follow_questionnaires"
    EDIT_TEXTS = "edit_texts"
    BUILD_REPORT = "build_report"
    READ_REPORT = "read_report"
    INVITE_ANYONE = "invite_anyone"
    MANAGE_REFERENCE_DATA = "manage_reference_data"


MEANING: dict[Permission, str] = {
    Permission.SEE_PRACTICE: "status, agenda, counts: process data of this practice",
    Permission.IMPORT_EXTRACT: "upload, check and store an extract of this practice",
    Permission.SEE_HIGH_USERS: "rows of patients under their V-code",
    Permission.SEE_PLANS: "text of plans and HIS numbers",
    Permission.WRITE_PLANS: "draw up and change plans of patients",
    Permission.ANSWER_PATIENT: "who looked, what is held, taking a patient out",
    Permission.SIGN_AGREEMENT: "the processing agreement with the region",
    Permission.REVIEW_TRAIL: "what was done in this practice, without contents",
    Permission.INVITE_COLLEAGUES: "accounts for the own practice",
    Permission.GRANT_PLANS: "let the practice manager see plans and HIS numbers",
    Permission.SEE_INSTRUCTION: "what to do when a patient calls, not the plan behind it",
    Permission.KEEP_SCHEDULE: "the pattern of flexible consultation length, and since when",
    Permission.WRITE_PRACTICE_PLAN: "the practice's own plan of a year, and handing it in",
    Permission.COMMENT_PRACTICE_PLAN: "comment on a practice's plan and agree to it for the region",
    Permission.KEEP_TIME_OUTS: "the own time-outs, nobody else's; counts of the practice",
    Permission.SEE_TIME_OUT_PATTERN: "counts of time-outs where enough people noted one",
    Permission.SEE_MIRROR: "the figures of this practice beside those of others without a name",
    Permission.ANSWER_QUESTIONNAIRE: "the questions of the region after a programme year",
    Permission.ENROL_COLLEAGUES: "enrol the people of this practice for courses and sessions",
    Permission.CLAIM_FOR_COLLEAGUES: "training that people of this practice followed elsewhere",
    Permission.SEE_PROOF: "the proof of training that people of this practice claimed",
    Permission.ANSWER_APPOINTMENT: "say whether the date of a visit suits, or ask for another",
    Permission.PLAN_VISITS: "invite this practice for a visit, move or cancel it; the visit sheet",
    Permission.CONDUCT_VISIT: "hold a visit as the region: answers, agreements, sending the report",
    Permission.SEE_VISIT_REPORTS: "what was said at visits, joy in work included; not assistants",
    Permission.CONFIRM_VISIT: "confirm the report of a visit for the practice, or comment on it",
    Permission.REPORT_BOTTLENECK: "what hinders this practice with partners, and what is done",
    Permission.LOOK_IN_KITCHENS: "offers of practices to come and see, asking and answering them",
    Permission.OFFER_KITCHEN: "offer that others come and see how this practice works",
    Permission.SEE_BOTTLENECKS: "bottlenecks of the own practices; the coordinator: of all",
    Permission.GROUP_BOTTLENECKS: "what is structural among bottlenecks, and what is done about it",
    Permission.SEE_OWN_VISITS: "which of the own practices to visit, and who needs help now",
    Permission.CONSENT_TO_QUOTE: "whether words of this practice may stand in the yearly report",
    Permission.SEE_PRACTICE_REPORT: "the practice's own year, as a page and a PDF",
    Permission.SEE_OWN_SESSIONS: "sessions that one accompanies, with who comes",
    Permission.RUN_SESSIONS: "menu, calendar, enrolment and attendance of all sessions",
    Permission.JUDGE_CLAIMS: "accept or decline training followed elsewhere, with its proof",
    Permission.REVIEW_REGION_TRAIL: "what was done anywhere, without contents",
    Permission.SEE_REGION: "matrix and figures of all practices, never a patient",
    Permission.IMPORT_REGION: "load the region's spreadsheets",
    Permission.RUN_PIPELINE: "practices on their way in: applications, steps, stopping",
    Permission.REOPEN_QUESTIONNAIRE: "let a practice change what it handed in, with the reason",
    Permission.EDIT_QUESTIONNAIRE: "draw up the questions of the region and publish them",
    Permission.FOLLOW_QUESTIONNAIRES: "who answered, and what; a consultant of own practices only",
    Permission.EDIT_TEXTS: "texts that the region writes itself, on pages and in mail",
    Permission.BUILD_REPORT: "make the yearly report and declare it final",
    Permission.READ_REPORT: "final reports of the own insurer",
    Permission.INVITE_ANYONE: "accounts for anybody, roles for the region included",
    Permission.MANAGE_REFERENCE_DATA: "Django admin, and the tariffs of insurers",
}

P = Permission
CLINICIAN = frozenset(
    {
        P.SEE_PRACTICE,
        P.IMPORT_EXTRACT,
        P.SEE_HIGH_USERS,
        P.SEE_PLANS,
        P.WRITE_PLANS,
        P.ANSWER_PATIENT,
        P.SEE_INSTRUCTION,
        P.KEEP_SCHEDULE,
        P.WRITE_PRACTICE_PLAN,
        P.KEEP_TIME_OUTS,
        P.SEE_TIME_OUT_PATTERN,
        P.SEE_MIRROR,
        P.SEE_PRACTICE_REPORT,
        P.SEE_VISIT_REPORTS,
        P.REPORT_BOTTLENECK,
        P.LOOK_IN_KITCHENS,
    }
)
# What a practice does in the programme, and what consultant and coordinator may do on its behalf:
# shown on the page and on what was saved, and marked in the trail.
ON_BEHALF = frozenset(
    {
        P.KEEP_SCHEDULE,
        P.WRITE_PRACTICE_PLAN,
        P.ANSWER_QUESTIONNAIRE,
        P.ENROL_COLLEAGUES,
        P.CLAIM_FOR_COLLEAGUES,
        P.REPORT_BOTTLENECK,
        P.LOOK_IN_KITCHENS,
        P.OFFER_KITCHEN,
    }
)

# Who runs the practice's account.
HOLDS_THE_ACCOUNT = (
    frozenset(
        {
            P.INVITE_COLLEAGUES,
            P.SIGN_AGREEMENT,
            P.REVIEW_TRAIL,
            P.SEE_PROOF,
            P.ANSWER_APPOINTMENT,
            P.CONFIRM_VISIT,
            P.CONSENT_TO_QUOTE,
        }
    )
    | ON_BEHALF
)

BY_STAFF_ROLE: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.GP_OWNER: CLINICIAN | HOLDS_THE_ACCOUNT | {P.GRANT_PLANS},
    StaffRole.GP_LOCUM: CLINICIAN,
    StaffRole.POH: CLINICIAN,
    StaffRole.NP: CLINICIAN,
    StaffRole.PA: CLINICIAN,
    StaffRole.MANAGER: frozenset(
        {
            P.SEE_PRACTICE,
            P.IMPORT_EXTRACT,
            P.SEE_HIGH_USERS,
            P.SEE_TIME_OUT_PATTERN,
            P.SEE_MIRROR,
            P.SEE_PRACTICE_REPORT,
            P.SEE_VISIT_REPORTS,
        }
    )
    | HOLDS_THE_ACCOUNT,
    StaffRole.ASSISTANT: frozenset(
        {P.SEE_PRACTICE, P.SEE_INSTRUCTION, P.REPORT_BOTTLENECK, P.LOOK_IN_KITCHENS}
    ),
}

# What a manager gets on top when the practice allows it (`Practice.manager_sees_plans`).
GRANTED_TO_MANAGER = frozenset({P.SEE_PLANS, P.WRITE_PLANS, P.SEE_INSTRUCTION})

BY_REGION_ROLE: dict[RegionRoleName, frozenset[Permission]] = {
    RegionRoleName.CONSULTANT: frozenset(
        {P.FOLLOW_QUESTIONNAIRES, P.SEE_OWN_VISITS, P.SEE_BOTTLENECKS}
    ),
    RegionRoleName.FACILITATOR: frozenset({P.SEE_OWN_SESSIONS}),
    RegionRoleName.COORDINATOR: frozenset(
        {
            P.SEE_PRACTICE,
            P.SEE_REGION,
            P.PLAN_VISITS,
            P.CONDUCT_VISIT,
            P.SEE_VISIT_REPORTS,
            P.SEE_BOTTLENECKS,
            P.GROUP_BOTTLENECKS,
            P.SEE_OWN_SESSIONS,
            P.RUN_SESSIONS,
            P.JUDGE_CLAIMS,
            P.IMPORT_REGION,
            P.RUN_PIPELINE,
            P.BUILD_REPORT,
            P.INVITE_ANYONE,
            P.MANAGE_REFERENCE_DATA,
            P.REOPEN_QUESTIONNAIRE,
            P.EDIT_QUESTIONNAIRE,
            P.FOLLOW_QUESTIONNAIRES,
            P.EDIT_TEXTS,
        }
    )
    | ON_BEHALF,
    RegionRoleName.PRIVACY_OFFICER: frozenset({P.REVIEW_REGION_TRAIL}),
    RegionRoleName.INSURER_READER: frozenset({P.READ_REPORT}),
    RegionRoleName.ADMIN: frozenset({P.MANAGE_REFERENCE_DATA}),
}

# A consultant in the practices assigned to her, and nowhere else.
OF_OWN_CONSULTANT = (
    frozenset(
        {
            P.SEE_PRACTICE,
            P.SEE_TIME_OUT_PATTERN,
            P.SEE_MIRROR,
            P.COMMENT_PRACTICE_PLAN,
            P.PLAN_VISITS,
            P.CONDUCT_VISIT,
            P.SEE_VISIT_REPORTS,
        }
    )
    | ON_BEHALF
)

# The coordinator in a practice without a consultant who can sign in: else nobody could agree to its
# plan.
INSTEAD_OF_CONSULTANT = frozenset({P.COMMENT_PRACTICE_PLAN})

# Only with one of these is the scope of the practice opened in the database.
NEEDS_SCOPE = frozenset(
    {
        P.IMPORT_EXTRACT,
        P.SEE_HIGH_USERS,
        P.SEE_PLANS,
        P.WRITE_PLANS,
        P.ANSWER_PATIENT,
        P.SEE_INSTRUCTION,
    }
)

# Who arranges access for others, supervises or pays sees no patient, whatever employment says: no
# account opens that door for itself. Consultants and facilitators are often clinicians elsewhere.
NEVER_A_CLINICIAN = frozenset(
    {
        RegionRoleName.COORDINATOR,
        RegionRoleName.PRIVACY_OFFICER,
        RegionRoleName.INSURER_READER,
        RegionRoleName.ADMIN,
    }
)
