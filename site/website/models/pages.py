"""What all public pages share: addresses that never collide with the rest of the product, described pictures."""

from django.core.exceptions import ValidationError
from wagtail.models import Page, PageViewRestriction

from website.models.media import Picture, why_not_public

# First words of addresses that are not pages: the staff's, the editors', files and machines'.
RESERVED_SLUGS = frozenset(
    {
        "_util",
        "cms",
        "connexion",
        "documents",
        "favicon.ico",
        "healthz",
        "intranet",
        "media",
        "robots.txt",
        "sitemap.xml",
        "static",
    }
)
HOME_CHILD_DEPTH = 3


class PublicPage(Page):
    """A page of the public site. `picture_fields` names its pictures, each of which must be described."""

    picture_fields: tuple[str, ...] = ()
    # The public site holds no page for some people only: those are the intranet's. One query less a page.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse reserved addresses and pictures that cannot be shown."""
        super().clean()
        errors = {}
        if self.depth in {None, HOME_CHILD_DEPTH} and self.slug in RESERVED_SLUGS:
            errors["slug"] = f"L’adresse « {self.slug} » est réservée : choisissez-en une autre."
        for name in self.picture_fields:
            if why := why_not_shown(getattr(self, name)):
                errors[name] = why
        if errors:
            raise ValidationError(errors)

    def get_view_restrictions(self):
        """None: see `private_page_options`."""
        return PageViewRestriction.objects.none()

    @property
    def path_on_site(self) -> str:
        """The address on our own host, from the first slash: no query, unlike `get_url`."""
        return path_on_site(self.url_path)


def path_on_site(url_path: str) -> str:
    """`/accueil/centres/ajain/` in the tree is `/centres/ajain/` on the site."""
    return "/" + url_path.split("/", 2)[2]


def why_not_shown(picture: Picture | None) -> str:
    """Why a page cannot show this picture (consent, description); empty when it can, or when there is none."""
    if picture is not None and not picture.description:
        return "Décrivez d’abord cette image dans la bibliothèque : la description est lue à voix haute."
    return why_not_public(picture)
