import pytest

from monitoring.mirror.course import natural_range

# Twelve points whose mean is 10 and whose moving ranges are all 2.
STEADY = [9.0, 11.0] * 6


def test_fewer_than_twelve_points_give_no_limits():
    assert natural_range(STEADY[:11]) is None
    assert natural_range([*STEADY[:11], None]) is None


def test_limits_lie_2_66_mean_moving_ranges_from_the_mean():
    found = natural_range(STEADY)
    assert (found.low, found.mean, found.high) == pytest.approx((4.68, 10, 15.32))


def test_a_step_over_a_gap_is_no_step():
    found = natural_range([*STEADY[:6], None, *STEADY[:6]])
    assert found.high == pytest.approx(15.32)


def test_nothing_lies_below_nought():
    assert natural_range([0.0, 8.0] * 6).low == 0.0
