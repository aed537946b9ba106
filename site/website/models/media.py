"""Pictures and documents that may be shown to the public, with whom to credit and who agreed."""

from django.core.files.base import ContentFile, File
from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Consent(models.TextChoices):
    """Whether the people in a picture agreed to be shown."""

    NOBODY = "nobody", "Personne de reconnaissable"
    GIVEN = "given", "Accord écrit reçu"
    WAITING = "waiting", "Accord attendu : ne pas publier"


def why_not_public(picture: "Picture | None") -> str:
    """Why a picture cannot be shown yet, in French; empty when nothing forbids it."""
    if picture is not None and picture.consent == Consent.WAITING:
        return "L’accord des personnes visibles est attendu : cette image ne peut pas être publiée."
    return ""


class Credited(models.Model):
    """Where a public file comes from."""

    credit = models.CharField("crédit", max_length=120, blank=True, help_text="Nom à citer.")
    licence = models.CharField("licence", max_length=120, blank=True, help_text="Par exemple « CC BY 4.0 ».")
    consent = models.CharField("consentement", max_length=8, choices=Consent.choices, default=Consent.NOBODY)

    class Meta:
        abstract = True


class Picture(Credited, AbstractImage):
    """An image of the site; its `description` is read aloud in place of it."""

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence", "consent")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"

    def generate_rendition_file(self, filter, *, source=None) -> File:
        """A size of the picture; Wagtail leaves its temporary file open, we do not."""
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)


class PictureRendition(AbstractRendition):
    """A size and format of a picture, made once."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class PublicDocument(Credited, AbstractDocument):
    """A file that anyone may download."""

    description = models.CharField("description", max_length=255, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "description", "credit", "licence", "consent")

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
