"""The editors' pages: who gets in, and what their pages may do that the public ones may not."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

PLACE = "/cms/"
Answer = Callable[[HttpRequest], HttpResponse]

# Wagtail starts its calendars and choosers by one call each, written into the page: with an id and plain values.
_CALL = re.compile(r'<script>((?:init\w+Chooser|new \w+Chooser)\("[\w.-]+", (\{[^<]*\})\);)</script>')


def guard_cms(get_response: Answer) -> Answer:
    """Under /cms/: whoever is signed in and no editor is refused, and the page gets a wider policy."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PLACE):
            return get_response(request)
        user = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        response = get_response(request)
        response._csp_update = {**settings.CMS_SECURITY_POLICY, "script-src": list(_allow_calls(response))}
        # Previews are shown within the editor. They come as the public would get them, with its policy.
        response.headers.pop("Content-Security-Policy", None)
        response._csp_replace = {"frame-ancestors": ["'self'"]}
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return answer


def _allow_calls(response: HttpResponse) -> Iterator[str]:
    """The hashes of Wagtail's own calls, so that no other script in a page may run."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    for call, values in set(_CALL.findall(response.content.decode(response.charset, "replace"))):
        try:
            json.loads(values)
        except ValueError:
            continue
        yield f"'sha256-{base64.b64encode(hashlib.sha256(call.encode()).digest()).decode()}'"
