"""What joins a time-out of the practice with a case of intervision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interventions.models import TimeOut
from training.models import Case


class PutForward(models.Model):
    """A time-out that its writer put forward; taken back is what the case says of itself."""

    time_out = models.OneToOneField(
        TimeOut, models.CASCADE, related_name="put_forward", verbose_name=_("time-out")
    )
    case = models.OneToOneField(
        Case, models.CASCADE, related_name="of_time_out", verbose_name=_("case")
    )

    class Meta:
        verbose_name = _("time-out put forward")
        verbose_name_plural = _("time-outs put forward")

    def __str__(self) -> str:
        return f"{self.time_out} → {self.case}"
