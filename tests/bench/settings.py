"""The tests' settings with the product's own way of serving, and a bare view to compare with."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
