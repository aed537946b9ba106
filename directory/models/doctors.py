"""The doctors of the collective: who they are, how to reach them, what they practise."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction

from directory import names
from directory.models.centres import DEPARTMENT
from directory.rpps import is_rpps

NAMES = {"last_name", "first_name"}
WORD_LENGTH = 80


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
    """Doctors as sentences. Whatever writes a name through it keeps what follows from names: sort key and words."""

    def in_reading_order(self) -> "DoctorQuerySet":
        """By name without case, accents or apostrophes, as a French reader looks them up."""
        return self.order_by("sort_name", "pk")

    def bulk_create(self, objs: Iterable["Doctor"], batch_size: int | None = None) -> list["Doctor"]:
        """As Django's, without its ways of passing over rows that collide."""
        doctors = list(objs)
        for doctor in doctors:
            doctor.keep_sort_name()
        with transaction.atomic(using=self.db):
            made = super().bulk_create(doctors, batch_size=batch_size)
            DoctorWord.objects.bulk_create(_rows_of(made), batch_size=batch_size)
        return made

    def update(self, **values) -> int:
        """As Django's; `bulk_update` and the book's undo come through here too."""
        if not NAMES & values.keys():
            return super().update(**values)
        with transaction.atomic(using=self.db):
            named = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            self._follow_names(named)
        return count

    def _follow_names(self, named: list[int]) -> None:
        """Write sort keys and words anew, in parts that one statement can carry."""
        for start in range(0, len(named), 500):
            doctors = list(self.model.objects.filter(pk__in=named[start : start + 500]))
            for doctor in doctors:
                stood = doctor.sort_name
                doctor.keep_sort_name()
                if doctor.sort_name != stood:
                    self.model.objects.filter(pk=doctor.pk).update(sort_name=doctor.sort_name)
            keep_words(doctors)


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
        base_manager_name = "objects"
        verbose_name = "médecin"
        verbose_name_plural = "médecins"
        indexes = [models.Index(fields=["department", "sort_name"], name="doctor_nearby")]
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

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        """Keep the sort key beside the name, and the words that searches find it by."""
        if update_fields is not None:
            update_fields = {*update_fields} | ({"sort_name"} if NAMES & {*update_fields} else set())
        self.keep_sort_name()
        with transaction.atomic():
            super().save(update_fields=update_fields, **kwargs)
            if update_fields is None or "sort_name" in update_fields:
                keep_words([self])

    @property
    def full_name(self) -> str:
        """First name then name, as both were typed."""
        return f"{self.first_name} {self.last_name}".strip()

    def keep_sort_name(self) -> None:
        """Compute the sort key."""
        self.sort_name = names.sort_key(self.last_name, self.first_name)

    def words_of_name(self) -> list[str]:
        """What a search finds them by, as the table of words holds it."""
        return [word[:WORD_LENGTH] for word in names.words(self.last_name, self.first_name)]


class StartsLike(models.Lookup):
    """A folded word that starts with another, by the index on both engines, whatever the database's collation."""

    lookup_name = "starts_like"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        """A range: `{` is what follows `z`."""
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, self.rhs + "{"]

    def as_postgresql(self, compiler, connection):
        """The operators of the index's class, which compare bytes."""
        column, params = self.process_lhs(compiler, connection)
        return f"({column} ~>=~ %s AND {column} ~<~ %s)", [*params, self.rhs, *params, self.rhs + "{"]


class WordField(models.CharField):
    """A word of a name as `names.fold` writes it: `a` to `z` and digits only."""


WordField.register_lookup(StartsLike)


class DoctorWord(models.Model):
    """A word that a doctor is searched by: derived from the names, written with them, never by hand."""

    doctor = models.ForeignKey(Doctor, models.CASCADE, related_name="words", verbose_name="médecin")
    word = WordField("mot", max_length=WORD_LENGTH)

    class Meta:
        verbose_name = "mot d’un nom"
        verbose_name_plural = "mots des noms"
        indexes = [
            models.Index(
                fields=["word", "doctor"], name="doctor_by_word", opclasses=["varchar_pattern_ops", "int8_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.word


def keep_words(doctors: list[Doctor]) -> None:
    """Make the words of these doctors follow their names; in the transaction that wrote the names."""
    standing = defaultdict(list)
    for pk, word in DoctorWord.objects.filter(doctor__in=doctors).values_list("doctor", "word"):
        standing[pk].append(word)
    renamed = [doctor for doctor in doctors if sorted(standing[doctor.pk]) != sorted(doctor.words_of_name())]
    if renamed:
        DoctorWord.objects.filter(doctor__in=renamed).delete()
        DoctorWord.objects.bulk_create(_rows_of(renamed), batch_size=500)


def _rows_of(doctors: list[Doctor]) -> list[DoctorWord]:
    return [DoctorWord(doctor=doctor, word=word) for doctor in doctors for word in doctor.words_of_name()]
