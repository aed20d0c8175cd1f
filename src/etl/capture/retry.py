"""When a request is made again: for faults that may pass, after a pause that the server may set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import tenacity

from etl.capture.answer import Answer
from etl.capture.failure import FetchError
from etl.settings import Settings

RETRY_STATUS = frozenset([429, 500, 502, 503, 504])
MAX_BACKOFF = 30.0


class StatusError(FetchError):
    """An answer whose status asks to come back later."""

    def __init__(self, answer: Answer, now: datetime) -> None:
        reason = "rate-limited" if answer.status == HTTPStatus.TOO_MANY_REQUESTS else "server-error"
        after = _retry_after(answer.header("retry-after"), now)
        detail = f"the server answers {answer.status}"
        if after is not None:
            detail += f" and asks to come back in {after:.0f} s"
        super().__init__(reason, detail, after)
        self.answer = answer


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header (RFC 9110, 10.2.3) asks for, or None."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max((when - now).total_seconds(), 0.0)


def retrying(settings: Settings, sleep: Callable[[float], None]) -> tenacity.Retrying:
    """Return what calls a function until it succeeds, its FetchError is final, or the tries are used up.

    The pause is what the server asked for, else exponential with jitter. A server that wants us back later
    than `settings.max_retry_after` seconds is not asked again.
    """

    def worth_it(error: BaseException) -> bool:
        """Return whether the next try may end otherwise, and the server lets us try soon enough."""
        if not isinstance(error, FetchError) or not error.transient:
            return False
        return error.retry_after is None or error.retry_after <= settings.max_retry_after

    backoff = tenacity.wait_exponential_jitter(settings.backoff, MAX_BACKOFF, jitter=settings.backoff)

    def pause(state: tenacity.RetryCallState) -> float:
        """Return the seconds before the next try."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, FetchError) and error.retry_after is not None:
            return error.retry_after
        return float(backoff(state))

    return tenacity.Retrying(
        stop=tenacity.stop_after_attempt(settings.max_tries),
        retry=tenacity.retry_if_exception(worth_it),
        wait=pause,
        sleep=sleep,
        reraise=True,
    )
