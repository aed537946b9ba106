"""Shows an entry of the carnet: its groups of fields, one of them perhaps being corrected, and its story."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from directory import carnet_permissions, weeks
from directory.models import Centre, CentreLink, Practice
from intranet.carnet import story
from intranet.carnet.forms import DistanceForm, Group, groups_of

UNUSUAL = "Adresse hors de l’espace mssante.fr : vérifiez qu’elle est bien sécurisée."


@dataclass
class Edit:
    """The group being corrected, its form, and what stands when somebody else was quicker."""

    name: str
    form: forms.BaseForm
    standing: list[tuple[str, str, str]] | None = None


def load(request: HttpRequest, pk: int) -> Practice:
    """The entry with this id as who asks may see it, with its links; 404 when it is hidden."""
    visible = carnet_permissions.visible_practices(request.user).prefetch_related("links__centre")
    found = visible.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def page(
    request: HttpRequest, practice: Practice, *, edit: Edit | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    """The page of an entry, for htmx the entry alone; `error` says what was refused."""
    editable = carnet_permissions.can_edit(request.user, practice)
    own = list(carnet_permissions.own_centres(request.user))
    mailbox = practice.secure_mailbox
    context = {
        "practice": practice,
        "groups": [_shown(group, practice, edit) for group in groups_of(practice).values()],
        "distances": _distances(practice, own, edit),
        "edit": edit,
        "editable": editable and practice.archived_on is None,
        "archivable": carnet_permissions.can_archive(request.user),
        "fresh": practice.is_fresh(weeks.today()),
        "days": (weeks.today() - practice.confirmed_on).days if practice.confirmed_on else None,
        "unusual": UNUSUAL if mailbox and not mailbox.endswith(".mssante.fr") else "",
        "story": story.story(practice, request.user),
        "error": error,
    }
    name = "intranet/carnet/entry.html#fiche" if request.htmx else "intranet/carnet/entry.html"
    return render(request, name, context, status=status)


def _shown(group: Group, practice: Practice, edit: Edit | None) -> dict:
    """A group as it is read, with its form when it is being corrected."""
    row = group.owner(practice)
    editing = edit if edit and edit.name == group.name else None
    return {
        "name": group.name,
        "title": group.title,
        "version": row.version,
        "lines": [(field, label, value) for field, label, value in _lines(group, row) if value],
        "edit": editing,
    }


def _lines(group: Group, row) -> list[tuple[str, str, str]]:
    """(column, label, value in words) of each field."""
    return [(name, row._meta.get_field(name).verbose_name, said(row, name)) for name in group.fields]


def said(row, name: str) -> str:
    """A column in words."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(dict(row._meta.get_field(name).flatchoices).get(value, "" if value is None else value))


def _distances(practice: Practice, own: list[Centre], edit: Edit | None) -> list[dict]:
    """Each centre that uses the entry, then those of the reader that could; nearest first."""
    links = sorted(practice.links.all(), key=lambda link: (link.km is None, link.km or 0))
    mine = {centre.pk for centre in own}
    linked = {link.centre_id for link in links}
    others = [CentreLink(practice=practice, centre=centre) for centre in own if centre.pk not in linked]
    editing = edit.name if edit else ""
    return [
        {
            "link": link,
            "new": link.pk is None,
            "own": link.centre_id in mine,
            "target": f"distance-{link.centre_id}",
            "edit": edit if editing == f"distance-{link.centre_id}" else None,
        }
        for link in [*links, *others]
    ]


def distance_form(practice: Practice, centre: Centre, data=None) -> DistanceForm:
    """The form of the link between an entry and a centre, as it stands."""
    standing = next((link for link in practice.links.all() if link.centre_id == centre.pk), None)
    link = standing or CentreLink(practice=practice, centre=centre)
    return DistanceForm(data, instance=link, auto_id=f"distance-{centre.pk}-%s")
