"""A login service (OpenID Connect) on loopback: whoever asks picks a name and is believed."""

import socket
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

CLIENT_ID = "groundshift"


class Issuer:
    """The service and what it gave out."""

    def __init__(self, url):
        self.url = url
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.codes = {}

    def app(self):
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.describe),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    async def describe(self, _request):
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        found = {name: f"{self.url}/{place}" for name, place in places.items()}
        found |= {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        found["code_challenge_methods_supported"] = ["S256"]
        return JSONResponse(found)

    async def authorize(self, request):
        """A page with one link per person; the link leads back with a code."""
        asked = request.query_params
        links = []
        for name in ("alice", "bob"):
            code = f"code-of-{name}-{len(self.codes)}"
            self.codes[code] = {"sub": name, "nonce": asked["nonce"]}
            back = urlencode({"code": code, "state": asked["state"]})
            links.append(f'<p><a href="{asked["redirect_uri"]}?{back}">{name}</a></p>')
        return HTMLResponse("".join(links))

    async def token(self, request):
        person = self.codes.pop((await request.form())["code"])
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 600, **person}
        claims["email"] = f"{person['sub']}@login.example"
        id_token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": id_token})

    async def keys(self, _request):
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@contextmanager
def running():
    """The service on a free port."""
    listening = socket.create_server(("127.0.0.1", 0))
    issuer = Issuer(f"http://127.0.0.1:{listening.getsockname()[1]}")
    server = uvicorn.Server(uvicorn.Config(issuer.app(), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield issuer
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
