"""DAG `merge`: follows every source-day that was parsed, and tells its month's meetings and persons apart."""

from typing import Any

from airflow import sdk
from airflow.sdk import DAG, Asset
from huiyi_events import tell
from huiyi_policies import SHARED


def merge_dag() -> DAG:
    """Return the DAG that merges months."""
    from etl.schedule import ARTICLES, CATALOG, doc

    articles, catalog = (Asset(name=name, uri=name) for name in (ARTICLES, CATALOG))
    # WaitForAll would let a late day wait until all days of its month came again.
    months = sdk.RollupMapper(
        upstream_mapper=sdk.StartOfMonthMapper(input_format="%Y-%m-%d"),
        window=sdk.MonthWindow(),
        wait_policy=sdk.MinimumCount(1),
    )

    @sdk.task(outlets=[catalog])
    def merge_month(outlet_events: Any = None) -> dict[str, Any]:
        from etl import tasks

        month = sdk.get_current_context()["partition_key"]
        return tell(outlet_events[catalog], tasks.merge(month), month)

    with DAG(
        "merge",
        schedule=sdk.PartitionedAssetTimetable(assets=articles, default_partition_mapper=months),
        catchup=False,
        max_active_runs=1,  # two runs of one month would do the same work
        default_args=SHARED,
        tags=["huiyi", "merge"],
        doc_md=doc("merge"),
    ) as dag:
        merge_month()
    return dag


dag = merge_dag()
