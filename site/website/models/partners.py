"""Who helps the centres: partners with their dates, shown as long as the partnership lasts."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, Page, RevisionMixin, WorkflowMixin

from directory import weeks
from directory.models import Centre
from website.models.media import Picture, why_not_public
from website.models.pages import PublicPage

LOGO_SPECS = ("format-webp|max-320x160", "format-png|max-320x160")


class Kind(models.TextChoices):
    """What sort of body a partner is, in the order of the page."""

    STATE = "state", "État et agences de santé"
    TERRITORY = "territory", "Collectivités"
    HEALTH = "health", "Santé et protection sociale"
    CITIZEN = "citizen", "Associations"
    PATRON = "patron", "Mécènes"


class PartnerQuerySet(models.QuerySet):
    """Partners as sentences."""

    def shown_on(self, day: date) -> "PartnerQuerySet":
        """Published ones whose partnership holds on `day`, bounds included."""
        ends = models.Q(until=None) | models.Q(until__gte=day)
        return self.filter(ends, live=True, since__lte=day)


class Partner(WorkflowMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A body that supports all centres, or those named. It leaves the page the day after its end."""

    name = models.CharField("nom", max_length=120)
    kind = models.CharField("type", max_length=10, choices=Kind.choices)
    centres = ParentalManyToManyField(
        Centre, blank=True, related_name="partners", verbose_name="centres soutenus", help_text="Aucun = tous."
    )
    since = models.DateField("depuis le", default=weeks.today)
    until = models.DateField("jusqu’au", null=True, blank=True)
    logo = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="logo")
    logo_alt = models.CharField(
        "ce que dit le logo", max_length=120, blank=True, help_text="Lu à voix haute à la place du logo."
    )
    website = models.URLField("site web", blank=True)
    order = models.PositiveSmallIntegerField("ordre", default=0, help_text="Le plus petit d’abord.")

    objects = PartnerQuerySet.as_manager()
    sort_order_field = "order"

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("since"),
        FieldPanel("until"),
        FieldPanel("centres"),
        FieldPanel("logo"),
        FieldPanel("logo_alt"),
        FieldPanel("website"),
        FieldPanel("order"),
    ]

    class Meta:
        verbose_name = "partenaire"
        verbose_name_plural = "partenaires"
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values),
                name="partner_known_kind",
                violation_error_message="Ce type n’existe pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="partner_ends_after_start",
                violation_error_message="La fin du partenariat précède son début.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A logo says something, and may be shown."""
        super().clean()
        if self.logo and not self.logo_alt:
            raise ValidationError({"logo_alt": "Écrivez ce que dit le logo, par exemple le nom du partenaire."})
        if why := why_not_public(self.logo):
            raise ValidationError({"logo": why})


@dataclass(frozen=True)
class KindOfPartner:
    """A type and its partners of today."""

    label: str
    partners: list[Partner]


def partners_by_kind() -> list[KindOfPartner]:
    """The types in their fixed order, each with its partners in the editors' order: four queries at most."""
    logos = Picture.objects.prefetch_renditions(*LOGO_SPECS)
    shown = Partner.objects.shown_on(weeks.today()).prefetch_related("centres", models.Prefetch("logo", queryset=logos))
    rank = {kind: number for number, kind in enumerate(Kind.values)}
    ordered = sorted(shown, key=lambda partner: rank[partner.kind])
    return [
        KindOfPartner(Kind(kind).label, list(found))
        for kind, found in groupby(ordered, key=lambda partner: partner.kind)
    ]


class PartnersPage(PublicPage):
    """All partners of today, by type."""

    intro = models.TextField("introduction", max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["website.HomePage"]
    subpage_types = []
    max_count = 1
    page_description = "Les partenaires d’aujourd’hui."

    class Meta:
        verbose_name = "page des partenaires"
        verbose_name_plural = "pages des partenaires"

    def get_context(self, request, *args, **kwargs) -> dict:
        """The kinds that have partners today, with them."""
        return {**super().get_context(request, *args, **kwargs), "kinds": partners_by_kind()}
