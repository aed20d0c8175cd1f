"""DAGs `capture_<group>`, one per group of sources (mostly one source): a run lands the pages of one day."""

from typing import Any

from airflow import sdk
from airflow.sdk import DAG, Param
from huiyi_events import tell
from huiyi_policies import SHARED, late


def capture_dag(plan: Any) -> DAG:
    """Return the capture DAG of one group (an `etl.schedule.Plan`)."""
    captures = sdk.Asset(name=plan.asset, uri=plan.asset)
    midnight = sdk.CronPartitionTimetable(
        "0 0 * * *", timezone=plan.timezone, run_offset=-1, key_format="%Y-%m-%d"
    )

    @sdk.task(outlets=[captures], pool=plan.pool, max_active_tis_per_dag=plan.tasks)
    def capture_day(source_id: str, outlet_events: Any = None) -> dict[str, Any]:
        from etl import tasks

        context = sdk.get_current_context()
        report = tasks.capture(source_id, context["partition_key"], context["params"]["mode"])
        return tell(outlet_events[captures], report, plan.key(context["partition_key"], source_id))

    with DAG(
        plan.capture_dag,
        schedule=midnight,
        start_date=plan.start,
        end_date=plan.end,
        catchup=False,
        max_active_runs=1 if plan.shared else 16,
        params={"mode": Param(plan.modes[0], enum=plan.modes, description=plan.mode_doc)},
        default_args=SHARED | {"map_index_template": "{{ task.op_kwargs['source_id'] }}"},
        deadline=late(hours=6),
        tags=["huiyi", "capture", *plan.sources[:10]],
        doc_md=plan.capture_doc,
    ) as dag:
        if plan.shared:
            capture_day.expand(source_id=list(plan.sources))
        else:
            capture_day(source_id=plan.group)
    return dag


def register() -> dict[str, DAG]:
    """Return DAG id to DAG; broken source definitions are told by `source_faults.py` instead."""
    from etl.schedule import plans

    return {plan.capture_dag: capture_dag(plan) for plan in plans()}


globals().update(register())
