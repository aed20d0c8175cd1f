"""DAG `replay`: parses again what has landed, day by day, without the network; only backfills run it."""

from typing import Any

from airflow import sdk
from airflow.sdk import DAG, Asset, Param
from huiyi_events import tell
from huiyi_policies import SHARED


def replay_dag() -> DAG:
    """Return the DAG, which has a schedule so that it can be backfilled, and an end before its first run."""
    from etl.schedule import ARTICLES, EARLIEST, doc, midnight, source_ids

    articles = Asset(name=ARTICLES, uri=ARTICLES)
    days = sdk.CronPartitionTimetable(
        "0 0 * * *", timezone="Asia/Shanghai", run_offset=-1, key_format="%Y-%m-%d"
    )

    @sdk.task
    def landed() -> list[str]:
        from etl import tasks

        context = sdk.get_current_context()
        return tasks.landed(context["partition_key"], context["params"]["source"])

    @sdk.task(outlets=[articles], map_index_template="{{ task.op_kwargs['source_id'] }}")
    def parse_day(source_id: str, outlet_events: Any = None) -> dict[str, Any]:
        from etl import tasks

        day = sdk.get_current_context()["partition_key"]
        return tell(outlet_events[articles], tasks.parse(source_id, day), day)

    with DAG(
        "replay",
        schedule=days,
        start_date=midnight(EARLIEST),
        end_date=midnight(EARLIEST),
        catchup=False,
        params={
            "source": Param("all", enum=["all", *source_ids()], description="whose days are parsed again")
        },
        default_args=SHARED,
        tags=["huiyi", "replay"],
        doc_md=doc("replay"),
    ) as dag:
        parse_day.expand(source_id=landed())
    return dag


dag = replay_dag()
