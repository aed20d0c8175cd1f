"""What the tasks of the DAGs here tell of their work: to those that follow an asset, and to lineage."""

from typing import Any

from airflow.sdk import get_current_context


def tell(event: Any, report: dict[str, Any], partition: str | None = None) -> dict[str, Any]:
    """Give an asset's event its partition, if it has any, and the report of the stage; return the report.

    The tables that the stage read and wrote go into Airflow's lineage, where something listens to it.
    """
    from airflow.sdk.lineage import get_hook_lineage_collector

    from etl import tasks

    if partition is not None:
        event.add_partitions(partition)
    event.extra = report
    collector, task = get_hook_lineage_collector(), get_current_context()["task"]
    for addresses, add in zip(
        tasks.lineage(report), (collector.add_input_asset, collector.add_output_asset), strict=True
    ):
        for address in addresses:
            add(task, uri=address)
    return report
