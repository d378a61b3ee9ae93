from __future__ import annotations

from django.urls import path

from privacy import views

app_name = "privacy"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/data/", views.start_download, name="start_download"),
    path("account/data/<int:download_id>/", views.download, name="download"),
    path("account/data/<int:download_id>/file/", views.file, name="file"),
    path("account/data/<int:download_id>/retry/", views.retry, name="retry"),
    path("account/accesses/", views.accesses, name="accesses"),
    path("account/delete/", views.delete, name="delete"),
    path("privacy/", views.policy, name="policy"),
]
