"""Who may read and write the rota."""

from django.db.models import QuerySet

from directory import rights
from directory.models import Centre, User
from rotas.models import Slot


def can_edit_rota(user: User, centre: Centre) -> bool:
    """« Les coordinateurs remplissent leurs centres, l'équipe centrale les remplit tous. »"""
    return rights.reach(user, "rota", "E").covers(centre.pk)


def can_see_names(user: User) -> bool:
    """« La communication voit si c'est pourvu, jamais par qui. »"""
    return rights.reach(user, "rota", "L").everywhere


def visible_slots(user: User) -> QuerySet[Slot]:
    """The places whose names `user` may read: all of them or none."""
    return Slot.objects.all() if rights.reach(user, "rota", "V").everywhere else Slot.objects.none()
