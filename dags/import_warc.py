"""DAG `import_warc`: pages that lie somewhere already, mostly WARC archives, become the same tables."""

from typing import Any

from airflow import sdk
from airflow.sdk import DAG, Asset, Param
from huiyi_events import tell
from huiyi_policies import SHARED

TEXTS = {"type": "array", "items": {"type": "string"}}


def import_dag() -> DAG:
    """Return the DAG, which runs when it is triggered; one task handles some minutes of input."""
    from etl.schedule import IMPORTS, doc, imported_as

    imports = Asset(name=IMPORTS, uri=IMPORTS)

    @sdk.task
    def plan() -> list[list[dict[str, Any]]]:
        from etl import tasks

        params = sdk.get_current_context()["params"]
        return tasks.plan_import(params["paths"], params["root"])

    @sdk.task(outlets=[imports], map_index_template="{{ task.op_kwargs['group'][0]['place'] }}")
    def import_group(group: list[dict[str, Any]], outlet_events: Any = None) -> dict[str, Any]:
        from etl import tasks

        params = sdk.get_current_context()["params"]
        wanted = {name: params[name] for name in ("hosts", "match", "language")}
        report = tasks.import_group(group, params["source"], again=params["again"], **wanted)
        return tell(outlet_events[imports], report)

    with DAG(
        "import_warc",
        schedule=None,
        catchup=False,
        params={
            "paths": Param(
                [],
                **TEXTS,
                description="WARC files, saved pages, folders, lists of files (.paths[.gz]), s3:// URLs",
            ),
            "root": Param(None, type=["null", "string"], description="from which names in lists count"),
            "hosts": Param([], **TEXTS, description="only pages of these hosts and below them; none: all"),
            "match": Param([], **TEXTS, description="only addresses that match one of these expressions"),
            "language": Param(None, enum=[None, "zh"], description="only pages that may be in it"),
            "source": Param("files", enum=imported_as(), description="whose definition applies to the pages"),
            "again": Param(False, type="boolean", description="import what is finished already, too"),
        },
        default_args=SHARED,
        tags=["huiyi", "import"],
        doc_md=doc("import_warc"),
    ) as dag:
        import_group.expand(group=plan())
    return dag


dag = import_dag()
