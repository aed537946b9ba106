"""Who may read and write the rota."""

from datetime import timedelta

from django.db.models import QuerySet

from directory import rights, weeks
from directory.models import Centre, User
from rotas.models import Slot

CONTACT_DAYS = timedelta(days=30)


def can_edit_rota(user: User, centre: Centre) -> bool:
    """« Les coordinateurs remplissent leurs centres, l'équipe centrale les remplit tous. »"""
    return rights.reach(user, "rota", "E").covers(centre.pk)


def can_see_names(user: User) -> bool:
    """« La communication voit si c'est pourvu, jamais par qui. »"""
    return rights.reach(user, "rota", "L").everywhere


def can_see_contact(user: User, slot: Slot) -> bool:
    """« La coordination joint les médecins de ses centres, un mois avant et un mois après leur semaine. »"""
    reach, today = rights.reach(user, "doctor_contact", "V"), weeks.today()
    near = slot.monday - CONTACT_DAYS <= today <= slot.sunday + CONTACT_DAYS
    return reach.everywhere or (near and reach.covers(slot.centre_id))


def can_see_places(user: User) -> bool:
    """« Les coordinateurs voient toute la rotation, avec les noms. »"""
    return rights.reach(user, "rota", "V").everywhere


def visible_slots(user: User) -> QuerySet[Slot]:
    """The places whose names `user` may read: all of them or none."""
    return Slot.objects.all() if can_see_places(user) else Slot.objects.none()
