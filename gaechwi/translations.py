"""Turns the message catalogues into what gettext reads; needs no gettext tools on the machine."""

from __future__ import annotations

from pathlib import Path

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogs(locale_dir: Path = LOCALE_DIR) -> list[Path]:
    """Compile the catalogues that are newer than their compiled form; return these."""
    compiled = []
    for source in sorted(locale_dir.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name, domain="django")
        # Another process may read or write the same file right now.
        unfinished = target.with_name(f"{target.name}.new")
        with unfinished.open("wb") as file:
            write_mo(file, catalog)
        unfinished.replace(target)
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    compile_catalogs()
