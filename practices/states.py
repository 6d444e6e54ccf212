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


class ChangeKind(models.TextChoices):
    """What can happen to a practice itself."""

    CODE = "code", _("New AGB code")
    CONSULTANT = "consultant", _("Another consultant")
    TAKEOVER = "takeover", _("Takeover by another owner")
    MERGER = "merger", _("Goes on in another practice")
    SPLIT = "split", _("Part becomes a new practice")


class TariffKind(models.TextChoices):
    """The national maximum is nobody's tariff: it stands beside those of the programme."""

    PROGRAMME = "programme", _("Programme (MTVP)")
    REGIONAL_FEE = "regional_fee", _("Regional fee (regioprestatie)")
    PROGRAMME_MAXIMUM = "programme_max", _("National maximum of the programme")


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

    OVERTAKEN = "overtaken", _("What it says was no longer so")
    NO_ADDRESS = "no_address", _("No e-mail address is known")
    REFUSED = "refused", _("The mail server refuses this address or this message")
    UNREACHABLE = "unreachable", _("The mail server did not answer")


class ApplicationState(models.TextChoices):
    """Where a practice stands that filled in the public form; the last two are ends."""

    SENT = "sent", _("Waits for the link in the mail")
    CONFIRMED = "confirmed", _("To decide")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class JoiningMailKind(models.TextChoices):
    CONFIRM = "confirm", _("Is this your address?")
    ACCEPTED = "accepted", _("Start package")
    DECLINED = "declined", _("Not this time")
    REMIND_ENROL = "remind_enrol", _("Reminder: enrol")
    REMIND_REQUEST = "remind_request", _("Reminder: request the performance")


class Stage(models.TextChoices):
    """The steps of a practice into the programme, in their order [1, annex]."""

    INVITED = "invited", _("Invited")
    INFORMATION = "information", _("Information meeting")
    ENROLLED = "enrolled", _("Enrolled")
    REQUESTED = "requested", _("Performance requested")
    STARTED = "started", _("Started")
    STOPPED = "stopped", _("Stopped")


class FileKind(models.TextChoices):
    """What a file that somebody hands in may be; the value is how its name ends."""

    PDF = "pdf", "PDF"
    JPG = "jpg", "JPG"
    PNG = "png", "PNG"
