"""What compose.yaml and the Dockerfile start, read out of them."""

from __future__ import annotations

import json
import re

import yaml

from gaechwi.embedded import BASE_DIR

COMPOSE = yaml.safe_load((BASE_DIR / "compose.yaml").read_text("utf-8"))
# Where the web process listens in its container.
ADDRESS = "0.0.0.0:8000"


def filled_in(text: str, variables: dict[str, str]) -> str:
    """Return a value of compose.yaml with its variables put in, as Compose does it."""

    def value(found: re.Match[str]) -> str:
        name, sign, other = found.groups()
        if variables.get(name):
            return variables[name]
        if sign == ":?":
            raise KeyError(f"{name}: {other}")
        return other or ""

    return re.sub(r"\$\{([A-Z_]+)(:[?-])?([^}]*)\}", value, text).replace("$$", "$")


def environment_of(service: str, variables: dict[str, str]) -> dict[str, str]:
    """Return what Compose gives a service: what is set, and what is passed on where it is given."""
    declared: dict[str, str | None] = COMPOSE["services"][service]["environment"]
    return {
        name: filled_in(value, variables) if value is not None else variables[name]
        for name, value in declared.items()
        if value is not None or name in variables
    }


def command_of(service: str, port: int = 0) -> list[str]:
    """Return what a service starts, its command or that of the image; the web one at a port."""
    command = COMPOSE["services"][service].get("command")
    if command is None:
        source = (BASE_DIR / "Dockerfile").read_text("utf-8").replace("\\\n", "")
        [written] = re.findall(r"^CMD (\[.*\])$", source, re.MULTILINE)
        command = json.loads(written)
    return [str(word).replace(ADDRESS, f"127.0.0.1:{port}") for word in command]
