"""What can be taken away, and how."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def data(request: HttpRequest) -> HttpResponse:
    """Data and API."""
    return render(request, "portal/data.html", {})
