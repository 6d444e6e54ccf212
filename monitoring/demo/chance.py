"""Chance that repeats itself: a generator per subject, so that one choice never shifts another."""

import zlib
from datetime import date, timedelta

import numpy

SATURDAY = 5


def dice(seed: int, *subject: object) -> numpy.random.Generator:
    """The same generator for the same seed and subject, on every machine."""
    return numpy.random.default_rng([seed, zlib.crc32(repr(subject).encode())])


def weekday(day: date) -> date:
    """This day, or the Friday before when it is in a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def day_between(chance: numpy.random.Generator, first: date, last: date) -> date:
    """A working day from `first` up to `last` (or the Friday before `first`)."""
    return weekday(first + timedelta(days=int(chance.integers(0, (last - first).days + 1))))
