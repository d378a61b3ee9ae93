from __future__ import annotations

from django.urls import path

from imports import views

app_name = "imports"

urlpatterns = [
    path("", views.start, name="start"),
    path("<int:import_id>/", views.detail, name="detail"),
    path("<int:import_id>/retry/", views.retry, name="retry"),
    path("<int:import_id>/discard/", views.discard, name="discard"),
]
