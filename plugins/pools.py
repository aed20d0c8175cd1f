"""Makes the pools that the DAGs name: a task whose pool does not exist would stay queued for ever."""

from typing import Any, ClassVar

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

SHARE = 0.75
"""Part of the executor's slots that captures may hold, so that what follows them always gets on."""


class Pools:
    """Hears of Airflow's components as they start."""

    @hookimpl
    def on_starting(self, component: Any) -> None:
        """Make the pool before the scheduler looks for it; leave one that is there as people have set it."""
        if type(component).__name__ != "Job":  # tasks start as well, without access to the database
            return
        from airflow.configuration import conf
        from airflow.models.pool import Pool
        from airflow.utils.session import create_session
        from sqlalchemy.exc import IntegrityError

        from etl.schedule import POOL

        slots = max(1, int(conf.getint("core", "parallelism") * SHARE))
        text = "Tasks that use the network at a time, over all sources (huiyi-etl)"
        try:
            with create_session() as session:
                if Pool.get_pool(POOL, session=session) is None:
                    session.add(Pool(pool=POOL, slots=slots, description=text, include_deferred=False))
        except IntegrityError:
            pass  # another component made it in the same moment


class PoolsPlugin(AirflowPlugin):
    """Registers the listener."""

    name = "huiyi_pools"
    listeners: ClassVar[list[Any]] = [Pools()]
