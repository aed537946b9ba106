"""Who may read and keep the carnet."""

from django.db.models import QuerySet

from directory import rights
from directory.models import Centre, Practice, User

THING = "carnet"


def visible_practices(user: User) -> QuerySet[Practice]:
    """« Le carnet est à tous ceux qui adressent : coordination, équipe centrale, direction, médecins. »"""
    return Practice.objects.whole() if rights.reach(user, THING, "V").everywhere else Practice.objects.none()


def can_edit(user: User, practice: Practice) -> bool:
    """« Chaque centre tient les fiches qu’il utilise ; l’équipe centrale les tient toutes. »"""
    reach = rights.reach(user, THING, "E")
    return reach.everywhere or any(link.centre_id in reach.centres for link in practice.links.all())


def can_archive(user: User) -> bool:
    """« Retirer une fiche à tout le monde, c’est l’équipe centrale. »"""
    return rights.reach(user, THING, "A").everywhere


def own_centres(user: User, letter: str = "E") -> QuerySet[Centre]:
    """The centres for which `user` may write in the carnet, in reading order."""
    reach = rights.reach(user, THING, letter)
    centres = Centre.objects.in_reading_order()
    return centres if reach.everywhere else centres.filter(pk__in=reach.centres)


def all_practices_editable(user: User, practices: list[Practice]) -> bool:
    """True when `user` may write in each of these entries, and there is one."""
    return bool(practices) and all(can_edit(user, practice) for practice in practices)
