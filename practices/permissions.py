"""Who may do what, as one table that a privacy officer can read.

Roles in a practice follow from employment; roles for the region are given to an account.
"""

from enum import StrEnum

from practices.states import RegionRoleName, StaffRole


class Permission(StrEnum):
    # In a practice
    SEE_PRACTICE = "see_practice"  # status, agenda, counts: process data of this practice
    IMPORT_EXTRACT = "import_extract"  # upload, check and store an extract of this practice
    SEE_HIGH_USERS = "see_high_users"  # rows of patients under their V-code
    SEE_PLANS = "see_plans"  # text of plans and HIS numbers
    WRITE_PLANS = "write_plans"
    ANSWER_PATIENT = "answer_patient"  # who looked, what is held, taking a patient out
    SIGN_AGREEMENT = "sign_agreement"  # the processing agreement with the region
    REVIEW_TRAIL = "review_trail"  # what was done in this practice, without contents
    INVITE_COLLEAGUES = "invite_colleagues"  # accounts for the own practice
    # For the region
    REVIEW_REGION_TRAIL = "review_region_trail"  # what was done anywhere, without contents
    SEE_REGION = "see_region"  # matrix and figures of all practices, never a patient
    IMPORT_REGION = "import_region"
    BUILD_REPORT = "build_report"
    READ_REPORT = "read_report"  # final reports of the own insurer
    INVITE_ANYONE = "invite_anyone"
    MANAGE_REFERENCE_DATA = "manage_reference_data"  # Django admin


P = Permission
CLINICIAN = frozenset(
    {
        P.SEE_PRACTICE,
        P.IMPORT_EXTRACT,
        P.SEE_HIGH_USERS,
        P.SEE_PLANS,
        P.WRITE_PLANS,
        P.ANSWER_PATIENT,
    }
)
# Who runs the practice's account.
HOLDS_THE_ACCOUNT = frozenset({P.INVITE_COLLEAGUES, P.SIGN_AGREEMENT, P.REVIEW_TRAIL})

BY_STAFF_ROLE: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.GP_OWNER: CLINICIAN | HOLDS_THE_ACCOUNT,
    StaffRole.GP_LOCUM: CLINICIAN,
    StaffRole.POH: CLINICIAN,
    StaffRole.NP: CLINICIAN,
    StaffRole.PA: CLINICIAN,
    StaffRole.MANAGER: frozenset({P.SEE_PRACTICE, P.IMPORT_EXTRACT, P.SEE_HIGH_USERS})
    | HOLDS_THE_ACCOUNT,
    StaffRole.ASSISTANT: frozenset({P.SEE_PRACTICE}),
}

# What a manager gets on top when the practice allows it (`Practice.manager_sees_plans`).
GRANTED_TO_MANAGER = frozenset({P.SEE_PLANS, P.WRITE_PLANS})

BY_REGION_ROLE: dict[RegionRoleName, frozenset[Permission]] = {
    RegionRoleName.CONSULTANT: frozenset(),
    RegionRoleName.FACILITATOR: frozenset(),
    RegionRoleName.COORDINATOR: frozenset(
        {
            P.SEE_PRACTICE,
            P.SEE_REGION,
            P.IMPORT_REGION,
            P.BUILD_REPORT,
            P.INVITE_ANYONE,
            P.MANAGE_REFERENCE_DATA,
        }
    ),
    RegionRoleName.PRIVACY_OFFICER: frozenset({P.REVIEW_REGION_TRAIL}),
    RegionRoleName.INSURER_READER: frozenset({P.READ_REPORT}),
    RegionRoleName.ADMIN: frozenset({P.MANAGE_REFERENCE_DATA}),
}

# A consultant in the practices assigned to her, and nowhere else.
OF_OWN_CONSULTANT = frozenset({P.SEE_PRACTICE})

# Only with one of these is the scope of the practice opened in the database.
NEEDS_SCOPE = frozenset(
    {P.IMPORT_EXTRACT, P.SEE_HIGH_USERS, P.SEE_PLANS, P.WRITE_PLANS, P.ANSWER_PATIENT}
)
