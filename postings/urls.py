from __future__ import annotations

from django.urls import path

from postings import views

app_name = "postings"

urlpatterns = [
    path("", views.posting_list, name="list"),
    path("new/", views.create, name="create"),
    path("paste/", views.paste, name="paste"),
    path("drafts/<int:draft_id>/", views.draft, name="draft"),
    path("drafts/<int:draft_id>/retry/", views.retry, name="draft_retry"),
    path("drafts/<int:draft_id>/discard/", views.discard, name="draft_discard"),
    path("<int:posting_id>/", views.detail, name="detail"),
    path("<int:posting_id>/edit/", views.edit, name="edit"),
    path("<int:posting_id>/delete/", views.delete, name="delete"),
    path("<int:posting_id>/restore/", views.restore, name="restore"),
]
