"""DAGs `parse_<source>`: follow the captures of a source, day by day, and write its articles and meetings."""

from typing import Any

from airflow.sdk import DAG, Asset, PartitionedAssetTimetable, get_current_context, task


def parse_dag(plan: Any) -> DAG:
    """Return the parse DAG of one source (an `etl.schedule.Plan`)."""
    captures = Asset(name=plan.asset, uri=plan.asset)
    articles = Asset(name=plan.articles_asset, uri=plan.articles_asset)

    @task(outlets=[articles], retries=1)
    def parse_day(outlet_events: Any = None) -> dict[str, Any]:
        from etl import tasks

        report = tasks.parse(plan.source_id, get_current_context()["partition_key"])
        outlet_events[articles].extra = report
        return report

    with DAG(
        plan.parse_dag,
        schedule=PartitionedAssetTimetable(assets=captures),
        start_date=plan.start,
        catchup=False,
        default_args={"owner": "huiyi"},
        tags=["huiyi", "parse", plan.source_id],
        doc_md=plan.parse_doc,
    ) as dag:
        parse_day()
    return dag


def register() -> dict[str, DAG]:
    """Return DAG id to DAG."""
    from etl.schedule import plans

    return {plan.parse_dag: parse_dag(plan) for plan in plans()}


globals().update(register())
