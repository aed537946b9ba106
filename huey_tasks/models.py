"""The ledger: each job is a row, written in the same transaction as what asks for it. Huey only rings."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class JobState(models.TextChoices):
    """Where a job stands. A running job whose lease has run out is taken over."""

    QUEUED = "queued", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "fait"
    DEAD = "dead", "abandonné"
    CANCELLED = "cancelled", "annulé"


class JobQuerySet(models.QuerySet):
    """Jobs as sentences."""

    def takeable(self, at: datetime) -> "JobQuerySet":
        """What a worker may take at `at`: what waits and is due, and what a dead worker left."""
        return self.filter(Q(state=JobState.QUEUED, due_at__lte=at) | Q(state=JobState.RUNNING, lease_until__lt=at))

    def leased(self, at: datetime) -> "JobQuerySet":
        """What a worker holds at `at`, alive or not."""
        return self.filter(state=JobState.RUNNING, lease_until__gte=at)


class Job(models.Model):
    """Something to do: its kind names a registered handler, `key` makes asking twice the same as asking once."""

    kind = models.CharField("sorte", max_length=80, db_index=True)
    arguments = models.JSONField("arguments", default=dict, blank=True)
    key = models.CharField("clé", max_length=160, unique=True)
    priority = models.SmallIntegerField("priorité", default=0)
    state = models.CharField("état", max_length=9, choices=JobState.choices, default=JobState.QUEUED)
    due_at = models.DateTimeField("à faire à partir de")
    lease_until = models.DateTimeField("bail jusqu'à", null=True, blank=True)
    lease_token = models.UUIDField("preneur", null=True, blank=True)
    claims = models.PositiveIntegerField("prises", default=0)
    failures = models.PositiveSmallIntegerField("échecs", default=0)
    progress_done = models.PositiveIntegerField("avancement", default=0)
    progress_total = models.PositiveIntegerField("sur", default=0)
    error = models.TextField("erreur", blank=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "tâche"
        verbose_name_plural = "tâches"
        indexes = [
            models.Index(fields=["due_at"], name="job_waiting", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="job_running", condition=Q(state="running")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=JobState.values),
                name="job_known_state",
                violation_error_message="Cet état n'existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False, lease_token__isnull=False)
                | (~Q(state="running") & Q(lease_until=None, lease_token=None)),
                name="job_leased_only_while_running",
                violation_error_message="Seule une tâche en cours a un bail.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"


class ScheduleEntry(models.Model):
    """The last minute at which a scheduled job fell due, so that several workers make it once."""

    name = models.CharField("nom", max_length=80, unique=True)
    last_due = models.DateTimeField("dernière échéance", null=True, blank=True)

    class Meta:
        verbose_name = "échéance"
        verbose_name_plural = "échéances"

    def __str__(self) -> str:
        return self.name


class WorkerBeat(models.Model):
    """When each worker was last seen, for `/healthz`."""

    worker = models.CharField("horloge", max_length=120, unique=True)
    seen_at = models.DateTimeField("vue le")

    class Meta:
        verbose_name = "signe de vie"
        verbose_name_plural = "signes de vie"

    def __str__(self) -> str:
        return self.worker
