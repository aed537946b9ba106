"""An import of centres is undone after the clock has made their pages, unless somebody has worked on one."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Revision

from rotas.jobs import make_coming_slots
from tests.tables import dump, run, text_file
from website.jobs import make_centre_pages
from website.models import CentrePage

pytestmark = pytest.mark.django_db
HEADINGS = ["Centre", "Commune", "Département", "Date d’ouverture", "Médecins par semaine"]
REFUSED = ["page d’un centre «\u00a0Ajain\u00a0» s’y rattache désormais"]


@pytest.fixture
def imported(home, tmp_path):
    """Imports a centre, whose page and places the clock then makes."""

    def do():
        run("import_centres", text_file(tmp_path / "c.csv", [HEADINGS, ["Ajain", "Ajain", "23", "5/1/2026", "2"]]))
        make_centre_pages()
        make_coming_slots()
        return CentrePage.objects.get()

    return do


def everything() -> tuple:
    """The domain, the tree of pages, their revisions."""
    return dump(), sorted(Page.objects.values_list("pk", "path", "numchild", "title")), Revision.objects.count()


def test_pages_that_nobody_edited_go_with_their_centres(imported):
    before = everything()
    imported()
    assert run("undo_import").code == 0
    assert everything() == before


def refused() -> list[str]:
    """Why the import is not undone."""
    return run("undo_import").err[1:]


def test_a_page_edited_by_hand_is_kept_and_said(imported, member):
    page = imported()
    page.intro = "Bienvenue."
    page.save_revision(user=member("writer")).publish()
    assert (refused(), CentrePage.objects.count()) == (REFUSED, 1)


def test_a_page_that_another_one_points_at_is_kept_and_said(imported):
    redirect = Redirect.objects.create(old_path="/ancien", redirect_page=imported())
    ReferenceIndex.create_or_update_for_object(redirect)
    assert (refused(), CentrePage.objects.count()) == (REFUSED, 1)
