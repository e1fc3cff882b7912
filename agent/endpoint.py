"""The operator's language model: where it runs, how it is asked, and what its failures mean.

Builds the connection, once per process. Knows no question and never shows the key.
"""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import SecretStr
from pydantic_ai import exceptions
from pydantic_ai.models import Model
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

from agent import loop
from services import endpoint_client
from services.endpoint_client import AsyncClient

OPENAI = "https://api.openai.com/v1"
ANTHROPIC = "https://api.anthropic.com"
NO_KEY = "none"
"""Servers of one's own often want no key; without any, libraries would look for one elsewhere."""


@dataclass(frozen=True)
class Endpoint:
    """Where a model runs.

    Attributes:
        provider: protocol the server speaks.
        name: of the model.
        url: address of the server; empty: the provider's own.
        key: for that server.
        takes_images: whether cut-outs of the imagery may be sent.
        timeout_s: longest it may take for one answer.
        max_tokens: most it may write at a time.
    """

    provider: Literal["openai", "anthropic"]
    name: str
    url: str = ""
    key: SecretStr = field(default=SecretStr(""), repr=False)
    takes_images: bool = False
    timeout_s: float = 60.0
    max_tokens: int = 1500


@dataclass(frozen=True)
class Connection:
    """A model at an endpoint, and the connections to it."""

    model: Model = field(repr=False)
    client: AsyncClient = field(repr=False)

    def close(self) -> None:
        """Close the connections; for programs that end, and tests."""
        loop.start(self.client.aclose()).result()


def connect(endpoint: Endpoint) -> Connection:
    """The model at an endpoint; nothing is sent yet.

    Raises:
        InputError: the address is none.
    """
    own = OPENAI if endpoint.provider == "openai" else ANTHROPIC
    url = endpoint_client.checked(endpoint.url or own)
    key = endpoint.key.get_secret_value() or NO_KEY
    client = endpoint_client.client(url, timeout_s=endpoint.timeout_s)
    if endpoint.provider == "anthropic":
        return Connection(_anthropic(endpoint.name, url, key, client), client)
    return Connection(_openai(endpoint.name, url, key, client), client)


def _anthropic(name: str, url: str, key: str, client: AsyncClient) -> Model:
    provider = AnthropicProvider(base_url=url, api_key=key, http_client=client)
    provider.client.max_retries = 0
    return AnthropicModel(name, provider=provider)


def _openai(name: str, url: str, key: str, client: AsyncClient) -> Model:
    provider: OpenAIProvider | OpenAICompatibleProvider
    if url == OPENAI:
        provider = OpenAIProvider(base_url=url, api_key=key, http_client=client)
    else:
        provider = OpenAICompatibleProvider(
            "configured", base_url=url, api_key=key, http_client=client
        )
    caller = provider.client
    caller.max_retries = 0
    caller.organization = caller.project = None  # Not from the environment.
    return OpenAIChatModel(name, provider=provider)


FAILURES: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((exceptions.ModelTimeoutError, exceptions.ModelRequestTimeout, TimeoutError),
     "The language model did not answer in time."),
    ((exceptions.ModelAuthenticationError,),
     "The server of the language model does not accept the key."),
    ((exceptions.ModelNotFoundError,), "The server does not know the language model."),
    ((exceptions.ModelRateLimitError, exceptions.ModelQuotaExceededError,
      exceptions.ModelUnavailableError), "The server of the language model is too busy."),
    ((exceptions.ModelHTTPError,), "The server of the language model reports an error."),
    ((exceptions.ModelConnectionError,), "The server of the language model cannot be reached."),
    ((exceptions.UsageLimitExceeded,), "The language model took too many steps."),
    ((exceptions.UnexpectedModelBehavior,),
     "The language model gave no answer that agrees with the facts."),
)  # fmt: skip
UNUSABLE = "The server of the language model sends answers that cannot be used."


def failure(error: BaseException) -> str:
    """What went wrong, in one sentence that holds nothing the server sent."""
    return next((words for kinds, words in FAILURES if isinstance(error, kinds)), UNUSABLE)


def is_of_server(error: BaseException) -> bool:
    """Whether the server failed, rather than the model."""
    of_model = (exceptions.UsageLimitExceeded, exceptions.UnexpectedModelBehavior)
    return not isinstance(error, of_model)
