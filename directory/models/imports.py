"""An import as a person leads it on a screen: the file, what they decided, what it would do, what it did."""

from django.db import models
from django.db.models import Q

from directory.models.book import ChangeSet


class RunState(models.TextChoices):
    """Where an import stands. That it was undone is read from the book of changes, never stored."""

    READING = "reading", "lecture en cours"
    READY = "ready", "à confirmer"
    UNREADABLE = "unreadable", "fichier refusé"
    WRITING = "writing", "import en cours"
    DONE = "done", "importé"
    UNDOING = "undoing", "annulation en cours"


class ImportFile(models.Model):
    """What was in a file that somebody sent, kept until a day; the runs that correct one another share it."""

    content = models.BinaryField("contenu")
    kept_until = models.DateField("gardé jusqu'au", db_index=True)

    class Meta:
        verbose_name = "fichier d'import"
        verbose_name_plural = "fichiers d'import"

    def __str__(self) -> str:
        return f"fichier n° {self.pk}"


class ImportRun(models.Model):
    """One file led through reading, preview, corrections, confirmation and report.

    `decisions` holds the corrected cells, what is ignored and which differences to apply, by address in the file.
    `actor_id` is a plain id, as in the book: erasing a person updates nothing.
    """

    kind = models.CharField("sorte", max_length=20)
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    file = models.ForeignKey(ImportFile, models.SET_NULL, null=True, blank=True, verbose_name="fichier")
    file_name = models.CharField("nom du fichier", max_length=120)
    sha256 = models.CharField("empreinte", max_length=64, db_index=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="corrige"
    )
    actor_id = models.BigIntegerField("auteur", db_index=True)
    state = models.CharField("état", max_length=10, choices=RunState.choices, default=RunState.READING)
    decisions = models.JSONField("décisions", default=dict, blank=True)
    report = models.JSONField("rapport", default=dict, blank=True)
    note = models.TextField("remarque", blank=True)
    change_set = models.OneToOneField(
        ChangeSet, models.PROTECT, null=True, blank=True, related_name="import_run", verbose_name="geste"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("commencé le", auto_now_add=True)
    ended_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RunState.values),
                name="import_known_state",
                violation_error_message="Cet état n'existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "undoing"]) | Q(change_set=None),
                name="import_gesture_only_once_done",
                violation_error_message="Seul un import fait a un geste.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "undoing", "unreadable"], ended_at__isnull=False)
                | (~Q(state__in=["done", "undoing", "unreadable"]) & Q(ended_at=None)),
                name="import_ended_has_date",
                violation_error_message="Un import fini porte la date de sa fin, les autres non.",
            ),
            models.CheckConstraint(
                condition=~Q(state="unreadable") | ~Q(note=""),
                name="import_refusal_has_reason",
                violation_error_message="Un fichier refusé dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=2000, year__lte=2100),
                name="import_plausible_year",
                violation_error_message="L'année d'un import est entre 2000 et 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.file_name})"

    @property
    def undone(self) -> bool:
        """True when what it wrote was taken back, here or by a command."""
        return self.change_set is not None and hasattr(self.change_set, "undone_by")


class LineKind(models.TextChoices):
    """What a line of a report says of a row or cell."""

    REFUSED = "refused", "refusé"
    DIFFERENT = "different", "différent"
    REMARK = "remark", "remarque"


class ImportLine(models.Model):
    """One line of an import's report. `fixes` are the cells that a person may correct: address, heading, text, near."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines", verbose_name="import")
    kind = models.CharField("sorte", max_length=10, choices=LineKind.choices)
    row = models.PositiveIntegerField("ligne")
    column = models.PositiveIntegerField("colonne")
    label = models.CharField("adresse", max_length=300)
    said = models.TextField("ce qui est dit")
    fixes = models.JSONField("corrections possibles", default=list, blank=True)

    class Meta:
        verbose_name = "ligne de rapport"
        verbose_name_plural = "lignes de rapport"
        indexes = [models.Index(fields=["run", "kind", "row", "column"], name="import_line_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=LineKind.values),
                name="import_line_known_kind",
                violation_error_message="Cette sorte de ligne n'existe pas.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} : {self.said}"
