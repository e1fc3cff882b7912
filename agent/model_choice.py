"""A language model that may be asked, with its limits and whether it should be asked now.

Knows neither settings nor questions.
"""

from dataclasses import dataclass, field

from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from agent.breaker import Breaker
from agent.endpoint import Connection, Endpoint, connect
from errors import InputError


@dataclass(frozen=True)
class ModelChoice:
    """A language model that may be asked.

    Attributes:
        name: as shown beside its answers.
        endpoint: where it runs.
        connection: to it.
        breaker: whether it should be asked at the moment.
    """

    name: str
    endpoint: Endpoint
    connection: Connection = field(repr=False)
    breaker: Breaker = field(default_factory=Breaker, repr=False)

    @property
    def model(self) -> Model:
        """The model itself."""
        return self.connection.model

    @property
    def settings(self) -> ModelSettings:
        """Limits of one request."""
        endpoint = self.endpoint
        return ModelSettings(max_tokens=endpoint.max_tokens, timeout=endpoint.timeout_s)


def choice(endpoint: Endpoint) -> ModelChoice:
    """The model at an endpoint.

    Raises:
        InputError: it has no name, or its address is none.
    """
    if not endpoint.name:
        msg = "A language model is configured without its name."
        hint = "Set GROUNDSHIFT_MODEL_NAME, or unset GROUNDSHIFT_MODEL_PROVIDER."
        raise InputError(msg, hint=hint)
    return ModelChoice(endpoint.name, endpoint, connect(endpoint))
