from __future__ import annotations

from django.urls import path

from interviews import views

app_name = "interviews"

urlpatterns = [
    path("", views.interview_list, name="list"),
    path("new/", views.start, name="start"),
    path("<int:interview_id>/", views.detail, name="detail"),
    path("<int:interview_id>/words/<int:turn_id>/", views.words, name="words"),
    path("<int:interview_id>/speak-again/", views.speak_again, name="speak_again"),
    path("<int:interview_id>/stop/", views.stop, name="stop"),
    path("<int:interview_id>/go-on/", views.go_on, name="go_on"),
    path("<int:interview_id>/judge/", views.judge, name="judge"),
    path("<int:interview_id>/judge-again/", views.judge_again, name="judge_again"),
    path("<int:interview_id>/repeat/", views.repeat, name="repeat"),
    path("<int:interview_id>/delete/", views.delete, name="delete"),
    path("<int:interview_id>/restore/", views.restore, name="restore"),
]
