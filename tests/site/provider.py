"""An OpenID Connect provider on this machine, as an organisation runs one; a test decides what it says of its user."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "goldthread", "the secret that both were told"


class Provider:
    """Discovery, authorisation with PKCE, tokens signed with RS256, the user and the keys."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.user: dict[str, object] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.address = ""

    def get(self, where: str, asked: dict[str, str], bearer: str) -> tuple[int, object]:
        """What a GET is answered with; text is where to go next."""
        if where == "/.well-known/openid-configuration":
            ends = ("authorization", "token", "userinfo")
            told = {f"{end}_endpoint": f"{self.address}/{end}" for end in ends}
            return 200, {**told, "issuer": self.address, "jwks_uri": f"{self.address}/keys"}
        if where == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}
        if where == "/userinfo" and bearer in self.tokens:
            return 200, self.user
        if where == "/authorization" and asked["client_id"] == CLIENT and "openid" in asked["scope"]:
            code = secrets.token_urlsafe()
            self.codes[code] = asked
            return 302, f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        return 403, {"error": "access_denied"}

    def exchange(self, told: dict[str, str]) -> tuple[int, object]:
        """A code, once, for tokens, to whoever began and knows the secret."""
        asked = self.codes.pop(told.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(told.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        known = (told.get("client_id"), told.get("client_secret")) == (CLIENT, SECRET)
        if not asked or not known or asked["code_challenge"] != proof.decode():
            return 400, {"error": "invalid_grant"}
        token, now = secrets.token_urlsafe(), int(time.time())
        self.tokens.add(token)
        claims = {**self.user, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """One that answers until the end of the block."""
    one = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.answer(*one.get(parts.path, asked, self.headers.get("Authorization", "").removeprefix("Bearer ")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(*one.exchange({name: values[0] for name, values in parse_qs(body).items()}))

        def answer(self, status: int, told: object) -> None:
            body = b"" if isinstance(told, str) else json.dumps(told).encode()
            self.send_response(status)
            if isinstance(told, str):
                self.send_header("Location", told)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
