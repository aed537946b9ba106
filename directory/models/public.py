"""The stamp of what the public sees: visitors' pages are cached whole as long as it has not moved."""

from django.db import models


class PublicStamp(models.Model):
    """One row (id 1), bumped by every verb that changes a public page."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.PositiveBigIntegerField("valeur", default=1)

    class Meta:
        verbose_name = "tampon public"
        verbose_name_plural = "tampon public"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="public_stamp_is_one",
                violation_error_message="Il n'y a qu'un tampon public.",
            )
        ]

    def __str__(self) -> str:
        return str(self.value)
