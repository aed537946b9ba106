"""The departments of France."""

import pytest

from directory import departments
from directory.models.centres import DEPARTMENT


def test_there_are_101_departments():
    assert len(departments.NAMES) == 101


@pytest.mark.parametrize("code", departments.NAMES)
def test_each_code_is_one_that_a_centre_may_have(code):
    assert DEPARTMENT(code) is None


def test_corsica_comes_between_correze_and_cote_d_or():
    codes = ["21", "974", "2B", "19", "2A", "04", "95"]
    assert sorted(codes, key=departments.sort_key) == ["04", "19", "2A", "2B", "21", "95", "974"]
