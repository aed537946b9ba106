"""Makes the public pages of the centres that have none, and takes them back with centres that never were."""

from django.db import transaction
from wagtail.models import ReferenceIndex

from directory import public
from directory.models import Centre
from website.models import CentrePage, CentresIndexPage


@transaction.atomic
def make_missing_pages() -> list[CentrePage]:
    """Publish a page under the list for each centre that has none; returns the new ones. Never unpublishes."""
    index = CentresIndexPage.objects.select_for_update().first()
    if index is None:
        return []
    made = [_make_page(index, centre) for centre in Centre.objects.filter(page=None).in_reading_order()]
    if made:
        public.bump()
    return made


def _make_page(index: CentresIndexPage, centre: Centre) -> CentrePage:
    """The page of `centre`, published as it is."""
    page = CentrePage(title=centre.name, slug=centre.slug, centre=centre, show_in_menus=False)
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def remove_untouched_pages(sender, centres: list[int], **kwargs) -> None:
    """Delete the pages of these centres that stand as the clock made them: nobody edited one, or points at it."""
    for page in CentrePage.objects.filter(centre__in=centres):
        edited = page.revisions.count() > 1 or page.revisions.exclude(user=None).exists()
        if not edited and not ReferenceIndex.get_references_to(page).exists():
            page.delete()
