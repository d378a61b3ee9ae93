from __future__ import annotations

from rest_framework.renderers import JSONRenderer

from gaechwi.events import CONTENT_TYPE


class EventStreamRenderer(JSONRenderer):
    """Lets a client ask for server-sent events; the view sends them itself."""

    media_type = CONTENT_TYPE
    format = "events"
