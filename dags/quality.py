"""DAG `quality`: follows every parsed source-day, and fails where it drifts from the month before it."""

from typing import Any

from airflow import sdk
from airflow.sdk import DAG, Asset, Param
from huiyi_policies import SHARED


def quality_dag() -> DAG:
    """Return the DAG, whose runs are of days."""
    from etl.schedule import ARTICLES, doc, source_ids

    articles = Asset(name=ARTICLES, uri=ARTICLES)

    @sdk.task
    def compare(triggering_asset_events: Any = None) -> list[dict[str, Any]]:
        from etl import tasks

        context = sdk.get_current_context()
        told = {
            event.extra.get("source_id") for events in triggering_asset_events.values() for event in events
        }
        wanted = sorted(told - {None}) or [context["params"]["source"]]
        return tasks.quality(context["partition_key"], wanted)

    with DAG(
        "quality",
        schedule=sdk.PartitionedAssetTimetable(assets=articles),
        catchup=False,
        params={"source": Param("all", enum=["all", *source_ids()], description="of runs triggered by hand")},
        default_args=SHARED,
        tags=["huiyi", "quality"],
        doc_md=doc("quality"),
    ) as dag:
        compare()
    return dag


dag = quality_dag()
