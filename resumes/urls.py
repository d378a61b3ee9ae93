from __future__ import annotations

from django.urls import path

from resumes import views

app_name = "resumes"

urlpatterns = [
    path("", views.resume_list, name="list"),
    path("new/", views.create, name="create"),
    path("<int:resume_id>/", views.detail, name="detail"),
    path("<int:resume_id>/edit/", views.edit, name="edit"),
    path("<int:resume_id>/delete/", views.delete, name="delete"),
    path("<int:resume_id>/restore/", views.restore, name="restore"),
    path("<int:resume_id>/photo/", views.photo, name="photo"),
    path("<int:resume_id>/photo/remove/", views.photo_remove, name="photo_remove"),
    path("<int:resume_id>/<str:section>/", views.section_entries, name="section"),
    path("<int:resume_id>/<str:section>/add/", views.entry_add, name="entry_add"),
    path("<int:resume_id>/<str:section>/<int:entry_id>/", views.entry_edit, name="entry_edit"),
    path("<int:resume_id>/<str:section>/<int:entry_id>/move/", views.entry_move, name="entry_move"),
    path(
        "<int:resume_id>/<str:section>/<int:entry_id>/remove/",
        views.entry_remove,
        name="entry_remove",
    ),
]
