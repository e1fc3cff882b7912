"""The login service (OpenID Connect) as environment variables, for an app without a secrets file.

Knows what Streamlit's login wants to be told, nothing of how it logs anybody in.
"""

from functools import cache
from typing import Any

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from web.sections import base_path
from workspace import signing_key


class LoginSettings(BaseSettings):
    """What the operator and the login service agreed on.

    Attributes:
        client_id: name of this app at the login service.
        client_secret: its password there.
        metadata_url: where the service describes itself; ends in `openid-configuration`.
        site: address of this app in the browser, as `https://changes.example.org`.
    """

    model_config = SettingsConfigDict(env_prefix="GROUNDSHIFT_OIDC_", frozen=True)

    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    metadata_url: str = ""
    site: str = ""


@cache
def load() -> LoginSettings:
    """The login of this process."""
    return LoginSettings()


def secrets() -> dict[str, Any]:
    """Streamlit's `auth` section, or nothing where the operator keeps a secrets file instead.

    Raises:
        InputError: the installation's own secret cannot be made.
    """
    login = load()
    if not login.client_id:
        return {}
    section = {
        "redirect_uri": f"{login.site.rstrip('/')}{base_path()}/oauth2callback",
        "cookie_secret": signing_key.derive("cookies").hex(),
        "client_id": login.client_id,
        "client_secret": login.client_secret.get_secret_value(),
        "server_metadata_url": login.metadata_url,
    }
    return {"auth": section}
