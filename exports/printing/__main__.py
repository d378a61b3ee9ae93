"""The process that lays a résumé out: `python -m exports.printing < order`.

The order is JSON, {"html": …, "template": …, "resume": …}. It answers on its standard output with a
PDF, or with JSON, {"problem": …}, and says nothing else anywhere: messages would hold words of the
résumé.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from pathlib import Path
from typing import Any

from confined.child import confine
from imports.enclosing import ATTACHMENT, enclose
from imports.extracting import UnreadableError
from imports.extracting.pdf import read_pdf

MEMORY = 1536 * 1024 * 1024
SECONDS = 60
STYLES = Path(__file__).resolve().parent
# In points, the largest first: a résumé takes the largest that costs it no further page.
SIZES = (10.0, 9.5, 9.0, 8.5)
# Nobody likes to read more of a résumé: where it helps, lines and margins give way, too.
WISHED_PAGES = 2
_HANGUL = re.compile(r"[가-힣]")


def printed(order: dict[str, Any]) -> bytes:
    """Return the PDF of an order, or the JSON that says what stands in its way."""
    try:
        # Only here is it known whether the machine has Pango.
        import weasyprint
    except OSError:
        return _problem("no_pango")
    confine(MEMORY, SECONDS)
    # What a page refers to lies within it: nothing is fetched, from nowhere.
    within = weasyprint.urls.URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    page = weasyprint.HTML(string=order["html"], url_fetcher=within)

    def laid_out(size: float, *names: str) -> Any:
        styles = [(STYLES / f"{name}.css").read_text() for name in ("base", *names)]
        styles.append(f"html {{ font-size: {size}pt }}")
        return page.render(stylesheets=[weasyprint.CSS(string=style) for style in styles])

    layouts: list[Any] = []
    for size in SIZES:
        layouts.append(laid_out(size, order["template"]))
        if len(layouts[-1].pages) == 1:
            break
    layout = min(layouts, key=lambda layout: len(layout.pages))
    if len(layout.pages) > WISHED_PAGES:
        closest = laid_out(SIZES[-1], order["template"], "close")
        layout = closest if len(closest.pages) == WISHED_PAGES else layout
    bare: bytes = layout.write_pdf()
    # What no font has is drawn as a box; a pictograph here and there does no harm.
    missing = {chr(code) for font in layout.fonts.values() for code in font.missing}
    if any(map(_HANGUL.match, missing)):
        return _problem("no_font")
    try:
        text = read_pdf(bare)
    except UnreadableError:
        # Longer than what is imported: nobody could read what would be enclosed.
        return bare
    # What a page would have attached itself cannot be written a second time, and is none of ours.
    layout.metadata.attachments = []
    enclosed = enclose(order["resume"], text)
    written: bytes = layout.write_pdf(
        attachments=[weasyprint.Attachment(string=enclosed, name=ATTACHMENT)]
    )
    return written


def _problem(code: str) -> bytes:
    return json.dumps({"problem": code}).encode()


def main() -> None:
    """Answer the order on the standard input."""
    logging.disable()
    try:
        answer = printed(json.load(sys.stdin.buffer))
    except (MemoryError, RecursionError):
        answer = _problem("too_costly")
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
