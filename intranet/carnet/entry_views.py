"""The gestures on one entry of the carnet: read it, correct a group of fields, say that it is right, take back."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from directory import book, carnet_actions, carnet_permissions
from directory.models import Centre, ChangeSet, Practice
from directory.refusals import Refusal, Stale
from intranet.access import refusal, requires
from intranet.carnet import entry_page, story, told
from intranet.carnet.entry_page import Edit, load, page
from intranet.carnet.forms import Group, check_fields, groups_of, version_of

MAY_NOT = "Vous pouvez lire cette fiche, pas la modifier : elle n’est liée à aucun de vos centres."
ARCHIVED = "Cette fiche est archivée : rétablissez-la avant de la corriger."
CENTRAL = "Archiver une fiche la retire à tous les centres : demandez-le à l’équipe centrale."


@requires("carnet", read="V", write="E")
def entry(request: HttpRequest, practice: int) -> HttpResponse:
    """GET: the entry. POST: one gesture on it (`geste`, `version`, for a pin its `centre`)."""
    found = load(request, practice)
    if request.method != "POST":
        return page(request, found)
    _may_edit(request, found)
    check_fields(request.POST, {"geste", "version", "centre"}, {"geste", "version"})
    try:
        done, sentence = _gesture(request, found)
    except Refusal as refused:
        status = 409 if isinstance(refused, Stale) else 422
        return page(request, load(request, practice), error=str(refused), status=status)
    return _done(request, found, done, sentence)


def _gesture(request: HttpRequest, found: Practice) -> tuple[ChangeSet | None, str]:
    """Do what the button says; its sentence."""
    kind, version, by = request.POST["geste"], version_of(request), request.user
    if kind == "confirmer":
        done = carnet_actions.confirm(practice=found, by=by, version=version)
        return done, f"Merci : la fiche de {found} est confirmée aujourd’hui."
    if kind in {"epingler", "detacher"}:
        centre, pinned = _own_centre(request, request.POST.get("centre", "")), kind == "epingler"
        done = carnet_actions.pin(practice=found, centre=centre, pinned=pinned, by=by, version=version)
        return done, f"{found} est {'épinglé en tête de' if pinned else 'retiré de la tête de'} la liste de {centre}."
    if kind == "retirer":
        centre = _own_centre(request, request.POST.get("centre", ""))
        done = carnet_actions.untie(practice=found, centre=centre, by=by, version=version)
        return done, f"{centre} n’utilise plus la fiche de {found}."
    if kind not in {"archiver", "retablir"}:
        raise BadRequest("Cette page ne propose pas ce geste.")
    if not carnet_permissions.can_archive(by):
        raise PermissionDenied(CENTRAL)
    if kind == "archiver":
        done = carnet_actions.archive(practice=found, by=by, version=version)
        return done, f"La fiche de {found} est archivée : plus aucune liste ne la montre."
    return carnet_actions.bring_back(practice=found, by=by, version=version), f"La fiche de {found} est rétablie."


@requires("carnet", read="E", write="E")
def group(request: HttpRequest, practice: int, group: str) -> HttpResponse:
    """GET: the entry with this group of fields as a form. POST: its correction, with the version that was read."""
    found = load(request, practice)
    asked = groups_of(found).get(group)
    if asked is None:
        raise Http404
    _may_edit(request, found)
    if request.method != "POST":
        return page(request, found, edit=Edit(group, asked.form(found)))
    check_fields(request.POST, {"version", *asked.fields}, {"version", *asked.fields[:1]})
    form, version = asked.form(found, request.POST), version_of(request)
    if not form.is_valid():
        return page(request, load(request, practice), edit=Edit(group, form), status=422)
    values = {name: form.cleaned_data[name] for name in asked.fields}
    try:
        done = carnet_actions.correct(row=asked.owner(found), values=values, by=request.user, version=version)
    except Stale as refused:
        return _collision(request, practice, asked, form, str(refused))
    except Refusal as refused:
        form.add_error(None, str(refused))
        return page(request, load(request, practice), edit=Edit(group, form), status=422)
    return _done(request, found, done, f"« {asked.title} » est corrigé.")


def _collision(request: HttpRequest, practice: int, asked: Group, form, sentence: str) -> HttpResponse:
    """409: what stands beside what was typed, for each field where they differ."""
    fresh = load(request, practice)
    row, mine = asked.owner(fresh), form.instance
    both = [
        (row._meta.get_field(name).verbose_name, entry_page.said(row, name), entry_page.said(mine, name))
        for name in asked.fields
        if getattr(row, name) != getattr(mine, name)
    ]
    edit = Edit(asked.name, form, standing=both)
    return page(request, fresh, edit=edit, error=sentence, status=409)


@requires("carnet", read="E", write="E")
def distance(request: HttpRequest, practice: int, centre: int) -> HttpResponse:
    """How far the entry is from one of one's own centres; giving it ties the entry to that centre."""
    found, place = load(request, practice), _own_centre(request, str(centre))
    name, form = f"distance-{centre}", entry_page.distance_form(found, place)
    if request.method != "POST":
        return page(request, found, edit=Edit(name, form))
    check_fields(request.POST, {"version", "km"}, {"version", "km"})
    form = entry_page.distance_form(found, place, request.POST)
    if not form.is_valid():
        return page(request, load(request, practice), edit=Edit(name, form), status=422)
    km, version = form.cleaned_data["km"], version_of(request)
    try:
        done = carnet_actions.set_distance(practice=found, centre=place, km=km, by=request.user, version=version)
    except Stale as refused:
        return page(request, load(request, practice), edit=Edit(name, form), error=str(refused), status=409)
    return _done(request, found, done, f"La distance depuis {place} est notée.")


@requires("carnet", write="E")
def undo(request: HttpRequest, gesture: int) -> HttpResponse:
    """Take back one of one's own gestures on the carnet, while one may still edit what it concerned."""
    change_set = get_object_or_404(story.own_gestures(request.user), pk=gesture)
    concerned = story.entries_of(change_set)
    own = set(carnet_permissions.own_centres(request.user).values_list("pk", flat=True))
    let_go = story.let_go_by(change_set, own)
    mine = all(one.pk in let_go or _editable(request, one) for one in concerned)
    if not mine or not story.sheets_of(change_set) <= own:
        raise PermissionDenied(MAY_NOT)
    try:
        book.undo(change_set, by=request.user)
    except Refusal as refused:
        return refusal(request, 409, str(refused))
    told.say(request, "Votre geste est annulé.")
    left = Practice.objects.filter(pk__in=[one.pk for one in concerned]).first()
    return redirect("intranet:carnet_entry", left.pk) if left else redirect("intranet:carnet")


def _may_edit(request: HttpRequest, practice: Practice) -> None:
    """403 for an entry that one reads only."""
    if not _editable(request, practice):
        raise PermissionDenied(MAY_NOT)
    if practice.archived_on and request.POST.get("geste") != "retablir":
        raise PermissionDenied(ARCHIVED)


def _editable(request: HttpRequest, practice: Practice) -> bool:
    return carnet_permissions.can_edit(request.user, practice)


def _own_centre(request: HttpRequest, pk: str) -> Centre:
    """A centre that one keeps; 403 for another one, which everyone may read of."""
    own = carnet_permissions.own_centres(request.user)
    found = own.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    if found is None:
        raise PermissionDenied("Ce centre n’est pas l’un des vôtres.")
    return found


def _done(request: HttpRequest, practice: Practice, done: ChangeSet | None, sentence: str) -> HttpResponse:
    """Back to the entry, which says what was done and offers to take it back."""
    told.say(request, sentence if done else "Rien n’a changé.", done)
    return redirect("intranet:carnet_entry", practice.pk)
