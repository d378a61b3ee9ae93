"""Every endpoint, as section 3 of the contract lists them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from gaechwi.codes import api as codes
from postings import api as postings
from resumes import api as resumes

app_name = "api"

urlpatterns = [
    path("schema", login_not_required(SpectacularAPIView.as_view()), name="schema"),
    path("codes/", codes.CodeList.as_view(), name="codes"),
    path("resumes/", resumes.ResumeList.as_view(), name="resumes"),
    path("resumes/<int:resume_id>", resumes.ResumeDetail.as_view(), name="resume"),
    path("resumes/<int:resume_id>/photo", resumes.ResumePhoto.as_view(), name="resume-photo"),
    path("job-postings/", postings.PostingList.as_view(), name="job-postings"),
    path("job-postings/<int:posting_id>", postings.PostingDetail.as_view(), name="job-posting"),
]
