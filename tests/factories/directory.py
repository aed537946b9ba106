"""Invented people and places, for tests and for the demo."""

import random
from datetime import date, timedelta

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from config.demo.accounts import PASSWORD
from directory import weeks
from directory.models import Capacity, Centre, Doctor, ImportRun, Membership, User
from directory.rpps import luhn


def invented_rpps(number: int) -> str:
    """A valid RPPS that nobody bears: `1099` and six digits of `number`, then the key."""
    body = f"1099{number % 1_000_000:06d}"
    return next(body + key for key in "0123456789" if luhn(body + key))


def invented_phone(number: int) -> str:
    """A phone of the range that is kept for fiction (06 39 98 xx xx)."""
    digits = f"{number % 10_000:04d}"
    return f"06 39 98 {digits[:2]} {digits[2:]}"


class UserFactory(DjangoModelFactory):
    """Someone who may sign in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    first_name = factory.Faker("first_name", locale="fr_FR")
    last_name = factory.Faker("last_name", locale="fr_FR")
    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    password = factory.django.Password(PASSWORD)


class CentreFactory(DjangoModelFactory):
    """A centre open for three years, with one place a week since then (`capacity=None` for none)."""

    class Meta:
        model = Centre
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Centre {n}")
    slug = factory.LazyAttribute(lambda centre: slugify(centre.name))
    department = "23"
    phone = factory.Sequence(lambda n: f"01 99 00 {n % 100:02d} 00")
    opened_on = factory.LazyFunction(lambda: weeks.today() - timedelta(days=1100))

    @factory.post_generation
    def capacity(self, create, places, **kwargs):
        """The places a week since the opening; 1 unless given."""
        if create and places is not False:
            CapacityFactory(centre=self, required=places or 1)


class CapacityFactory(DjangoModelFactory):
    """One required place a week since the centre opened."""

    class Meta:
        model = Capacity

    centre = factory.SubFactory(CentreFactory, capacity=False)
    since = factory.LazyAttribute(lambda capacity: weeks.monday_of(capacity.centre.opened_on))
    required = 1


class MembershipFactory(DjangoModelFactory):
    """A role held from a month ago for a year."""

    class Meta:
        model = Membership
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    role = "coordinator"
    start = factory.LazyFunction(lambda: weeks.today() - timedelta(days=30))
    end = factory.LazyFunction(lambda: weeks.today() + timedelta(days=335))

    @factory.post_generation
    def centres(self, create, centres, **kwargs):
        """The centres it holds for."""
        if create and centres:
            self.centres.set(centres)


class DoctorFactory(DjangoModelFactory):
    """A volunteer doctor."""

    class Meta:
        model = Doctor

    first_name = factory.Faker("first_name", locale="fr_FR")
    last_name = factory.Faker("last_name", locale="fr_FR")
    rpps = factory.Sequence(invented_rpps)
    email = factory.Sequence(lambda n: f"medecin{n}@example.org")
    phone = factory.Sequence(invented_phone)
    status = factory.LazyFunction(
        lambda: random.choices(["locum", "retired", "self_employed", "employee"], [40, 35, 20, 5])[0]
    )
    department = factory.LazyFunction(lambda: random.choice(["23", "18", "2A", "75", "04", "33", "974"]))
    joined_on = factory.LazyFunction(lambda: date(2024, 1, 15))


class ImportRunFactory(DjangoModelFactory):
    """An import whose preview waits, of a file that is no longer kept."""

    class Meta:
        model = ImportRun

    kind = "doctors"
    file_name = "medecins.csv"
    actor_id = 0
    state = "ready"
    report = factory.LazyFunction(lambda: {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0, "different": 0})
