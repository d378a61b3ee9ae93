"""What the OpenAPI schema says beyond what drf-spectacular reads out of the views."""

from __future__ import annotations

from typing import Any

from gaechwi.api.problems import CONTENT_TYPE

_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457; `errors` names the fields at fault.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {"field": _TEXT, "code": _TEXT, "detail": _TEXT},
            },
        },
    },
}


def complete(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Add to a schema how every operation answers an error, and that unknown fields are refused."""
    components = result["components"]["schemas"]
    components["Problem"] = _PROBLEM
    for name, component in components.items():
        if name.endswith("Request"):
            component["additionalProperties"] = False
    problem = {
        "description": "Something went wrong.",
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = problem
    return result
