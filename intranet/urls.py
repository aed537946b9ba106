"""Every address of the intranet. All are closed here, at once: a new one cannot be left open by oversight."""

from django.urls import path, re_path

from intranet.access import closed_by_default, unknown
from intranet.carnet import entry_views
from intranet.carnet import views as carnet_views
from intranet.home.views import home
from intranet.rota import slot_views, views

app_name = "intranet"
urlpatterns = closed_by_default(
    [
        path("", home, name="home"),
        path("rotation/", views.rota, name="rota"),
        path("rotation/liste/", views.rota_list, name="rota_list"),
        path("rotation/<int:slot>/", slot_views.slot, name="slot"),
        path("gestes/<int:gesture>/annuler/", slot_views.undo, name="undo"),
        path("carnet/", carnet_views.carnet, name="carnet"),
        path("carnet/nouvelle-fiche/", carnet_views.create, name="carnet_create"),
        path("carnet/urgences/<int:centre>/", carnet_views.emergency, name="carnet_emergency"),
        path("carnet/gestes/<int:gesture>/annuler/", entry_views.undo, name="carnet_undo"),
        path("carnet/<int:practice>/", entry_views.entry, name="carnet_entry"),
        path("carnet/<int:practice>/distance/<int:centre>/", entry_views.distance, name="carnet_distance"),
        path("carnet/<int:practice>/<slug:group>/", entry_views.group, name="carnet_group"),
        re_path(r"^(?P<address>.+/)$", unknown, name="unknown"),
    ]
)
