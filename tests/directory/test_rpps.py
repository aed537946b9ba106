"""The RPPS, with the numbers published as valid and invented ones."""

import pytest

from directory.rpps import is_rpps, normalise
from tests.factories.directory import invented_rpps


@pytest.mark.parametrize("number", ["10000000009", "10123456781", "10999999997"])
def test_valid_numbers_pass(number):
    assert is_rpps(number)


@pytest.mark.parametrize(
    "number", ["10123456782", "1012345678", "101234567811", "", "1012345678x", "١٠١٢٣٤٥٦٧٨١", "10123456718"]
)
def test_wrong_numbers_fail(number):
    assert not is_rpps(number)


def test_each_wrong_digit_is_caught():
    number = "10123456781"
    changed = {number[:i] + digit + number[i + 1 :] for i in range(11) for digit in "0123456789"} - {number}
    assert [wrong for wrong in changed if is_rpps(wrong)] == []


@pytest.mark.parametrize(
    "typed", ["10 123 456 781", "10.123.456.781", "10\u00a0123\u202f456 781", "810123456781", " 10123456781 "]
)
def test_spaces_dots_and_the_leading_8_are_taken_off(typed):
    assert normalise(typed) == "10123456781"


def test_invented_numbers_are_valid():
    assert all(is_rpps(invented_rpps(n)) for n in range(200))
