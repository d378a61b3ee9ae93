from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import UserRequest
from resumes.forms import PhotoForm, ResumeCreateForm, ResumeForm
from resumes.models import Resume, SectionEntry
from resumes.passages import cut
from resumes.photos import remove_photo, store_photo
from resumes.sections import KINDS, SectionKind, kind_or_404
from resumes.services import to_document

PAGE_SIZE = 10


@require_GET
def resume_list(request: UserRequest) -> HttpResponse:
    """List the user's résumés, the one that changed last first."""
    resumes = Resume.objects.for_user(request.user).select_related("photo")
    page = Paginator(resumes, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "resumes/list.html", {"page": page, "deleted": _just_deleted(request)})


@require_http_methods(["GET", "POST"])
def create(request: UserRequest) -> HttpResponse:
    """Begin a résumé."""
    form = ResumeCreateForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        form.instance.user = request.user
        form.instance.email = request.user.email
        resume = form.save()
        return redirect("resumes:edit", resume.pk)
    return render(request, "resumes/create.html", {"form": form})


@require_GET
def detail(request: UserRequest, resume_id: int) -> HttpResponse:
    """Show a résumé as it will be read."""
    resume = get_object_or_404(
        Resume.objects.for_user(request.user).with_sections(), pk=resume_id
    )
    document = to_document(resume)
    return render(
        request,
        "resumes/detail.html",
        {"resume": resume, "document": document, "stretches": cut(document)},
    )


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, resume_id: int) -> HttpResponse:
    """Edit the basics of a résumé; its sections are edited in their own forms on the page."""
    resume = _resume(request, resume_id)
    form = ResumeForm(request.POST or None, instance=resume)
    if form.is_valid():
        form.save()
        messages.success(request, _("저장했습니다."))
        return redirect("resumes:edit", resume.pk)
    return _edit_page(request, resume, form=form)


@require_POST
def delete(request: UserRequest, resume_id: int) -> HttpResponse:
    """Delete a résumé; the list that follows offers to bring it back."""
    _resume(request, resume_id).soft_delete()
    return redirect(f"{reverse('resumes:list')}?deleted={resume_id}")


@require_POST
def restore(request: UserRequest, resume_id: int) -> HttpResponse:
    """Bring a deleted résumé back."""
    resume = get_object_or_404(Resume.with_deleted.for_user(request.user), pk=resume_id)
    resume.restore()
    messages.success(request, _("‘%(title)s’ 이력서를 되살렸습니다.") % {"title": resume.title})
    return redirect("resumes:list")


@require_http_methods(["GET", "POST"])
def photo(request: UserRequest, resume_id: int) -> HttpResponse | FileResponse:
    """Give the photo of a résumé, or take a new one."""
    resume = _resume(request, resume_id)
    if request.method == "POST":
        return _take_photo(request, resume)
    if resume.photo is None:
        raise Http404
    response = FileResponse(
        default_storage.open(resume.photo.key), content_type=resume.photo.content_type
    )
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
def photo_remove(request: UserRequest, resume_id: int) -> HttpResponse:
    """Delete the photo of a résumé."""
    resume = _resume(request, resume_id)
    remove_photo(resume)
    messages.success(request, _("사진을 지웠습니다."))
    return redirect("resumes:edit", resume.pk)


@require_GET
def section_entries(request: UserRequest, resume_id: int, section: str) -> HttpResponse:
    """Show the entries of a section, with no form open."""
    return _section_page(request, _resume(request, resume_id), kind_or_404(section))


@require_http_methods(["GET", "POST"])
def entry_add(request: UserRequest, resume_id: int, section: str) -> HttpResponse:
    """Add an entry to a section."""
    resume, kind = _resume(request, resume_id), kind_or_404(section)
    form = kind.add_form(request.POST or None, resume=resume)
    return _take_entry(request, resume, kind, form)


@require_http_methods(["GET", "POST"])
def entry_edit(
    request: UserRequest, resume_id: int, section: str, entry_id: int
) -> HttpResponse:
    """Edit an entry of a section."""
    resume, kind, entry = _entry(request, resume_id, section, entry_id)
    form = kind.edit_form(request.POST or None, resume=resume, instance=entry)
    return _take_entry(request, resume, kind, form, editing=entry)


@require_POST
def entry_move(
    request: UserRequest, resume_id: int, section: str, entry_id: int
) -> HttpResponse:
    """Move an entry one place up or down."""
    resume, kind, entry = _entry(request, resume_id, section, entry_id)
    entry.move(-1 if request.POST.get("direction") == "up" else 1)
    resume.touch()
    return _after_change(request, resume, kind)


@require_http_methods(["GET", "POST"])
def entry_remove(
    request: UserRequest, resume_id: int, section: str, entry_id: int
) -> HttpResponse:
    """Remove an entry; without JavaScript a page asks first, as htmx does with a dialog."""
    resume, kind, entry = _entry(request, resume_id, section, entry_id)
    if request.method == "GET":
        context = {"resume": resume, "kind": kind, "entry": entry}
        return render(request, "resumes/entry_remove.html", context)
    entry.delete()
    resume.touch()
    return _after_change(request, resume, kind)


def _resume(request: UserRequest, resume_id: int) -> Resume:
    resumes = Resume.objects.for_user(request.user).select_related("photo")
    return get_object_or_404(resumes, pk=resume_id)


def _entry(
    request: UserRequest, resume_id: int, section: str, entry_id: int
) -> tuple[Resume, SectionKind, SectionEntry]:
    resume, kind = _resume(request, resume_id), kind_or_404(section)
    return resume, kind, get_object_or_404(kind.entries(resume), pk=entry_id)


def _just_deleted(request: UserRequest) -> Resume | None:
    deleted = request.GET.get("deleted", "")
    if not deleted.isdecimal():
        return None
    resumes = Resume.with_deleted.for_user(request.user)
    return resumes.filter(pk=deleted, is_active=False).first()


def _edit_page(
    request: UserRequest,
    resume: Resume,
    form: ResumeForm | None = None,
    photo_form: PhotoForm | None = None,
) -> HttpResponse:
    sections = [{"kind": kind, "entries": kind.entries(resume)} for kind in KINDS.values()]
    context = {
        "resume": resume,
        "form": form or ResumeForm(instance=resume),
        "photo_form": photo_form or PhotoForm(),
        "sections": sections,
    }
    return render(request, "resumes/edit.html", context)


def _take_photo(request: UserRequest, resume: Resume) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    had_photo = resume.photo is not None
    if form.is_valid():
        try:
            store_photo(resume, form.cleaned_data["photo"])
        except ValidationError as error:
            form.add_error("photo", error)
        else:
            words = _("사진을 바꿨습니다.") if had_photo else _("사진을 올렸습니다.")
            messages.success(request, words)
            return redirect("resumes:edit", resume.pk)
    return _edit_page(request, resume, photo_form=form)


def _take_entry(
    request: UserRequest,
    resume: Resume,
    kind: SectionKind,
    form: Any,
    editing: SectionEntry | None = None,
) -> HttpResponse:
    if form.is_valid():
        form.save()
        return _after_change(request, resume, kind)
    return _section_page(request, resume, kind, form=form, editing=editing)


def _after_change(request: UserRequest, resume: Resume, kind: SectionKind) -> HttpResponse:
    if request.htmx:
        return _section_page(request, resume, kind)
    return redirect(f"{reverse('resumes:edit', args=[resume.pk])}#{kind.section}")


def _section_page(request: UserRequest, resume: Resume, kind: SectionKind, **form: Any) -> HttpResponse:
    context = {"resume": resume, "kind": kind, "entries": kind.entries(resume), **form}
    template = "resumes/_section.html" if request.htmx else "resumes/section.html"
    return render(request, template, context)
