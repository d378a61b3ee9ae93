from __future__ import annotations

from django.urls import path

from feedback import views

app_name = "feedback"

urlpatterns = [
    path("", views.feedback_list, name="list"),
    path("standard/<int:resume_id>/", views.request_standard, name="request_standard"),
    path("postings/", views.request_chosen, name="request_chosen"),
    path(
        "resumes/<int:resume_id>/postings/<int:posting_id>/",
        views.request_posting,
        name="request_posting",
    ),
    path("<int:feedback_id>/", views.detail, name="detail"),
    path("<int:feedback_id>/improve/", views.improve, name="improve"),
    path("improvements/<int:improvement_id>/", views.improvement, name="improvement"),
    path(
        "improvements/<int:improvement_id>/retry/",
        views.retry_improvement,
        name="retry_improvement",
    ),
    path("<int:feedback_id>/retry/", views.retry, name="retry"),
]
