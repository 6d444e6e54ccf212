"""The named sets of the ground floor of people and practices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffRole(models.TextChoices):
    """What somebody does in a practice; the code names of `staff.csv`."""

    GP_OWNER = "gp_owner", _("GP, practice owner")
    GP_LOCUM = "gp_locum", _("GP, regular locum")
    POH = "poh", _("Practice nurse (POH)")
    ASSISTANT = "assistant", _("Assistant")
    MANAGER = "manager", _("Practice manager")
    NP = "np", _("Nurse practitioner (VS)")
    PA = "pa", _("Physician assistant (PA)")


class RegionRoleName(models.TextChoices):
    CONSULTANT = "consultant", _("Consultant")
    FACILITATOR = "facilitator", _("Facilitator (EKC)")
    COORDINATOR = "coordinator", _("Programme coordinator")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    INSURER_READER = "insurer_reader", _("Reader at an insurer")
    ADMIN = "admin", _("Administrator")


class TariffKind(models.TextChoices):
    PROGRAMME = "programme", _("Programme (MTVP)")
    REGIONAL_FEE = "regional_fee", _("Regional fee (regioprestatie)")


class AuditAction(models.TextChoices):
    """The events of NEN 7513 that the product logs."""

    READ = "read", _("Read")
    LIST = "list", _("List")
    SEARCH = "search", _("Search")
    CREATE = "create", _("Create")
    CHANGE = "change", _("Change")
    DELETE = "delete", _("Delete")
    EXPORT = "export", _("Export")
    PRINT = "print", _("Print")
    DENIED = "denied", _("Access refused")
    SIGN_IN = "sign_in", _("Sign in")
    SIGN_OUT = "sign_out", _("Sign out")
    MEMBERSHIP = "membership", _("Change of access")


class AuditOutcome(models.TextChoices):
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")


class ImportState(models.TextChoices):
    """Where an upload stands; the last four are ends."""

    UPLOADED = "uploaded", _("Uploaded")
    COLUMNS = "columns", _("Columns to check")
    PARSING = "parsing", _("Being read")
    ROWS = "rows", _("Rows to check")
    CONFIRMED = "confirmed", _("Being stored")
    STORED = "stored", _("Stored")
    REFUSED = "refused", _("Refused")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


class MailState(models.TextChoices):
    WAITING = "waiting", _("On its way")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    OVERTAKEN = "overtaken", _("No longer needed")


class MailTrouble(models.TextChoices):
    """Why a message did not go out, or not at the first try."""

    OVERTAKEN = "overtaken", _("what it says was no longer so")
    NO_ADDRESS = "no_address", _("no e-mail address is known")
    REFUSED = "refused", _("the mail server refuses this address or this message")
    UNREACHABLE = "unreachable", _("the mail server did not answer")
