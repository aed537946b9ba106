"""Invented correspondents, for tests and for the demo."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from directory.models import CentreLink, EmergencyLine, Practice, Professional, Structure
from tests.factories.directory import CentreFactory


class ProfessionalFactory(DjangoModelFactory):
    """A cardiologist with a name of their own."""

    class Meta:
        model = Professional

    specialty = "Cardiologie"
    last_name = factory.Sequence(lambda n: f"Perrin{n}")
    first_name = factory.Faker("first_name", locale="fr_FR")


class StructureFactory(DjangoModelFactory):
    """A hospital of Guéret."""

    class Meta:
        model = Structure

    kind = "Centre hospitalier"
    name = factory.Sequence(lambda n: f"Centre hospitalier {n}")
    town = "Guéret"
    postcode = "23000"


class PracticeFactory(DjangoModelFactory):
    """Somebody on their own in Guéret (`professional=None` with a `structure` for a structure alone)."""

    class Meta:
        model = Practice

    professional = factory.SubFactory(ProfessionalFactory)
    town = "Guéret"
    postcode = "23000"
    phone = "01 99 00 12 34"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """With the words that the search reads."""
        practice = model_class(*args, **kwargs)
        practice.keep_words()
        practice.save()
        return practice


class CentreLinkFactory(DjangoModelFactory):
    """An entry that a centre uses, 18 km away."""

    class Meta:
        model = CentreLink

    practice = factory.SubFactory(PracticeFactory)
    centre = factory.SubFactory(CentreFactory)
    km = Decimal("18.0")


class EmergencyLineFactory(DjangoModelFactory):
    """A centre's own poison centre."""

    class Meta:
        model = EmergencyLine

    centre = factory.SubFactory(CentreFactory)
    kind = "poison"
    phone = "01 99 00 00 15"
