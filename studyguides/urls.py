from __future__ import annotations

from django.urls import path

from studyguides import views

app_name = "studyguides"

urlpatterns = [
    path("", views.guide_list, name="list"),
    path("new/", views.start, name="start"),
    path("<int:guide_id>/", views.detail, name="detail"),
    path("<int:guide_id>/calendar.ics", views.calendar_file, name="calendar"),
    path("<int:guide_id>/retry/", views.retry, name="retry"),
    path("<int:guide_id>/delete/", views.delete, name="delete"),
    path("<int:guide_id>/restore/", views.restore, name="restore"),
    path("items/<int:item_id>/status/", views.item_status, name="item_status"),
    path("items/<int:item_id>/note/", views.item_note, name="item_note"),
    path("items/<int:item_id>/move/", views.item_move, name="item_move"),
    path("items/<int:item_id>/practise/", views.item_practise, name="item_practise"),
    path("items/<int:item_id>/resume/", views.item_to_resume, name="item_to_resume"),
]
