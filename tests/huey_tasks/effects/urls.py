"""The only page of the lean settings."""

from django.urls import path

from config import health

urlpatterns = [path("healthz", health.healthz)]
