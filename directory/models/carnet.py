"""The carnet: the colleagues and structures around each centre, where they practise, how they are reached."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from directory import names, patient_data

FRESH_DAYS = 180
MAX_KM = 500
PATIENT_DOMAIN = "@patient.mssante.fr"
PATIENT_MAILBOX = "Messagerie d’un patient, refusée ici. Donnez celle du professionnel."
POSTCODE = RegexValidator(r"^\d{5}$", "Un code postal a cinq chiffres.")


def refuse_patients(text: str) -> None:
    """Refuse a text that looks as if it spoke of a patient."""
    if patient_data.found(text):
        raise ValidationError(
            "Ce texte ressemble à des données de patient : il n’a pas été enregistré. "
            "Réécrivez-le sans parler d’un patient."
        )


def refuse_patient_mailbox(address: str) -> None:
    """Refuse the secure mailbox of a patient, which is built on their health number."""
    if address.lower().strip().endswith(PATIENT_DOMAIN):
        raise ValidationError(PATIENT_MAILBOX)


def identity(*parts: str) -> str:
    """What makes two writings one entry: each part without case, accents or punctuation."""
    return "|".join(names.fold(part) for part in parts)[:300]


class Category(models.TextChoices):
    """What kind of colleague a person is; « Dr » goes before the name of a specialist."""

    SPECIALIST = "specialist", "Spécialiste"
    PARAMEDICAL = "paramedical", "Paramédical"
    OTHER = "other", "Autre"


class MailboxKind(models.TextChoices):
    """Whose a secure mailbox is (kinds PER, ORG and APP of MSSanté)."""

    PERSONAL = "personal", "Nominative"
    TEAM = "team", "D’une équipe"
    MACHINE = "machine", "Applicative"


class Professional(models.Model):
    """A person of the carnet. Category, specialty and name make the person: nobody stands there twice."""

    category = models.CharField("catégorie", max_length=12, choices=Category.choices, default=Category.SPECIALIST)
    specialty = models.CharField("spécialité", max_length=80)
    last_name = models.CharField("nom", max_length=80)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    key = models.CharField(
        max_length=300,
        unique=True,
        editable=False,
        error_messages={"unique": "Cette personne est déjà dans le carnet, peut-être archivée."},
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "correspondant"
        verbose_name_plural = "correspondants"
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=Category.values),
                name="professional_known_category",
                violation_error_message="Cette catégorie n’existe pas.",
            ),
            models.CheckConstraint(
                condition=~Q(last_name="") & ~Q(specialty=""),
                name="professional_named",
                violation_error_message="Donnez le nom et la spécialité.",
            ),
        ]

    def __str__(self) -> str:
        name = f"{self.first_name} {self.last_name}".strip()
        return f"Dr {name}" if self.category == Category.SPECIALIST else name

    def save(self, *args, **kwargs) -> None:
        """Keep the identity beside what makes it."""
        self.keep_key()
        super().save(*args, **kwargs)

    def keep_key(self) -> None:
        """Compute the identity; to be called by hand before `bulk_create`."""
        self.key = identity(self.category, self.specialty, self.last_name, self.first_name)


class Structure(models.Model):
    """A place of care: hospital, laboratory, pharmacy. Kind, name and town make it."""

    kind = models.CharField("type", max_length=80, blank=True)
    name = models.CharField("nom de la structure", max_length=120)
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True, validators=[POSTCODE])
    town = models.CharField("ville", max_length=80, blank=True)
    key = models.CharField(
        max_length=300,
        unique=True,
        editable=False,
        error_messages={"unique": "Cette structure est déjà dans le carnet, peut-être archivée."},
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "structure"
        verbose_name_plural = "structures"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="structure_named",
                violation_error_message="Donnez le nom de la structure.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the identity beside what makes it."""
        self.keep_key()
        super().save(*args, **kwargs)

    def keep_key(self) -> None:
        """Compute the identity; to be called by hand before `bulk_create`."""
        self.key = identity(self.kind, self.name, self.town)


class PracticeQuerySet(models.QuerySet):
    """Entries of the carnet as sentences."""

    def standing(self) -> "PracticeQuerySet":
        """Those that nobody has put away."""
        return self.filter(archived_on=None)

    def whole(self) -> "PracticeQuerySet":
        """With who and where, in the same query."""
        return self.select_related("professional", "structure")

    def to_check(self, today: date) -> "PracticeQuerySet":
        """Those that nobody has said to be right for half a year."""
        return self.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=today - timedelta(days=FRESH_DAYS)))


class Practice(models.Model):
    """An entry of the carnet: someone at a place, or a structure itself, with its own phones, mailbox and delay."""

    professional = models.ForeignKey(
        Professional, models.PROTECT, null=True, blank=True, related_name="practices", verbose_name="correspondant"
    )
    structure = models.ForeignKey(
        Structure, models.PROTECT, null=True, blank=True, related_name="practices", verbose_name="structure"
    )
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True, validators=[POSTCODE])
    town = models.CharField("ville", max_length=80, blank=True)
    phone = models.CharField("téléphone du secrétariat", max_length=30, blank=True)
    direct_line = models.CharField("ligne directe", max_length=30, blank=True)
    secure_mailbox = models.EmailField("messagerie sécurisée", blank=True, validators=[refuse_patient_mailbox])
    mailbox_kind = models.CharField("cette messagerie est", max_length=8, choices=MailboxKind.choices, blank=True)
    delay = models.CharField("délai de rendez-vous", max_length=60, blank=True, validators=[refuse_patients])
    takes_new_patients = models.BooleanField("prend de nouveaux patients", null=True, blank=True)
    note = models.CharField("comment adresser", max_length=280, blank=True, validators=[refuse_patients])
    confirmed_on = models.DateField("vérifié le", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "directory.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="vérifié par"
    )
    archived_on = models.DateField("archivé le", null=True, blank=True)
    words = models.TextField(editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche du carnet"
        verbose_name_plural = "fiches du carnet"
        constraints = [
            models.CheckConstraint(
                condition=Q(professional__isnull=False) | Q(structure__isnull=False),
                name="practice_of_someone",
                violation_error_message="Une fiche est celle d’une personne ou d’une structure.",
            ),
            models.CheckConstraint(
                condition=~Q(secure_mailbox__iendswith=PATIENT_DOMAIN),
                name="practice_no_patient_mailbox",
                violation_error_message=PATIENT_MAILBOX,
            ),
            models.CheckConstraint(
                condition=Q(mailbox_kind__in=["", *MailboxKind.values]),
                name="practice_known_mailbox_kind",
                violation_error_message="Cette sorte de messagerie n’existe pas.",
            ),
            models.UniqueConstraint(
                fields=["professional", "structure"],
                name="practice_once_at_a_structure",
                violation_error_message="Cette personne a déjà une fiche dans cette structure.",
            ),
            models.UniqueConstraint(
                fields=["professional", "town"],
                condition=Q(structure=None),
                name="practice_once_in_a_town",
                violation_error_message="Cette personne a déjà une fiche dans cette ville.",
            ),
            models.UniqueConstraint(
                fields=["structure"],
                condition=Q(professional=None),
                name="practice_one_of_a_structure",
                violation_error_message="Cette structure a déjà sa fiche.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.professional or self.structure)

    @property
    def what(self) -> str:
        """The specialty of a person, the kind of a structure."""
        return self.professional.specialty if self.professional else self.structure.kind

    @property
    def place(self) -> "Structure | Practice":
        """What holds the address: the structure, or the entry itself for somebody on their own."""
        return self.structure or self

    @property
    def where(self) -> str:
        """The structure if any, and the town."""
        named = self.structure.name if self.structure and self.professional else ""
        return ", ".join(filter(None, [named, self.place.town]))

    def is_fresh(self, today: date) -> bool:
        """True when somebody has said within half a year that it is right."""
        return self.confirmed_on is not None and self.confirmed_on >= today - timedelta(days=FRESH_DAYS)

    def keep_words(self) -> None:
        """Compute what a search reads, each word after a space; to be called whenever one of its texts changes."""
        person, place = self.professional, self.structure
        parts = [person.specialty, person.last_name, person.first_name] if person else []
        parts += [place.kind, place.name, place.town, place.postcode] if place else [self.town, self.postcode]
        self.words = f" {names.fold(' '.join([*parts, self.note]))}"


class CentreLink(models.Model):
    """An entry that a centre uses: how far it is from there, and whether that centre keeps it on top."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="links", verbose_name="fiche")
    centre = models.ForeignKey("directory.Centre", models.CASCADE, related_name="+", verbose_name="centre")
    km = models.DecimalField(
        "distance en km",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(0, "Une distance n’est pas négative."),
            MaxValueValidator(MAX_KM, f"Une distance va jusqu’à {MAX_KM} km."),
        ],
    )
    pinned = models.BooleanField("épinglé", default=False)

    class Meta:
        verbose_name = "lien avec un centre"
        verbose_name_plural = "liens avec les centres"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "centre"],
                name="link_once_per_centre",
                violation_error_message="Ce centre a déjà cette fiche.",
            ),
            models.CheckConstraint(
                condition=Q(km=None) | Q(km__gte=0, km__lte=MAX_KM),
                name="link_plausible_km",
                violation_error_message=f"Une distance va de 0 à {MAX_KM} km.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}, {self.centre}"


class EmergencyKind(models.TextChoices):
    """The lines of an emergency sheet, in their order."""

    SAMU = "samu", "SAMU"
    EUROPE = "europe", "Urgences, toute l’Europe"
    DEAF = "deaf", "Personnes sourdes"
    POISON = "poison", "Centre antipoison"
    ON_CALL = "on_call", "Médecin de garde (PDSA)"
    HOSPITAL = "hospital", "Urgences les plus proches"


class EmergencyLine(models.Model):
    """Whom to call, as one centre says; where it says nothing, the national line holds (`carnet_queries`)."""

    centre = models.ForeignKey("directory.Centre", models.CASCADE, related_name="+", verbose_name="centre")
    kind = models.CharField("ligne", max_length=8, choices=EmergencyKind.choices)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    detail = models.CharField("précision", max_length=120, blank=True, validators=[refuse_patients])
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "ligne d’urgence"
        verbose_name_plural = "lignes d’urgence"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EmergencyKind.values),
                name="emergency_known_kind",
                violation_error_message="Cette ligne n’existe pas.",
            ),
            models.UniqueConstraint(
                fields=["centre", "kind"],
                name="emergency_once_per_centre",
                violation_error_message="Ce centre a déjà cette ligne.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.phone}".strip()
