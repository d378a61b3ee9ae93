from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from gaechwi import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("resumes/", include("resumes.urls")),
    path("feedbacks/", include("feedback.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
