"""How often an interval of 95% must hold the truth."""

from scipy.stats import binom

TRIALS = 200


def as_promised() -> range:
    """The numbers of hits among the trials that an honest interval stays within 998 times of a
    thousand: fewer and it is too narrow, more and it is wider than it says."""
    return range(int(binom.ppf(0.001, TRIALS, 0.95)), int(binom.ppf(0.999, TRIALS, 0.95)) + 1)
