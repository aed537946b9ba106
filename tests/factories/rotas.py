"""Places and assignments, for tests and for the demo."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from directory import weeks
from rotas.duty import write_duty_days
from rotas.models import Assignment, Closure, Slot
from tests.factories.directory import CentreFactory, DoctorFactory


class SlotFactory(DjangoModelFactory):
    """An open place of the current week."""

    class Meta:
        model = Slot

    centre = factory.SubFactory(CentreFactory)
    monday = factory.LazyFunction(lambda: weeks.monday_of(weeks.today()))
    place = 1


class AssignmentFactory(DjangoModelFactory):
    """A doctor confirmed for the whole week, with the duty days."""

    class Meta:
        model = Assignment
        skip_postgeneration_save = True

    slot = factory.SubFactory(SlotFactory)
    doctor = factory.SubFactory(DoctorFactory)
    state = "confirmed"
    first_day = factory.LazyAttribute(lambda assignment: assignment.slot.monday)
    last_day = factory.LazyAttribute(lambda assignment: assignment.slot.monday + timedelta(days=6))

    @factory.post_generation
    def duty(self, create, given, **kwargs):
        """Hold the days."""
        if create:
            write_duty_days([self])


class ClosureFactory(DjangoModelFactory):
    """The current week, closed."""

    class Meta:
        model = Closure

    centre = factory.SubFactory(CentreFactory)
    monday = factory.LazyFunction(lambda: weeks.monday_of(weeks.today()))
    reason = "Fermeture annuelle"
