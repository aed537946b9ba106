"""Reminders: what somebody should look at, about one thing, until it is done or no longer called for."""

from django.db import models


class TaskQuerySet(models.QuerySet):
    """Reminders as sentences."""

    def open(self) -> "TaskQuerySet":
        """Those that still wait for somebody."""
        return self.filter(done_at=None)

    def in_reading_order(self) -> "TaskQuerySet":
        """What waits first, by the date it was due; then what is done."""
        return self.order_by(models.F("done_at").asc(nulls_first=True), "due_on", "pk")


class Task(models.Model):
    """One reminder. `key` makes it unique for what it asks; `about` names its subject, such as `rotas.slot:5`.

    `done_by` is a plain id, as in the book of changes, and empty for one that went by itself because nothing called for
    it any more. The title holds no name of a person, since the book keeps it.
    """

    key = models.CharField("clé", max_length=120, unique=True)
    kind = models.CharField("sorte", max_length=40)
    centre = models.ForeignKey(
        "directory.Centre", models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name="centre"
    )
    about = models.CharField("objet", max_length=80, db_index=True)
    title = models.CharField("titre", max_length=160)
    due_on = models.DateField("pour le")
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    done_by = models.BigIntegerField("fait par", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "rappel"
        verbose_name_plural = "rappels"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_by=None) | models.Q(done_at__isnull=False),
                name="task_done_by_has_date",
                violation_error_message="Un rappel fait par quelqu'un porte la date où il l'a été.",
            ),
            models.CheckConstraint(
                condition=~models.Q(key="") & ~models.Q(about="") & ~models.Q(title=""),
                name="task_says_what",
                violation_error_message="Un rappel dit de quoi il s'agit.",
            ),
        ]
        indexes = [models.Index(fields=["done_at", "kind"], name="task_by_state")]

    def __str__(self) -> str:
        return self.title
