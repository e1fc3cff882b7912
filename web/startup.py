"""What must be right before the first visitor comes; an app that is set up half is not served.

Knows settings and the process's environment, no request.
"""

import os
from ipaddress import ip_network

import settings
from errors import InputError
from web import login_settings
from web.login_cookie import has_secrets_file

REWRITES = "FORWARDED_ALLOW_IPS"
"""uvicorn's list of proxies whose word it takes for where a connection comes from."""
REWRITES_DEFAULT = "127.0.0.1,::1"


def check() -> None:
    """Nothing, if the app can be served as its settings say.

    Raises:
        InputError: they contradict each other, or something is missing.
    """
    rules = settings.load()
    if rules.identity == "login" and not (login_settings.secrets() or has_secrets_file()):
        msg = "GROUNDSHIFT_IDENTITY is 'login', but no login service is set up."
        hint = "Set GROUNDSHIFT_OIDC_CLIENT_ID and its companions; see docs/operating.md."
        raise InputError(msg, hint=hint)
    if rules.identity == "header":
        _check_proxies(rules.trusted_proxies)


def _check_proxies(proxies: tuple[str, ...]) -> None:
    """A server that replaces the peer's address by a header cannot tell a proxy from a visitor."""
    trusted = {_network(address) for address in proxies}
    rewriting = os.environ.get(REWRITES, REWRITES_DEFAULT).split(",")
    if "*" in rewriting or any(_network(text) in trusted for text in rewriting if text != "none"):
        msg = f"With GROUNDSHIFT_IDENTITY 'header' the server must not read {rewriting!r}'s word"
        hint = f"Start it with the environment variable {REWRITES}=none; see docs/operating.md."
        raise InputError(f"{msg} for where a visitor comes from.", hint=hint)


def _network(text: str) -> str:
    try:
        return str(ip_network(text.strip(), strict=False))
    except ValueError as error:
        msg = f"{text!r} among the proxies is neither an address nor a network."
        raise InputError(msg, hint="Write for example 10.0.0.5 or 10.0.0.0/24.") from error
