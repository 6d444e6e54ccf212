"""Why there is no figure. Shared by the two estimators and by what gathers their rows."""

from enum import StrEnum


class Reason(StrEnum):
    # The extracts
    NOT_TWELVE_MONTHS = "not_twelve_months"
    NO_LATER_EXTRACT = "no_later_extract"
    CENSORED = "censored"
    OTHER_DEFINITION = "other_definition"
    ROWS_GONE = "rows_gone"
    # The patients of one practice
    NOBODY_PLANNED = "nobody_planned"
    TOO_FEW_PLANNED = "too_few_planned"
    TOO_MANY_PLANNED = "too_many_planned"
    EVERYBODY_PLANNED = "everybody_planned"
    TOO_FEW_COMPARED = "too_few_compared"
    TOO_FEW_SETS = "too_few_sets"
    HIGHEST_CHOSEN = "highest_chosen"
    NO_CONTACTS = "no_contacts"
    ALL_ALIKE = "all_alike"
    # The region
    TOO_FEW_PATIENTS = "too_few_patients"
    TOO_FEW_PRACTICES = "too_few_practices"
    NO_EXPECTATION = "no_expectation"
