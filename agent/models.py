"""Which language model answers: the one an operator configured, or none.

Reads the settings and keeps one model for the process. Knows no question.
"""

from functools import cache

import settings
from agent import endpoint_report
from agent.endpoint import Endpoint
from agent.endpoint_report import EndpointReport
from agent.model_choice import ModelChoice, choice

__all__ = ["EndpointReport", "ModelChoice", "choice", "configured", "test_endpoint"]


@cache
def configured() -> ModelChoice | None:
    """The model of the settings; None where no operator configured one.

    Raises:
        InputError: the settings of the model cannot be used.
    """
    limits = settings.load()
    if not limits.model_provider:
        return None
    return choice(
        Endpoint(
            limits.model_provider, limits.model_name, limits.model_url, limits.model_key,
            limits.model_images, limits.model_timeout_s, limits.model_max_tokens,
        )
    )  # fmt: skip


def test_endpoint() -> EndpointReport | None:
    """Whether the configured model can be used and what is sent to it; None without one.

    Raises:
        InputError: the settings of the model cannot be used.
    """
    model = configured()
    return endpoint_report.examine(model) if model else None
