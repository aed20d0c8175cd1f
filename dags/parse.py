"""DAGs `parse_<group>`: follow the captures of a group, source-day by source-day."""

from typing import Any

from airflow.sdk import DAG, Asset, PartitionedAssetTimetable, get_current_context, task
from huiyi_events import tell
from huiyi_policies import SHARED, late


def parse_dag(plan: Any, articles: Asset) -> DAG:
    """Return the parse DAG of one group (an `etl.schedule.Plan`), which emits the asset `articles`."""
    captures = Asset(name=plan.asset, uri=plan.asset)

    @task(outlets=[articles])
    def parse_day(outlet_events: Any = None) -> dict[str, Any]:
        from etl import tasks

        source_id, day = plan.source_day(get_current_context()["partition_key"])
        return tell(outlet_events[articles], tasks.parse(source_id, day), day)

    with DAG(
        plan.parse_dag,
        schedule=PartitionedAssetTimetable(assets=captures),
        start_date=plan.start,
        catchup=False,
        default_args=SHARED,
        deadline=late(hours=2),
        tags=["huiyi", "parse", *plan.sources[:10]],
        doc_md=plan.parse_doc,
    ) as dag:
        parse_day()
    return dag


def register() -> dict[str, DAG]:
    """Return DAG id to DAG."""
    from etl.schedule import ARTICLES, plans

    articles = Asset(name=ARTICLES, uri=ARTICLES)
    return {plan.parse_dag: parse_dag(plan, articles) for plan in plans()}


globals().update(register())
