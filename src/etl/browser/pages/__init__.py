"""The pages: each module answers the addresses of one of them."""

from etl.browser.pages import dag, download, meetings, overview, person, rejects, report

ROUTERS = [module.router for module in (overview, meetings, download, report, person, rejects, dag)]

__all__ = ["ROUTERS"]
