"""What is noted of a time-out, in a word each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    REFERRAL = "referral", _("Referral")
    DIAGNOSTICS = "diagnostics", _("Diagnostics")


class Specialism(models.TextChoices):
    """Where the patient or the request would have gone to, in the order of the Dutch words."""

    CARDIOLOGY = "cardiology", _("Cardiology")
    SURGERY = "surgery", _("Surgery")
    DERMATOLOGY = "dermatology", _("Dermatology")
    GERIATRICS = "geriatrics", _("Geriatrics")
    MENTAL_HEALTH = "mental_health", _("Mental health care")
    GYNAECOLOGY = "gynaecology", _("Gynaecology")
    INTERNAL = "internal", _("Internal medicine")
    PAEDIATRICS = "paediatrics", _("Paediatrics")
    ENT = "ent", _("Ear, nose and throat")
    LABORATORY = "laboratory", _("Laboratory")
    PULMONOLOGY = "pulmonology", _("Lungs")
    GASTROENTEROLOGY = "gastroenterology", _("Stomach, gut, liver")
    NEUROLOGY = "neurology", _("Neurology")
    OPHTHALMOLOGY = "ophthalmology", _("Eyes")
    ORTHOPAEDICS = "orthopaedics", _("Orthopaedics")
    IMAGING = "imaging", _("X-ray, scan")
    RHEUMATOLOGY = "rheumatology", _("Rheumatology")
    UROLOGY = "urology", _("Urology")
    OTHER = "other", _("Something else")


class Step(models.TextChoices):
    """What the time was taken for."""

    LOOKED_UP = "looked_up", _("Looked it up")
    COLLEAGUE = "colleague", _("Asked a colleague")
    EXPERT_GP = "expert_gp", _("Asked an expert GP")
    SPECIALIST = "specialist", _("Asked a specialist")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    NOT_SENT = "not_sent", _("Not referred, not requested")
    SENT = "sent", _("Referred or requested after all")
    OPEN = "open", _("Not known yet")


YEARS_BACK = 2
"""As long as time-outs are kept."""
