"""A provider of identities (OpenID Connect) that signs everybody in at once, as whoever
it is told.
"""

import base64
import contextlib
import http.server
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa


@dataclass
class Provider:
    """Where it listens, and who signs in."""

    address: str = ""
    email: str = "lead@example.org"
    nonce: str = ""


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _text(value.to_bytes((value.bit_length() + 7) // 8, "big"))


@contextlib.contextmanager
def providing() -> Iterator[Provider]:
    """Run a provider on this machine."""
    key = rsa.generate_private_key(65537, 2048)
    provider = Provider()

    def token() -> str:
        now = int(time.time())
        claims = {
            "iss": provider.address,
            "aud": "aaa",
            "sub": "1",
            "iat": now,
            "exp": now + 600,
            "nonce": provider.nonce,
        }
        claims |= {"email": provider.email, "email_verified": True}
        parts = [
            _text(json.dumps(part).encode())
            for part in ({"alg": "RS256", "kid": "1", "typ": "JWT"}, claims)
        ]
        signature = key.sign(".".join(parts).encode(), padding.PKCS1v15(), hashes.SHA256())
        return ".".join([*parts, _text(signature)])

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if url.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(url.query).items()}
                provider.nonce = asked.get("nonce", "")
                self.send_response(302)
                self.send_header(
                    "Location",
                    f"{asked['redirect_uri']}?{urlencode({'code': 'x', 'state': asked['state']})}",
                )
                self.end_headers()
            elif url.path == "/jwks":
                public = key.public_key().public_numbers()
                self.answer(
                    {
                        "keys": [
                            {
                                "kty": "RSA",
                                "kid": "1",
                                "alg": "RS256",
                                "use": "sig",
                                "n": _number(public.n),
                                "e": _number(public.e),
                            }
                        ]
                    }
                )
            else:
                ends = {
                    "authorization_endpoint": "/authorize",
                    "token_endpoint": "/token",
                    "jwks_uri": "/jwks",
                }
                facts = {name: provider.address + path for name, path in ends.items()} | {
                    "issuer": provider.address
                }
                self.answer(
                    facts
                    | {
                        "response_types_supported": ["code"],
                        "id_token_signing_alg_values_supported": ["RS256"],
                    }
                )

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.answer(
                {
                    "access_token": "x",
                    "token_type": "Bearer",
                    "expires_in": 600,
                    "id_token": token(),
                }
            )

        def answer(self, content: object) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_: object) -> None:
            pass

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{listening.server_address[1]}"
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield provider
    finally:
        listening.shutdown()
        listening.server_close()
