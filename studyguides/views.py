from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from gaechwi.forms import posted
from gaechwi.jobs.limits import TooManyJobs, check_rate, refusal_page, with_wait
from gaechwi.jobs.models import JobStatus
from gaechwi.jobs.services import RequestRefusedError
from gaechwi.jobs.waiting import has_no_news
from resumes.forms import TechnologiesForm
from resumes.models import Resume
from studyguides import services
from studyguides.calendars import calendar
from studyguides.forms import GuideForm, NoteForm, StatusForm
from studyguides.models import ItemStatus, StudyGuide, StudyItem
from studyguides.origins import address_of
from studyguides.practising import practise
from studyguides.schedule import deadline_of, schedule

PAGE_SIZE = 10


@require_safe
def guide_list(request: UserRequest) -> HttpResponse:
    """List the user's guides, the newest first."""
    guides = StudyGuide.objects.for_user(request.user).for_lists()
    context = {
        "page": Paginator(guides, PAGE_SIZE).get_page(request.GET.get("page")),
        "deleted": StudyGuide.objects.deleted_one(request.user, request.GET.get("deleted", "")),
    }
    return render(request, "studyguides/list.html", context)


@require_http_methods(["GET", "POST"])
def start(request: UserRequest) -> HttpResponse:
    """Ask for a guide; what the address names is chosen beforehand."""
    chosen = {name: request.GET.get(name) for name in ("feedback", "interview", "posting")}
    form = GuideForm(request.user, posted(request), initial=chosen)
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            check_rate(request)
            return redirect(services.request_guide(request.user, **form.cleaned_data))
        except TooManyJobs as refusal:
            form.add_error(None, refusal.message)
            page = render(request, "studyguides/start.html", {"form": form}, status=429)
            return with_wait(page, refusal)
        except RequestRefusedError as refusal:
            form.add_error(None, refusal.message)
            status = HTTPStatus.CONFLICT
    return render(request, "studyguides/start.html", {"form": form}, status=status)


@require_safe
def detail(request: UserRequest, guide_id: int) -> HttpResponse:
    """Show how a guide gets on, and what there is to learn once it is done.

    The page asks again while it waits, naming the status that it shows: 204 means no news. Once
    the guide is there, the page is read anew.
    """
    guides = StudyGuide.objects.for_user(request.user)
    if request.htmx and has_no_news(guides, guide_id, request.GET):
        return HttpResponse(status=204)
    guide = get_object_or_404(guides.for_page(), pk=guide_id)
    if request.htmx and guide.status == JobStatus.DONE:
        # Its title stands over and beside the part that asks, and so does the way into a calendar.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _page(request, guide)


@require_safe
def calendar_file(request: UserRequest, guide_id: int) -> HttpResponse:
    """Give the days of a guide as a file for a calendar."""
    guides = StudyGuide.objects.for_user(request.user).prefetch_related("items")
    guide = get_object_or_404(guides, pk=guide_id, status=JobStatus.DONE)
    slots = schedule(guide.items.all(), guide.hours_per_week, timezone.localdate())
    url = request.build_absolute_uri(guide.get_absolute_url())
    return HttpResponse(
        calendar(guide, slots, url, timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="gaechwi-guide-{guide.pk}.ics"'},
    )


@require_POST
def retry(request: UserRequest, guide_id: int) -> HttpResponse:
    """Put a failed guide back into the queue."""
    guide = _get(request, guide_id)
    try:
        check_rate(request)
        return redirect(services.retry_guide(guide))
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)


@require_POST
def delete(request: UserRequest, guide_id: int) -> HttpResponse:
    """Delete a guide; the list that follows offers to bring it back."""
    services.delete_guide(_get(request, guide_id))
    return redirect(f"{reverse('studyguides:list')}?deleted={guide_id}")


@require_POST
def restore(request: UserRequest, guide_id: int) -> HttpResponse:
    """Bring a deleted guide back."""
    guide = get_object_or_404(StudyGuide, user=request.user, pk=guide_id)
    try:
        services.restore_guide(guide)
        messages.success(request, _("학습 가이드를 되살렸습니다."))
    except RequestRefusedError as refusal:
        messages.error(request, refusal.message)
    return redirect("studyguides:list")


@require_POST
def item_status(request: UserRequest, item_id: int) -> HttpResponse:
    """Note how far an item has got."""
    item = _item(request, item_id)
    form = StatusForm(posted(request))
    if form.is_valid():
        services.set_status(item, ItemStatus(form.cleaned_data["status"]))
    return _changed(request, item)


@require_POST
def item_note(request: UserRequest, item_id: int) -> HttpResponse:
    """Keep what is noted down of an item."""
    item = _item(request, item_id)
    form = NoteForm(posted(request))
    if form.is_valid():
        services.save_note(item, form.cleaned_data["notes"])
        return _changed(request, item)
    guide = StudyGuide.objects.for_page().get(pk=item.guide_id)
    return _page(request, guide, note=form, of=item, status=HTTPStatus.BAD_REQUEST)


@require_POST
def item_move(request: UserRequest, item_id: int) -> HttpResponse:
    """Put an item before the one above it, or after the one below."""
    item = _item(request, item_id)
    services.move(item, up="up" in request.POST)
    return _changed(request, item)


@require_POST
def item_practise(request: UserRequest, item_id: int) -> HttpResponse:
    """Go on with a short interview about an item, or begin one."""
    items = StudyItem.objects.for_user(request.user)
    item = get_object_or_404(
        items.select_related("guide__user", "guide__feedback", "guide__interview"), pk=item_id
    )
    try:
        check_rate(request)
        return redirect(practise(item))
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)
    except RequestRefusedError as refusal:
        messages.error(request, refusal.message)
        return redirect(item.guide)


@require_POST
def item_to_resume(request: UserRequest, item_id: int) -> HttpResponse:
    """Add what was learnt to the technologies of the résumé that the guide is about."""
    item = _item(request, item_id)
    guide = StudyGuide.objects.for_page().get(pk=item.guide_id)
    resumes = Resume.objects.for_user(request.user)
    resume = get_object_or_404(resumes, pk=guide.resume_there)  # type: ignore[attr-defined]
    if not item.can_go_into_resume:
        raise Http404
    form = TechnologiesForm({"titles": item.skill}, resume=resume)
    if form.is_valid():
        form.save()
        said = _(
            "이력서의 기술에 ‘%(skill)s’ 항목을 더했습니다. 목록에만 있으면 일부만 반영됩니다. "
            "쓴 일을 경력에 적으면 온전히 반영됩니다."
        )
        messages.success(request, said % {"skill": item.skill})
    else:
        messages.warning(request, " ".join(map(str, form.errors["titles"])))
    return _changed(request, item)


def _get(request: UserRequest, guide_id: int) -> StudyGuide:
    return get_object_or_404(StudyGuide.objects.for_user(request.user), pk=guide_id)


def _item(request: UserRequest, item_id: int) -> StudyItem:
    return get_object_or_404(StudyItem.objects.for_user(request.user), pk=item_id)


def _changed(request: UserRequest, item: StudyItem) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{reverse('studyguides:detail', args=[item.guide_id])}#item-{item.pk}")
    guide = StudyGuide.objects.for_page().get(pk=item.guide_id)
    return _page(request, guide)


def _page(
    request: UserRequest,
    guide: StudyGuide,
    note: NoteForm | None = None,
    of: StudyItem | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    slots = schedule(guide.items.all(), guide.hours_per_week, timezone.localdate())
    notes = [
        note
        if note and slot.item == of
        else NoteForm(initial={"notes": slot.item.notes}, auto_id=f"note-{slot.item.pk}-%s")
        for slot in slots
    ]
    last_day = max((slot.ends for slot in slots if slot.ends), default=None)
    deadline = deadline_of(guide)
    done = [slot.item for slot in slots if slot.item.status == ItemStatus.DONE]
    context = {
        "guide": guide,
        "slots": [
            (slot, note, [(gap, address_of(gap, guide)) for gap in slot.item.closes])
            for slot, note in zip(slots, notes, strict=True)
        ],
        "done_count": len(done),
        "done_hours": sum(item.estimated_hours for item in done),
        "done_share": round(100 * len(done) / len(slots)) if slots else 0,
        "last_day": last_day,
        "missed": deadline if last_day and deadline and last_day > deadline else None,
        "statuses": ItemStatus,
    }
    template = "studyguides/_guide.html" if request.htmx else "studyguides/detail.html"
    return render(request, template, context, status=status)
