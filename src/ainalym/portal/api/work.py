"""Reading and checking on behalf of a request: only so many at a time, and only so long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from functools import cache
from typing import TypeVar

from django.conf import settings

from .problems import RETRY_SECONDS, Problem

Result = TypeVar("Result")


def in_time(job: Callable[[], Result]) -> Result:
    """What `job` gives, which must not touch the database.

    Past AINALYM_API_SECONDS, or with as many others under way as there are threads, the caller is told to come again.
    A late job runs to its end and keeps its thread that long: texts have a largest size, so that every job ends.
    """
    if not _turns().acquire(timeout=settings.API_SECONDS):
        raise Problem(503, "busy", retry=RETRY_SECONDS)
    future = _threads().submit(job)
    future.add_done_callback(lambda _: _turns().release())
    try:
        return future.result(settings.API_SECONDS)
    except Late:
        raise Problem(503, "slow", retry=RETRY_SECONDS, seconds=settings.API_SECONDS) from None


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.API_JOBS, thread_name_prefix="api")


@cache
def _turns() -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(settings.API_JOBS)
