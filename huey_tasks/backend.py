"""Wagtail's own tasks (search index, references, file deletion) as jobs of the ledger: one queue, nothing lost."""

from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

KIND = "huey_tasks.django_task"


class LedgerBackend(BaseTaskBackend):
    """A `django_tasks` backend whose `enqueue` writes a `Job` in the caller's transaction."""

    supports_defer = True

    def enqueue(self, task: Task, args, kwargs) -> TaskResult:
        """Ask for the task; it runs at least once, in the worker."""
        from huey_tasks.ledger import enqueue  # the models are not loaded yet when Django reads TASKS

        self.validate_task(task)
        job = enqueue(
            KIND,
            due_at=task.run_after,
            path=task.module_path,
            positional=normalize_json(list(args)),
            named=normalize_json(dict(kwargs)),
        )
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
