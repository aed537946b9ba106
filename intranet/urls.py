"""Every address of the intranet. All are closed here, at once: a new one cannot be left open by oversight."""

from django.urls import path, re_path

from intranet.access import closed_by_default, unknown
from intranet.accounts.views import session
from intranet.home.views import home
from intranet.rota import fill_views, slot_views, undo_views, views

app_name = "intranet"
urlpatterns = closed_by_default(
    [
        path("", home, name="home"),
        path("session/", session, name="session"),
        path("rotation/", views.rota, name="rota"),
        path("rotation/liste/", views.rota_list, name="rota_list"),
        path("rotation/<int:slot>/", slot_views.slot, name="slot"),
        path("rotation/<int:slot>/histoire/", slot_views.story, name="story"),
        path("rotation/remplir/", fill_views.fill, name="fill"),
        path("rotation/defaire/", undo_views.undo_last, name="undo_last"),
        path("rotation/refaire/", undo_views.redo_last, name="redo_last"),
        path("gestes/<int:gesture>/annuler/", undo_views.undo, name="undo"),
        re_path(r"^(?P<address>.+/)$", unknown, name="unknown"),
    ]
)
