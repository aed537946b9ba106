"""What the jobs leave behind: without any unique key, so that a job done twice shows."""

from django.db import models


class Effect(models.Model):
    """One row each time a job took effect."""

    number = models.IntegerField()

    def __str__(self) -> str:
        return str(self.number)
