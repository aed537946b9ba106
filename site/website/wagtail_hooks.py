"""What Relais adds to Wagtail: partners in the menu, pickers without inline scripts, documents and drafts that wait."""

from django.http import Http404, HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from website import cms_scripts
from website.models import Partner, PublicDocument
from website.models.media import Consent

UNTITLED = "Donnez un titre à la page\u00a0: elle sera enregistrée aussitôt."

cms_scripts.install()


class PartnerViewSet(SnippetViewSet):
    """The partners' list and form."""

    model = Partner
    icon = "group"
    menu_label = "Partenaires"
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("get_kind_display", label="Type"),
        Column("since", label="Depuis"),
        Column("until", label="Jusqu’au"),
        Column("order", label="Ordre"),
    ]
    list_filter = ["kind", "centres"]
    search_fields = ["name"]


register_snippet(PartnerViewSet)


@hooks.register("insert_global_admin_js")
def pickers() -> str:
    """Wagtail starts pickers and choosers by inline scripts, which the content security policy refuses."""
    return format_html('<script src="{}"></script>', static("js/cms.js"))


@hooks.register("before_serve_document")
def keep_until_agreed(document: PublicDocument, request: HttpRequest) -> None:
    """A document whose people have not agreed yet is not there for anyone who has its address."""
    if document.consent == Consent.WAITING:
        raise Http404


@hooks.register("before_create_page")
@hooks.register("before_edit_page")
def wait_for_a_title(request: HttpRequest, *page) -> JsonResponse | None:
    """Have Wagtail's own saving wait for the title, and say so, as long as there is none.

    Wagtail refuses it too, by a 400 that the browser reports as a fault of the page, and names no remedy.
    """
    if request.method != "POST" or request.accepts("text/html") or request.POST.get("title", "").strip():
        return None
    return JsonResponse({"success": False, "error_code": "validation_error", "error_message": UNTITLED})
