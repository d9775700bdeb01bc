"""Fetching from the services: one thin client with patience for throttling and no trust in what comes back."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from ...errors import SourceError, TransientError

TRIES = 5
FIRST_WAIT = 2.0
LONGEST_WAIT = 120.0
_AGENT = "ainalym (trade statistics reader)"


class Client:
    """Requests to one service. `wait` sleeps; `pause` is the least time between two calls."""

    def __init__(
        self, base: str, *, headers: Mapping[str, str] | None = None, wait: Callable[[float], None] = time.sleep,
        pause: float = 0.0, timeout: float = 120.0,
    ) -> None:  # fmt: skip
        self._http = httpx.Client(
            base_url=base, headers={"User-Agent": _AGENT, **(headers or {})}, timeout=timeout, follow_redirects=True
        )
        self._wait, self._pause, self._last = wait, pause, 0.0

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def load_json(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        """A JSON answer. Raises TransientError for what may pass, SourceError for what will not."""
        try:
            with self._ask(path, params) as answer:
                answer.read()
                return answer.json()
        except (ValueError, httpx.TransportError) as error:
            raise TransientError("the answer is cut or no JSON", place=path) from error

    def save(self, path: str, target: Path, params: Mapping[str, str] | None = None) -> Path:
        """An answer saved as a file, whole or not at all."""
        part = target.with_name(target.name + ".part")
        try:
            with self._ask(path, params) as answer, part.open("wb") as file:
                for block in answer.iter_bytes():
                    file.write(block)
            if not part.stat().st_size:
                raise TransientError("the answer is empty", place=path)
            os.replace(part, target)
        except httpx.TransportError as error:
            raise TransientError(f"the download was cut: {error}", place=path) from error
        finally:
            part.unlink(missing_ok=True)
        return target

    @contextlib.contextmanager
    def _ask(self, path: str, params: Mapping[str, str] | None) -> Iterator[httpx.Response]:
        answer = self._open(path, params)
        try:
            yield answer
        finally:
            answer.close()

    def _open(self, path: str, params: Mapping[str, str] | None) -> httpx.Response:
        """A good answer, its body not yet read; waits and asks again for what may pass."""
        delay = FIRST_WAIT
        for attempt in range(1, TRIES + 1):
            if (rest := self._last + self._pause - time.monotonic()) > 0:
                self._wait(rest)
            self._last = time.monotonic()
            asked = None
            try:
                answer = self._http.send(self._http.build_request("GET", path, params=params), stream=True)
                if answer.status_code < 400:
                    return answer
                answer.read()
                problem, asked = _judge(answer, path), answer.headers.get("Retry-After")
            except httpx.TransportError as error:
                problem = str(error) or type(error).__name__
            if attempt < TRIES:
                self._wait(min(float(asked) if asked and asked.isdigit() else delay, LONGEST_WAIT))
                delay *= 2
        raise TransientError(f"no answer after {TRIES} tries: {problem}", place=path)


def _judge(answer: httpx.Response, path: str) -> str:
    """What a bad status means: a text for one that may pass; SourceError for one that will not."""
    status = answer.status_code
    if status == 429:
        return "too many requests (429)"
    if status >= 500:
        return f"the service is in trouble ({status})"
    if status in (401, 403):
        raise SourceError(f"the service refuses ({status}): a key is missing, wrong or used up", place=path)
    said = " ".join(answer.text.split())[:200]
    raise SourceError(f"the service says {status}: {said}", place=path)
