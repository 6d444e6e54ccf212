"""Patients of a practice who do not exist, and how often they come.

Contacts are drawn as in real lists: most people come a few times, some never, one to two in a
hundred, mostly elderly, thirty times or more. Who comes often one year mostly comes often the
next, but less so: part of a peak is chance.
"""

from dataclasses import dataclass

import numpy
import numpy.typing

from monitoring.demo.chance import dice
from monitoring.demo.region import DemoPractice

Counts = numpy.typing.NDArray[numpy.int64]

# Of the log of somebody's contacts: what stays over the years, and what a year adds.
LASTING_SPREAD = 0.72
YEARLY_SPREAD = 0.45
MEDIAN_CONTACTS = 2.5
AGE_EFFECT = 0.029
MIDDLE_AGE = 42
GROWN_UP = 30
OLDEST = 93

CHANNELS = ("consult", "telefonisch", "e-consult", "visite")
SHARE_OF_CHANNEL = (0.56, 0.27, 0.13, 0.04)
SHARE_WHEN_OLD = (0.44, 0.29, 0.05, 0.22)
OLD = 80


@dataclass(frozen=True, slots=True)
class PatientPanel:
    """One place per patient: the HIS number, birth year, sex (M, V) and lasting tendency."""

    numbers: Counts
    birth_years: Counts
    sexes: numpy.typing.NDArray[numpy.str_]
    tendency: numpy.typing.NDArray[numpy.float64]

    def __len__(self) -> int:
        return len(self.numbers)


def panel_of(seed: int, practice: DemoPractice) -> PatientPanel:
    chance = dice(seed, "panel", practice.index)
    size = practice.patients
    drawn = chance.gamma(3.2, 13.5, size).astype(int)
    ages = numpy.where(drawn > OLDEST, OLDEST - drawn % GROWN_UP, drawn)
    by_age = AGE_EFFECT * (numpy.maximum(ages, GROWN_UP) - MIDDLE_AGE)
    tendency = by_age + chance.normal(0, LASTING_SPREAD, size)
    return PatientPanel(
        numbers=10_000 + chance.permutation(size * 2)[:size],
        birth_years=practice.start.year - ages,
        sexes=chance.choice(["M", "V"], size),
        tendency=tendency,
    )


def contacts_of(seed: int, practice: DemoPractice, panel: PatientPanel, year: int) -> Counts:
    """Contacts per patient in the `year`-th twelve months of the practice."""
    chance = dice(seed, "contacts", practice.index, year)
    noise = chance.normal(0, YEARLY_SPREAD, len(panel))
    rate = MEDIAN_CONTACTS * numpy.exp(panel.tendency + noise)
    counted: Counts = numpy.minimum(chance.poisson(rate), 180)
    return counted


def by_channel(seed: int, practice: DemoPractice, panel: PatientPanel, contacts: Counts) -> Counts:
    """A column per channel; the columns add up to `contacts`."""
    chance = dice(seed, "channels", practice.index, int(contacts.sum()))
    old = (practice.start.year - panel.birth_years >= OLD)[:, None]
    shares = numpy.where(old, SHARE_WHEN_OLD, SHARE_OF_CHANNEL)
    return chance.multinomial(contacts, shares)
