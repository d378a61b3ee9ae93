"""Every endpoint, as section 3 of the contract lists them."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from accounts import api as accounts
from exports import api as exports
from feedback import api as feedback
from gaechwi.codes import api as codes
from interviews import api as interviews
from postings import api as postings
from resumes import api as resumes
from studyguides import api as studyguides

app_name = "api"

urlpatterns = [
    path("schema", SpectacularJSONAPIView.as_view(), name="schema"),
    path(
        "docs",
        SpectacularSwaggerSplitView.as_view(
            template_name="api/docs.html", url_name="api:schema", http_method_names=["get", "head"]
        ),
        name="docs",
    ),
    path("auth/token", accounts.PasswordToken.as_view(), name="token"),
    path("auth/google/callback", accounts.GoogleCallback.as_view(), name="google-callback"),
    path("auth/refresh", accounts.RefreshToken.as_view(), name="refresh"),
    path("auth/logout", accounts.TokenLogout.as_view(), name="logout"),
    path("users/me", accounts.Me.as_view(), name="me"),
    path("codes/", codes.CodeList.as_view(), name="codes"),
    path("resumes/", resumes.ResumeList.as_view(), name="resumes"),
    path("resumes/<int:resume_id>", resumes.ResumeDetail.as_view(), name="resume"),
    path("resumes/<int:resume_id>/photo", resumes.ResumePhoto.as_view(), name="resume-photo"),
    path("resumes/<int:resume_id>/exports", exports.ResumeExports.as_view(), name="resume-exports"),
    path("resume_exports/<int:export_id>", exports.ExportDetail.as_view(), name="resume-export"),
    path(
        "resume_exports/<int:export_id>/file",
        exports.ExportFile.as_view(),
        name="resume-export-file",
    ),
    path("job-postings/", postings.PostingList.as_view(), name="job-postings"),
    path("job-postings/<int:posting_id>", postings.PostingDetail.as_view(), name="job-posting"),
    path(
        "resume_feedbacks/standard/<int:resume_id>",
        feedback.StandardFeedback.as_view(),
        name="standard-feedback",
    ),
    path(
        "resume_feedbacks/posting/<int:resume_id>/<int:posting_id>",
        feedback.PostingFeedback.as_view(),
        name="posting-feedback",
    ),
    path("resume_feedbacks/", feedback.FeedbackList.as_view(), name="resume-feedbacks"),
    path(
        "resume_feedbacks/<int:feedback_id>",
        feedback.FeedbackDetail.as_view(),
        name="resume-feedback",
    ),
    path(
        "resume_feedbacks/standard_resume/<int:feedback_id>",
        feedback.ImprovedResume.as_view(),
        name="improve-resume",
    ),
    path(
        "resume_improvements/<int:improvement_id>",
        feedback.ImprovementDetail.as_view(),
        name="resume-improvement",
    ),
    path("study-guides/", studyguides.GuideList.as_view(), name="study-guides"),
    path("study-guides/<int:guide_id>", studyguides.GuideDetail.as_view(), name="study-guide"),
    path(
        "study-guides/<int:guide_id>/items/<int:item_id>",
        studyguides.ItemDetail.as_view(),
        name="study-item",
    ),
    path("interviews/", interviews.InterviewList.as_view(), name="interviews"),
    path("interviews/<int:interview_id>", interviews.InterviewDetail.as_view(), name="interview"),
    path(
        "interviews/<int:interview_id>/conversations",
        interviews.InterviewConversation.as_view(),
        name="interview-conversations",
    ),
    path(
        "interviews/<int:interview_id>/feedback",
        interviews.InterviewJudgement.as_view(),
        name="interview-feedback",
    ),
]
