"""How far departments are from one another, against distances that anybody can look up."""

from itertools import combinations

import pytest

from directory import departments, distances

KNOWN = [
    ("75", "69", 390),
    ("75", "13", 660),
    ("23", "87", 60),
    ("59", "66", 880),
    ("29", "67", 880),
    ("2A", "2B", 100),
]


def test_each_department_is_known():
    assert sorted(distances.PREFECTURES) == sorted(departments.NAMES)


@pytest.mark.parametrize(("one", "other", "km"), KNOWN)
def test_distances_are_those_of_the_prefectures(one, other, km):
    assert (distances.km(one, other), distances.km(other, one)) == (km, km)


def test_the_sea_is_far():
    assert (distances.km("75", "974"), distances.km("75", "971")) == (9360, 6790)


def test_no_department_lies_on_another():
    assert min(distances.km(one, other) for one, other in combinations(distances.PREFECTURES, 2)) == 10


def test_what_is_not_known_has_no_distance():
    assert [distances.km(*pair) for pair in (("23", ""), ("", ""), ("99", "23"))] == [None, None, None]


def test_the_nearest_come_first():
    assert distances.nearest_first("23")[:4] == ("23", "87", "36", "19")
    assert distances.nearest_first("75")[0] == "75"
