"""How often a program may ask: a count a minute for each token, and a lower one for each address without one.

Counts stand in Django's cache `rates`: in the memory of one process unless settings say otherwise.
"""

from __future__ import annotations

import ipaddress
import time
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

WINDOW = 60
# What writes or computes weighs as much as this many readings.
POST_COST = 10


class Rate(NamedTuple):
    """Where a caller stands: requests a minute, how many are left, seconds until the count starts anew."""

    limit: int
    left: int
    reset: int
    is_over: bool = False

    def write_headers(self, response: HttpResponse) -> None:
        """As the IETF's draft on rate limit headers has them."""
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(self.left)
        response["RateLimit-Reset"] = str(self.reset)
        response["RateLimit-Policy"] = f"{self.limit};w={WINDOW}"
        if self.is_over:
            response["Retry-After"] = str(self.reset)


def count_request(caller: str, limit: int, cost: int = 1) -> Rate:
    """Count one request of a caller; one over the limit costs nothing."""
    now = time.time()
    window, reset = int(now // WINDOW), WINDOW - int(now % WINDOW)
    key, cache = f"{caller}:{window}", caches["rates"]
    cache.add(key, 0, WINDOW * 2)
    try:
        used = cache.incr(key, cost)
    except ValueError:  # thrown out of a full cache at this very moment
        used = cost
    if used > limit:
        # What was refused is given back, so that a dear request does not use up what cheap ones could have.
        cache.decr(key, cost)
        return Rate(limit, max(0, limit - used + cost), reset, is_over=True)
    return Rate(limit, limit - used, reset)


def name_address(request: HttpRequest) -> str:
    """Who asks, by address; all addresses of one IPv6 network (/64) are one."""
    try:
        address = ipaddress.ip_address(find_address(request))
    except ValueError:
        return "a:unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if isinstance(address, ipaddress.IPv6Address):
        return f"a:{ipaddress.ip_network((address, 64), strict=False)}"
    return f"a:{address}"


def find_address(request: HttpRequest) -> str:
    """The caller's address: what the outermost of our own proxies saw, or whoever is connected where there is none.

    Anybody can send X-Forwarded-For; only the last AINALYM_TRUSTED_PROXIES entries were written by our proxies.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies <= 0 or len(told) < proxies:
        return direct
    try:
        return str(ipaddress.ip_address(told[-proxies]))
    except ValueError:
        return direct
