from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from accounts.http import UserRequest
from gaechwi.forms import posted
from resumes.forms import PhotoForm, ResumeCreateForm, ResumeForm
from resumes.models import Resume, SectionEntry
from resumes.passages import cut
from resumes.photos import read_photo, remove_photo, store_photo
from resumes.sections import KINDS, SectionKind, kind_or_404
from resumes.services import to_document
from resumes.storage import StorageAwayError, away_answer

PAGE_SIZE = 10
DIRECTIONS = {"up": -1, "down": 1}


@require_safe
def resume_list(request: UserRequest) -> HttpResponse:
    """List the user's résumés, the one that changed last first."""
    resumes = Resume.objects.for_user(request.user).for_lists()
    page = Paginator(resumes, PAGE_SIZE).get_page(request.GET.get("page"))
    deleted = Resume.with_deleted.for_user(request.user).deleted_one(request.GET.get("deleted", ""))
    return render(request, "resumes/list.html", {"page": page, "deleted": deleted})


@require_http_methods(["GET", "POST"])
def create(request: UserRequest) -> HttpResponse:
    """Begin a résumé."""
    form = ResumeCreateForm(posted(request), initial={"name": request.user.name})
    if form.is_valid():
        form.instance.user = request.user
        form.instance.email = request.user.email
        resume = form.save()
        return redirect("resumes:edit", resume.pk)
    return render(request, "resumes/create.html", {"form": form})


@require_safe
def detail(request: UserRequest, resume_id: int) -> HttpResponse:
    """Show a résumé as it will be read."""
    resumes = Resume.objects.for_user(request.user).select_related("source_resume")
    resume = get_object_or_404(resumes, pk=resume_id)
    document = to_document(resume)
    return render(
        request,
        "resumes/detail.html",
        {"resume": resume, "document": document, "stretches": cut(document)},
    )


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, resume_id: int) -> HttpResponse:
    """Edit the basics of a résumé; its sections are edited in their own forms on the page.

    The page saves while somebody writes, and is told whether that went well: nothing of it is
    exchanged meanwhile, and a field that is wrong keeps no other from being saved.
    """
    with _open(request, resume_id) as resume:
        form = ResumeForm(posted(request), instance=resume)
        if request.htmx and form.is_bound:
            return _autosave(request, resume, form)
        if form.is_valid():
            form.save()
            messages.success(request, _("저장했습니다."))
            return redirect("resumes:edit", resume.pk)
        if form.is_bound:
            # The page goes on bearing the name under which the résumé is kept.
            resume.refresh_from_db(fields=["title"])
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
def photo(request: UserRequest, resume_id: int) -> HttpResponse:
    """Give the photo of a résumé, or take a new one."""
    resume = _resume(request, resume_id)
    if request.method == "POST":
        return _take_photo(request, resume)
    if resume.photo is None:
        raise Http404
    try:
        picture = read_photo(resume.photo)
    except FileNotFoundError:
        raise Http404 from None
    except StorageAwayError as away:
        return away_answer(away)
    return HttpResponse(
        picture,
        content_type=resume.photo.content_type,
        headers={"Cache-Control": "private, max-age=3600", "Content-Disposition": "inline"},
    )


@require_POST
def photo_remove(request: UserRequest, resume_id: int) -> HttpResponse:
    """Delete the photo of a résumé."""
    with _open(request, resume_id) as resume:
        remove_photo(resume)
        return _after_photo(request, resume, _("사진을 지웠습니다."))


@require_safe
def section_entries(request: UserRequest, resume_id: int, section: str) -> HttpResponse:
    """Show the entries of a section, with no form open."""
    return _section_page(request, _resume(request, resume_id), kind_or_404(section))


@require_http_methods(["GET", "POST"])
def entry_add(request: UserRequest, resume_id: int, section: str) -> HttpResponse:
    """Add an entry to a section."""
    kind = kind_or_404(section)
    with _open(request, resume_id) as resume:
        form = kind.add_form(posted(request), resume=resume, auto_id=f"id_{section}_%s")
        return _take_entry(request, resume, kind, form)


@require_http_methods(["GET", "POST"])
def entry_edit(request: UserRequest, resume_id: int, section: str, entry_id: int) -> HttpResponse:
    """Edit an entry of a section."""
    kind = kind_or_404(section)
    with _open(request, resume_id) as resume:
        entry = get_object_or_404(kind.entries(resume), pk=entry_id)
        form = kind.edit_form(
            posted(request), resume=resume, instance=entry, auto_id=f"id_{section}_%s"
        )
        return _take_entry(request, resume, kind, form, editing=entry)


@require_POST
def entry_move(request: UserRequest, resume_id: int, section: str, entry_id: int) -> HttpResponse:
    """Move an entry one place up or down."""
    kind = kind_or_404(section)
    with _open(request, resume_id) as resume:
        entry = get_object_or_404(kind.entries(resume), pk=entry_id)
        direction = request.POST.get("direction", "")
        if direction not in DIRECTIONS:
            return HttpResponseBadRequest()
        entry.move(DIRECTIONS[direction])
        resume.touch()
        return _after_change(request, resume, kind, _("순서를 바꿨습니다."))


@require_http_methods(["GET", "POST"])
def entry_remove(request: UserRequest, resume_id: int, section: str, entry_id: int) -> HttpResponse:
    """Remove an entry; without JavaScript a page asks first, as htmx does with a dialog."""
    kind = kind_or_404(section)
    with _open(request, resume_id) as resume:
        entry = get_object_or_404(kind.entries(resume), pk=entry_id)
        if request.method == "GET":
            context = {"resume": resume, "kind": kind, "entry": entry}
            return render(request, "resumes/entry_remove.html", context)
        words = _("‘%(entry)s’ 항목을 지웠습니다.") % {"entry": entry}
        entry.delete()
        resume.touch()
        return _after_change(request, resume, kind, words)


def _resume(request: UserRequest, resume_id: int) -> Resume:
    resumes = Resume.objects.for_user(request.user).select_related("photo")
    return get_object_or_404(resumes, pk=resume_id)


@contextmanager
def _open(request: UserRequest, resume_id: int) -> Iterator[Resume]:
    """Give a résumé; where the request changes it, whoever else changes it waits.

    What a form is checked against (how many entries there are, which technologies) then still
    holds when it is saved, and nothing is saved over what another window has saved meanwhile.
    """
    if request.method != "POST":
        yield _resume(request, resume_id)
        return
    resumes = Resume.objects.for_user(request.user).select_related("photo")
    with transaction.atomic():
        yield get_object_or_404(resumes.select_for_update(of=("self",)), pk=resume_id)


def _edit_page(
    request: UserRequest,
    resume: Resume,
    form: ResumeForm | None = None,
    photo_form: PhotoForm | None = None,
) -> HttpResponse:
    sections = [{"kind": kind, "entries": kind.listed(resume)} for kind in KINDS.values()]
    context = {
        "resume": resume,
        "form": form or ResumeForm(instance=resume),
        "photo_form": photo_form or PhotoForm(),
        "sections": sections,
    }
    return render(request, "resumes/edit.html", context)


def _autosave(request: UserRequest, resume: Resume, form: ResumeForm) -> HttpResponse:
    if not form.is_valid() and form.is_stale:
        resume.refresh_from_db(fields=["title"])
        return _save_state(request, resume, form)
    form.save_sound_fields()
    what_is_saved = {
        "version": ResumeForm(instance=resume).version,
        "errors": {name: errors[0] for name, errors in form.errors.items()},
    }
    return trigger_client_event(_save_state(request, resume, form), "saved", what_is_saved)


def _save_state(request: UserRequest, resume: Resume, form: ResumeForm) -> HttpResponse:
    return render(request, "resumes/_save_state.html", {"resume": resume, "form": form})


def _take_photo(request: UserRequest, resume: Resume) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    words = _("사진을 바꿨습니다.") if resume.photo else _("사진을 올렸습니다.")
    if form.is_valid():
        try:
            resume.photo = store_photo(resume, form.cleaned_data["photo"])
        except ValidationError as error:
            form.add_error("photo", error)
        except Resume.DoesNotExist:
            raise Http404 from None
        else:
            return _after_photo(request, resume, words)
    if request.htmx:
        return _photo_part(request, resume, form)
    return _edit_page(request, resume, photo_form=form)


def _after_photo(request: UserRequest, resume: Resume, words: str) -> HttpResponse:
    if request.htmx:
        return _photo_part(request, resume, PhotoForm(), said=words)
    messages.success(request, words)
    return redirect("resumes:edit", resume.pk)


def _photo_part(
    request: UserRequest, resume: Resume, form: PhotoForm, said: str = ""
) -> HttpResponse:
    context = {"resume": resume, "photo_form": form, "said": said}
    return render(request, "resumes/_photo.html", context)


def _take_entry(
    request: UserRequest,
    resume: Resume,
    kind: SectionKind,
    form: Any,
    editing: SectionEntry | None = None,
) -> HttpResponse:
    if form.is_valid():
        form.save()
        return _after_change(request, resume, kind, _("저장했습니다."))
    return _section_page(request, resume, kind, form=form, editing=editing)


def _after_change(
    request: UserRequest, resume: Resume, kind: SectionKind, words: str
) -> HttpResponse:
    if request.htmx:
        return _section_page(request, resume, kind, said=words)
    messages.success(request, words)
    return redirect(f"{reverse('resumes:edit', args=[resume.pk])}#{kind.section}")


def _section_page(
    request: UserRequest, resume: Resume, kind: SectionKind, **more: Any
) -> HttpResponse:
    context = {"resume": resume, "kind": kind, "entries": kind.listed(resume), **more}
    template = "resumes/_section.html" if request.htmx else "resumes/section.html"
    response = render(request, template, context)
    # The browser's own copy of a part must not come back as the whole page.
    patch_vary_headers(response, ["HX-Request"])
    return response
