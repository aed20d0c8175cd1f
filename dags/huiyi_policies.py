"""What the DAGs here share: when a task is tried again, and when a run is late."""

from datetime import timedelta

from airflow.sdk import (
    AsyncCallback,
    DeadlineAlert,
    DeadlineReference,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
)
from airflow.sdk.configuration import conf

AWAY = timedelta(seconds=conf.getint("core", "default_task_retry_delay"))
"""How long a host that does not answer is left alone: Airflow's five minutes, or what a person set."""

RETRY = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception=["etl.errors.UsageError", "etl.errors.DataError"],
            action=RetryAction.FAIL,
            reason="the same data would fail again",
        ),
        RetryRule(
            exception="etl.errors.UnavailableError",
            retry_delay=AWAY,
            reason="a host or a service did not answer",
        ),
    ]
)
"""Bad data fails at once; a host that does not answer is asked again later; anything else is tried again."""

SHARED = {"owner": "huiyi", "retries": 3, "retry_delay": timedelta(seconds=30), "retry_policy": RETRY}


def late(hours: float) -> DeadlineAlert:
    """Return the alert for a run that is not done so many hours after it was queued."""
    return DeadlineAlert(
        name=f"done within {hours:g} h",
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(hours=hours),
        callback=AsyncCallback("etl.alerts.late", kwargs={"hours": hours}),
    )
