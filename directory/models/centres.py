"""The health centres: where they are, when they open, how many doctors they host and since when."""

from django.core.validators import RegexValidator
from django.db import models

from directory.weeks import IsMonday

DEPARTMENT = RegexValidator(
    r"^(0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[12346])$",
    "Ce n'est pas un numéro de département (01 à 95, 2A, 2B, 971 à 974, 976).",
)
OPENING_DAYS = RegexValidator(r"^1?2?3?4?5?6?7?$", "Les jours sont des chiffres de 1 (lundi) à 7 (dimanche).")


class Phase(models.TextChoices):
    """Where a centre stands in its life."""

    PREPARATION = "preparation", "Préparation"
    LAUNCH = "launch", "Amorçage"
    OPERATION = "operation", "Fonctionnement"


class CentreQuerySet(models.QuerySet):
    """Centres as sentences."""

    def in_reading_order(self) -> "CentreQuerySet":
        """As people list them: by opening date, oldest first."""
        return self.order_by("opened_on", "name")

    def locked(self) -> "CentreQuerySet":
        """Held in one order by whoever makes or removes their places, until the transaction ends; held before them."""
        return self.select_for_update(no_key=True).order_by("pk")


class Centre(models.Model):
    """A health centre. Its department is text (`04`, `2A`); commune and coordinates may be unknown."""

    name = models.CharField("nom", max_length=80, unique=True, error_messages={"unique": "Ce centre existe déjà."})
    slug = models.SlugField("adresse web", max_length=80, unique=True)
    commune = models.CharField("commune", max_length=80, null=True, blank=True)
    department = models.CharField("département", max_length=3, validators=[DEPARTMENT])
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    latitude = models.DecimalField("latitude", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("longitude", max_digits=8, decimal_places=5, null=True, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    opened_on = models.DateField("ouvert le")
    opening_days = models.CharField(
        "jours d'ouverture", max_length=7, default="123456", validators=[OPENING_DAYS], help_text="1 = lundi"
    )
    hours = models.CharField("horaires", max_length=120, blank=True)
    phase = models.CharField("phase", max_length=12, choices=Phase.choices, default=Phase.OPERATION)
    yearly_closure_weeks = models.PositiveSmallIntegerField("semaines de fermeture par an", default=1)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = "centre"
        verbose_name_plural = "centres"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phase__in=Phase.values),
                name="centre_known_phase",
                violation_error_message="Cette phase n'existe pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="centre_both_coordinates",
                violation_error_message="Donnez la latitude et la longitude, ou aucune des deux.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Capacity(models.Model):
    """How many places a centre has a week from a Monday on: the last row not after a week rules it."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="capacities", verbose_name="centre")
    since = models.DateField("à partir du lundi")
    required = models.PositiveSmallIntegerField("places à pourvoir", default=1)
    wanted = models.PositiveSmallIntegerField("places souhaitées en plus", default=0)

    class Meta:
        verbose_name = "capacité"
        verbose_name_plural = "capacités"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "since"],
                name="capacity_one_per_week",
                violation_error_message="Ce centre a déjà une capacité à cette date.",
            ),
            models.CheckConstraint(
                condition=IsMonday("since"),
                name="capacity_since_monday",
                violation_error_message="Une capacité commence un lundi.",
            ),
            models.CheckConstraint(
                condition=models.Q(required__lte=9, wanted__lte=9),
                name="capacity_plausible",
                violation_error_message="Neuf places au plus par semaine.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre} : {self.required} dès le {self.since:%d/%m/%Y}"
