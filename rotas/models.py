"""The rota: places in weeks, who holds them, which days they are on duty, when a centre is closed."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from directory.models import Centre, Doctor
from directory.weeks import IsMonday, label


class Need(models.TextChoices):
    """Whether the village counts on a place, or it is an extra hand."""

    REQUIRED = "required", "à pourvoir"
    WANTED = "wanted", "souhaitée"


class AssignmentState(models.TextChoices):
    """« proposé » on screens is an option; « fait » is never stored: the date tells."""

    OPTION = "option", "proposé"
    CONFIRMED = "confirmed", "confirmé"
    CANCELLED = "cancelled", "annulé"


class CancelledBy(models.TextChoices):
    """Who called a week off."""

    DOCTOR = "doctor", "le médecin"
    CENTRE = "centre", "le centre"
    TEAM = "team", "l’équipe"


class CancelReason(models.TextChoices):
    """Why a week was called off: choices only, none of which says anything of a person's health."""

    UNAVAILABLE = "unavailable", "n’est plus disponible"
    DATES = "dates", "erreur de dates"
    TRAVEL = "travel", "transport impossible"
    LODGING = "lodging", "hébergement impossible"
    CENTRE = "centre", "le centre ne peut pas recevoir"
    OTHER = "other", "autre raison"


class SlotQuerySet(models.QuerySet):
    """Places as sentences."""

    def in_week(self, monday: date) -> "SlotQuerySet":
        """Those of one week."""
        return self.filter(monday=monday)

    def between(self, first: date, last: date) -> "SlotQuerySet":
        """Those of the weeks from Monday `first` to Monday `last`, both included."""
        return self.filter(monday__range=(first, last))

    def locked(self) -> "SlotQuerySet":
        """Held in one order until the transaction ends: after their centres, before assignments, days and the stamp."""
        return self.select_for_update().order_by("pk")

    def held(self) -> "SlotQuerySet":
        """Those with somebody in them, proposed or confirmed."""
        return self.filter(Assignment.objects.active().of_outer_slot())

    def open(self) -> "SlotQuerySet":
        """Holes: nobody in them, and the centre is not closed that week."""
        return self.exclude(Assignment.objects.active().of_outer_slot()).exclude(Closure.objects.of_outer_slot())


class Slot(models.Model):
    """One place of a centre in a week. It exists before anyone holds it, so that a hole has a version too."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="slots", verbose_name="centre")
    monday = models.DateField("semaine du")
    place = models.PositiveSmallIntegerField("place", default=1)
    need = models.CharField("besoin", max_length=8, choices=Need.choices, default=Need.REQUIRED)
    published = models.BooleanField("publiée", default=True)
    missed = models.BooleanField("semaine manquée", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "place"
        verbose_name_plural = "places"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "monday", "place"],
                name="slot_one_per_place",
                violation_error_message="Cette place existe déjà.",
            ),
            models.CheckConstraint(
                condition=IsMonday("monday"),
                name="slot_on_monday",
                violation_error_message="Une semaine commence un lundi.",
            ),
            models.CheckConstraint(
                condition=Q(need__in=Need.values),
                name="slot_known_need",
                violation_error_message="Ce besoin n'existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=9),
                name="slot_plausible_place",
                violation_error_message="Les places vont de 1 à 9.",
            ),
        ]
        indexes = [models.Index(fields=["monday", "centre"], name="slot_by_week")]

    def __str__(self) -> str:
        return f"{self.centre}, {label(self.monday)}, place {self.place}"

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)


class AssignmentQuerySet(models.QuerySet):
    """Assignments as sentences."""

    def active(self) -> "AssignmentQuerySet":
        """Proposed or confirmed."""
        return self.exclude(state=AssignmentState.CANCELLED)

    def confirmed(self) -> "AssignmentQuerySet":
        """Confirmed only: what "covered" means."""
        return self.filter(state=AssignmentState.CONFIRMED)

    def holding(self) -> "AssignmentQuerySet":
        """Those who hold their places, each with the doctor, in the order of their days."""
        return self.active().select_related("doctor").order_by("first_day")

    def of_outer_slot(self) -> models.Exists:
        """As a condition on the slots of an outer query."""
        return models.Exists(self.filter(slot=models.OuterRef("pk")))


class Assignment(models.Model):
    """A doctor in a place, from a first to a last day of its week (both included)."""

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="assignments", verbose_name="place")
    doctor = models.ForeignKey(Doctor, models.PROTECT, related_name="assignments", verbose_name="médecin")
    state = models.CharField("état", max_length=9, choices=AssignmentState.choices)
    option_expires_at = models.DateTimeField("proposition valable jusqu'au", null=True, blank=True)
    first_day = models.DateField("premier jour")
    last_day = models.DateField("dernier jour")
    note = models.CharField("note", max_length=280, blank=True)
    cancelled_by = models.CharField("annulé par", max_length=6, choices=CancelledBy.choices, blank=True)
    cancel_reason = models.CharField("raison de l’annulation", max_length=11, choices=CancelReason.choices, blank=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "affectation"
        verbose_name_plural = "affectations"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AssignmentState.values),
                name="assignment_known_state",
                violation_error_message="Cet état n'existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="assignment_ends_after_start",
                violation_error_message="Le dernier jour précède le premier.",
            ),
            models.CheckConstraint(
                condition=Q(option_expires_at=None) | Q(state="option"),
                name="assignment_only_options_expire",
                violation_error_message="Seule une proposition a une échéance.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by="", cancel_reason="")
                | Q(state="cancelled", cancelled_by__in=CancelledBy.values, cancel_reason__in=CancelReason.values),
                name="assignment_known_cancellation",
                violation_error_message="Dites qui annule et pourquoi, dans les listes, pour une semaine annulée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doctor}, {self.get_state_display()}"

    @property
    def days(self) -> list[date]:
        """Each date from the first to the last day."""
        count = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=i) for i in range(count)]


class DutyDay(models.Model):
    """One day that a doctor is held for a place. Its two unique keys are what forbids a double booking."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="duty_days", verbose_name="affectation")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="duty_days", verbose_name="place")
    doctor = models.ForeignKey(Doctor, models.PROTECT, related_name="duty_days", verbose_name="médecin")
    date = models.DateField("jour")

    class Meta:
        verbose_name = "jour de présence"
        verbose_name_plural = "jours de présence"
        constraints = [
            models.UniqueConstraint(
                fields=["doctor", "date"],
                name="duty_doctor_once_a_day",
                violation_error_message="Ce médecin est déjà pris ce jour-là.",
            ),
            models.UniqueConstraint(
                fields=["slot", "date"],
                name="duty_slot_once_a_day",
                violation_error_message="Cette place est déjà prise ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doctor}, {self.date:%d/%m/%Y}"


class ClosureQuerySet(models.QuerySet):
    """Closures as sentences."""

    def of_outer_slot(self) -> models.Exists:
        """As a condition on the slots of an outer query: its centre is closed its week."""
        return models.Exists(self.filter(centre=models.OuterRef("centre"), monday=models.OuterRef("monday")))


class Closure(models.Model):
    """A week in which a centre is closed, on purpose, with all its places."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="closures", verbose_name="centre")
    monday = models.DateField("semaine du")
    reason = models.CharField("raison", max_length=120, blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = "fermeture"
        verbose_name_plural = "fermetures"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "monday"],
                name="closure_once_a_week",
                violation_error_message="Ce centre est déjà fermé cette semaine-là.",
            ),
            models.CheckConstraint(
                condition=IsMonday("monday"),
                name="closure_on_monday",
                violation_error_message="Une semaine commence un lundi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre}, {label(self.monday)}"


class Baseline(models.Model):
    """How many weeks were missed before Relais counted them: a figure with its date and its source."""

    until = models.DateField("jusqu'au", unique=True, help_text="Relais compte lui-même à partir du lendemain.")
    missed_weeks = models.PositiveSmallIntegerField("semaines manquées", default=0)
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "semaines manquées avant Relais"
        verbose_name_plural = "semaines manquées avant Relais"

    def __str__(self) -> str:
        return f"{self.missed_weeks} au {self.until:%d/%m/%Y}"
