"""The addresses of sign-in, listed one by one so that none of allauth's others is open by oversight."""

from allauth.account import views
from django.urls import path, re_path

from intranet.access import closed
from intranet.accounts.views import no_signup, sign_out

urlpatterns = [
    path("connexion/", views.login, name="account_login"),
    path("deconnexion/", sign_out, name="account_logout"),
    path("inscription/", no_signup, name="account_signup"),
    path("compte/inactif/", views.account_inactive, name="account_inactive"),
    path("compte/verification/", closed(views.reauthenticate), name="account_reauthenticate"),
    path("mot-de-passe/changer/", closed(views.password_change), name="account_change_password"),
    path("mot-de-passe/oublie/", views.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", views.password_reset_done, name="account_reset_password_done"),
    path("mot-de-passe/choisi/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^mot-de-passe/choisir/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
