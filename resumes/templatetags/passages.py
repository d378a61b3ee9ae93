"""Shows the words of a résumé with their marks."""

from __future__ import annotations

from dataclasses import replace

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gaechwi.templatetags.languages import as_written
from resumes.passages import Stretch
from resumes.periods import shown_period

register = template.Library()

TIMES = ("period", "acquired_date")


register.filter(shown_period)


@register.simple_tag(takes_context=True)
def passage(context: Context, section: str, index: int | None, field: str) -> SafeString:
    """Show one passage of the document that the page is about; nothing where it is empty."""
    stretches = context["stretches"].get((section, index, field))
    if not stretches:
        return SafeString()
    if field in TIMES:
        stretches = [replace(one, text=shown_period(one.text)) for one in stretches]
    return format_html_join("", "{}", ((_shown(stretch),) for stretch in stretches))


def _shown(stretch: Stretch) -> SafeString:
    # Not a template: a page shows a hundred passages, and one for each took a third of its time.
    words = as_written(stretch.text)
    if not stretch.marks:
        return words
    anchors = format_html_join(
        "",
        '<a class="anchor" id="quote-{0}" href="#remark-{0}" aria-label="{1}">{0}</a>',
        ((mark.number, _("의견 %(number)s") % {"number": mark.number}) for mark in stretch.opens),
    )
    return format_html('<mark class="d{}">{}{}</mark>', stretch.marks[0].kind, anchors, words)
