from __future__ import annotations

from django.urls import path

from exports import views

app_name = "exports"

urlpatterns = [
    path("resumes/<int:resume_id>/", views.start, name="start"),
    path("<int:export_id>/", views.detail, name="detail"),
    path("<int:export_id>/file/", views.file, name="file"),
    path("<int:export_id>/retry/", views.retry, name="retry"),
]
