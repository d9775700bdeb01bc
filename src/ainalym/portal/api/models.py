"""Tokens of the API."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

SCOPES = ("read", "check", "add")


class ApiToken(models.Model):
    """A program's key. The secret itself is kept nowhere: `prefix` finds the row, `hash` proves the rest.

    `owner` is None for one made on the command line by whoever runs the installation.
    """

    prefix = models.CharField(max_length=12, unique=True)
    hash = models.CharField(max_length=64)
    name = models.CharField(max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="tokens")
    scopes = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    # To the hour: a request does not wait for a row to be written.
    last_used = models.DateTimeField(null=True)
    expires = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def has_expired(self) -> bool:
        """Whether its day is over."""
        return self.expires is not None and self.expires <= timezone.now()

    @property
    def state(self) -> str:
        """live, expired or revoked."""
        return "revoked" if self.revoked else "expired" if self.has_expired else "live"

    @property
    def is_idle(self) -> bool:
        """Whether its last use is not noted yet."""
        return self.last_used is None or timezone.now() - self.last_used > dt.timedelta(hours=1)
