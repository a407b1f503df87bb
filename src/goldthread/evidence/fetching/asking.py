"""One address asked over HTTP: patiently when the fault may pass, and with one sentence when it will not."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from goldthread.evidence.trouble import Trouble

T = TypeVar("T")

_PASSING = {408, 425, 429, 500, 502, 503, 504}
_LARGEST_PAGE = 64 * 1024 * 1024


class DownloadFailed(Trouble):
    """A file could not be fetched. What had come is kept beside it as .part, and fetching again goes on."""


class Passing(Exception):
    """A fault that may pass: what it was, how long the publisher asks to wait, and whether anything had come."""

    def __init__(self, reason: str, wait: float | None = None, got_on: bool = False) -> None:
        super().__init__(reason)
        self.wait = wait
        self.got_on = got_on


@dataclass(frozen=True)
class Patience:
    """How often is a publisher asked again, and how long between? Seconds; each wait is twice the one before.

    A try that brought something does not count. `sleep` is injected so that tests never do.
    """

    tries: int = 6
    first_wait: float = 1.0
    longest_wait: float = 60.0
    timeout: float = 30.0
    sleep: Callable[[float], None] = time.sleep

    def through(self, what: str, attempt: Callable[[], T]) -> T:
        """Do this until it succeeds, or until it has failed too often to go on: then `DownloadFailed` says why."""
        failed = 0
        while True:
            try:
                return attempt()
            except Passing as fault:
                failed = 0 if fault.got_on else failed + 1
                if failed >= self.tries:
                    raise DownloadFailed(
                        f"{what} could not be fetched: {fault}, {self.tries} times running. "
                        "Try again later; what had come is kept."
                    ) from fault
                wait = fault.wait if fault.wait is not None else self.first_wait * 2 ** max(failed - 1, 0)
                self.sleep(min(wait, self.longest_wait))


PATIENT = Patience()


class _HttpOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but only to another web address."""

    def redirect_request(  # type: ignore[no-untyped-def]
        self, req, fp, code, msg, headers, newurl
    ) -> urllib.request.Request | None:
        if urllib.parse.urlsplit(newurl).scheme not in ("http", "https"):
            raise DownloadFailed(f"{host_of(req.full_url)} sent us on to an address that is not on the web.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def host_of(address: str) -> str:
    """Who is asked, to be named in a message: the host, without the rest of the address."""
    return urllib.parse.urlsplit(address).hostname or address


@contextmanager
def ask(
    address: str, patience: Patience, headers: Mapping[str, str] | None = None
) -> Iterator[http.client.HTTPResponse]:
    """The answer to one request. Raises `Passing` for what may pass and `DownloadFailed` for what will not."""
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise DownloadFailed(f"{address} is not a web address.")
    told = {"User-Agent": "goldthread (community safety analysis)", "Accept-Encoding": "identity", **(headers or {})}
    opener = urllib.request.build_opener(_HttpOnly)
    host = host_of(address)
    try:
        with opener.open(urllib.request.Request(address, headers=told), timeout=patience.timeout) as answer:
            yield answer
    except urllib.error.HTTPError as problem:
        problem.close()
        _refuse(problem, host)
    except TimeoutError as problem:
        raise Passing(f"{host} did not answer within {patience.timeout:g} seconds") from problem
    except urllib.error.URLError as problem:
        if isinstance(problem.reason, TimeoutError):
            raise Passing(f"{host} did not answer within {patience.timeout:g} seconds") from problem
        raise Passing(f"{host} could not be reached") from problem
    except (http.client.HTTPException, ConnectionError) as problem:
        raise Passing(f"{host} broke off") from problem


def _refuse(problem: urllib.error.HTTPError, host: str) -> None:
    if problem.code in _PASSING:
        asked = problem.headers.get("Retry-After", "") if problem.headers else ""
        raise Passing(
            f"{host} was out of order ({problem.code})", float(asked) if asked.isdigit() else None
        ) from problem
    if problem.code in (301, 302, 303, 307, 308):
        raise DownloadFailed(f"{host} sent us round in a circle, so the file cannot be reached.") from problem
    if problem.code == 416:
        raise problem
    words = {401: "wants a password", 403: "refused", 404: "has no such file", 410: "has withdrawn the file"}
    said = words.get(problem.code, "refused")
    raise DownloadFailed(
        f"{host} {said} (HTTP {problem.code}). The publisher may have moved it; see definitions/sources.yaml."
    ) from problem


def read_page(address: str, patience: Patience) -> bytes:
    """The whole of a small answer, asked once. Raises `Passing` when it stops short, `DownloadFailed` over 64 MB."""
    with ask(address, patience) as answer:
        body = answer.read(_LARGEST_PAGE + 1)
        promised = answer.headers.get("Content-Length", "")
    if len(body) > _LARGEST_PAGE:
        raise DownloadFailed(f"{host_of(address)} sent far more than a page, so it was not read.")
    if promised.isdigit() and len(body) < int(promised):
        raise Passing(f"{host_of(address)} broke off")
    return body
