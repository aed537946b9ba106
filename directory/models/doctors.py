"""The doctors of the collective: who they are, how to reach them, what they practise."""

from django.core.exceptions import ValidationError
from django.db import models

from directory import names
from directory.models.centres import DEPARTMENT
from directory.rpps import is_rpps


def rpps_validator(value: str) -> None:
    """Refuse a number that is not a valid RPPS."""
    if not is_rpps(value):
        raise ValidationError("Ce n'est pas un numéro RPPS : 11 chiffres, dont une clé de contrôle.")


class PracticeStatus(models.TextChoices):
    """How a doctor practises outside the charity."""

    LOCUM = "locum", "Remplaçant"
    SELF_EMPLOYED = "self_employed", "Libéral"
    RETIRED = "retired", "Retraité actif"
    EMPLOYEE = "employee", "Salarié"
    UNKNOWN = "unknown", "Non renseigné"


class DoctorQuerySet(models.QuerySet):
    """Doctors as sentences."""

    def in_reading_order(self) -> "DoctorQuerySet":
        """By name without case, accents or apostrophes, as a French reader looks them up."""
        return self.order_by("sort_name", "pk")


class Doctor(models.Model):
    """A volunteer general practitioner. The RPPS (text, 11 digits) is the person when it is known."""

    user = models.OneToOneField(
        "directory.User", models.SET_NULL, null=True, blank=True, related_name="doctor", verbose_name="compte"
    )
    last_name = models.CharField("nom", max_length=80)
    first_name = models.CharField("prénom", max_length=80)
    sort_name = models.CharField(max_length=170, editable=False, db_index=True)
    rpps = models.CharField(
        "numéro RPPS", max_length=11, unique=True, null=True, blank=True, validators=[rpps_validator]
    )
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    status = models.CharField("statut", max_length=14, choices=PracticeStatus.choices, default=PracticeStatus.UNKNOWN)
    department = models.CharField("département", max_length=3, blank=True, validators=[DEPARTMENT])
    commune = models.CharField("commune", max_length=80, blank=True)
    joined_on = models.DateField("dans le collectif depuis", null=True, blank=True)
    acts_not_practised = models.CharField("ne pratique pas", max_length=280, blank=True)
    pace = models.PositiveSmallIntegerField("consultations par heure", default=3)
    own_car = models.BooleanField("véhicule personnel", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DoctorQuerySet.as_manager()

    class Meta:
        verbose_name = "médecin"
        verbose_name_plural = "médecins"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=PracticeStatus.values),
                name="doctor_known_status",
                violation_error_message="Ce statut n'existe pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(pace__gte=1, pace__lte=12),
                name="doctor_plausible_pace",
                violation_error_message="Le rythme va de 1 à 12 consultations par heure.",
            ),
        ]

    def __str__(self) -> str:
        return f"Dr {self.full_name}"

    def save(self, *args, **kwargs) -> None:
        """Keep the sort key beside the name."""
        self.keep_sort_name()
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """First name then name, as both were typed."""
        return f"{self.first_name} {self.last_name}".strip()

    def keep_sort_name(self) -> None:
        """Compute the sort key; to be called by hand before `bulk_create`."""
        self.sort_name = names.sort_key(self.last_name, self.first_name)
