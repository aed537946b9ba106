"""Says what a person finds in the menu: the places that the matrix of rights opens to them, and no other."""

from dataclasses import dataclass

from django.urls import reverse

from directory import rights
from directory.models import User


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    label: str
    url: str
    icon: str
    current: bool = False


# label, name of the address, icon, row of the matrix, letter
PLACES = (
    ("Accueil", "intranet:home", "house", "staff_home", "V"),
    ("Rotation des médecins", "intranet:rota", "calendar-days", "coverage", "L"),
    ("Liste des semaines", "intranet:rota_list", "list", "coverage", "L"),
    ("Carnet de correspondants", "intranet:carnet", "contact", "carnet", "L"),
    ("Imports", "intranet:imports", "file-up", "import", "L"),
    ("Rédaction du site", "wagtailadmin_home", "pen-line", "page_draft", "L"),
)


def entries(user: User, path: str) -> list[Entry]:
    """The menu of `user` on the page at `path`; the deepest entry that leads there is the current one."""
    found = [
        (label, reverse(name), icon) for label, name, icon, thing, action in PLACES if rights.reach(user, thing, action)
    ]
    here = max((url for _, url, _ in found if path.startswith(url)), key=len, default="")
    return [Entry(label, url, icon, current=url == here) for label, url, icon in found]
