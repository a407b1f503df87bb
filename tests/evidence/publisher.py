"""A publisher on this machine, loopback only, that misbehaves on request."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Publisher:
    """What is served, how it misbehaves, and what was asked of it.

    `faults` are used up one a request: "500", "503 in 7", "drop N" (break off after N bytes), "hang", "short" (promise
    more than is sent), "chunks" (say no length and break off), "html", "202", "404", "garbage".
    """

    def __init__(self, body=b"", faults=(), ranges=True, tag='"v1"', answer=None):
        self.body, self.faults, self.ranges, self.tag, self.answer = body, list(faults), ranges, tag, answer
        self.asked, self.released = [], threading.Event()

    @contextmanager
    def open(self):
        """Serve until the end of the block; gives the address."""
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                publisher.serve(self)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            self.released.set()
            server.shutdown()
            server.server_close()
            thread.join()

    def serve(self, handler):
        self.asked.append((handler.path, handler.headers.get("Range", "")))
        handler.close_connection = True
        if handler.path.startswith("/round"):
            return self.send(handler, 302, b"", Location="/round")
        if handler.path.startswith("/away"):
            return self.send(handler, 302, b"", Location="ftp://127.0.0.1/file")
        if handler.path.startswith("/moved"):
            return self.send(handler, 302, b"", Location="/file")
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "hang":
            return self.released.wait(20)
        if fault[:3].isdigit():
            wait = {"Retry-After": fault.split(" in ")[1]} if " in " in fault else {}
            return self.send(handler, int(fault[:3]), b"sorry", **wait)
        if fault == "chunks":
            return self.chunks(handler)
        if fault == "html":
            return self.send(handler, 200, b"<!doctype html><title>Sign in</title>", **{"Content-Type": "text/html"})
        if fault == "garbage":
            return self.send(handler, 200, b"<html>not what was asked for</html>")
        if self.answer is not None:
            query = {k: v[0] for k, v in parse_qs(urlsplit(handler.path).query).items()}
            return self.send(handler, 200, self.answer(query), cut=fault)
        return self.file(handler, fault)

    def file(self, handler, fault):
        asked = handler.headers.get("Range", "")
        same = handler.headers.get("If-Range", self.tag) == self.tag
        start = int(asked[6:].split("-")[0]) if asked and self.ranges and same else 0
        if asked and self.ranges and same and start >= len(self.body):
            return self.send(handler, 416, b"", **{"Content-Range": f"bytes */{len(self.body)}"})
        told = {"ETag": self.tag} if self.tag else {}
        if start:
            told["Content-Range"] = f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"
        return self.send(handler, 206 if start else 200, self.body[start:], cut=fault, **told)

    def chunks(self, handler):
        """Say no length, send one chunk of two, and break off."""
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.send_header("ETag", self.tag)
        handler.end_headers()
        half = self.body[: len(self.body) // 2]
        handler.wfile.write(f"{len(half):x}\r\n".encode() + half + b"\r\n")

    def send(self, handler, status, body, cut="", **headers):
        handler.send_response(status)
        headers.setdefault("Content-Type", "application/octet-stream")
        promised = len(body) + (100 if cut == "short" else 0)
        for name, value in {**headers, "Content-Length": str(promised), "Connection": "close"}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[: int(cut.split()[1])] if cut.startswith("drop") else body)


class Layer:
    """An ArcGIS layer of so many rows, which says how many there are and answers in pages."""

    def __init__(self, rows, shapes=False, points=False, says=None):
        self.rows, self.shapes, self.points, self.says = rows, shapes, points, says

    def __call__(self, query):
        if query.get("returnCountOnly") == "true":
            return json.dumps({"count": self.says or len(self.rows)}).encode()
        start, size = int(query["resultOffset"]), min(int(query["resultRecordCount"]), 3)
        page = self.rows[start : start + size]
        if self.shapes:
            square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
            told = [{"type": "Feature", "properties": r, "geometry": square} for r in page]
        elif self.points:
            told = [{"attributes": r, "geometry": {"x": 1.5, "y": 2.5}} for r in page]
        else:
            told = [{"attributes": r} for r in page]
        return json.dumps({"features": told}).encode()
