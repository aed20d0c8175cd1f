"""The pages of the record browser as a FastAPI application, to be mounted anywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.browser import highlight, queries

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""Pages of strangers are shown here: nothing inline may run, nothing may be loaded from elsewhere."""

TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)

pages = APIRouter()


def create_app(root: str, *, guards: Sequence[Any] = ()) -> FastAPI:
    """Return the browser over the data at `root`; `guards` are dependencies that every page demands."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.root = root
    app.include_router(pages, dependencies=list(guards))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.middleware("http")(_secure)
    return app


@pages.get("/")
def overview(request: Request) -> Response:
    """Show how many articles, meetings and rejects each source has for each day."""
    return _page(request, "overview.html", days=queries.days(request.app.state.root))


@pages.get("/meetings")
def meetings(
    request: Request,
    source: Annotated[str, Query(max_length=64)] = "",
    since: date | None = None,
    until: date | None = None,
    kind: Annotated[str, Query(max_length=20)] = "",
    person: Annotated[str, Query(max_length=40)] = "",
    text: Annotated[str, Query(max_length=80)] = "",
    page: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    """Show one page of the meetings that the query narrows them to."""
    wanted = queries.Filter(source, since, until, kind, person, text, page)
    found = queries.meetings(request.app.state.root, wanted)
    shown, more = found[: queries.PAGE_SIZE], len(found) > queries.PAGE_SIZE
    return _page(request, "meetings.html", meetings=shown, more=more, wanted=wanted)


@pages.get("/report/{report_id}")
def report(request: Request, report_id: str) -> Response:
    """Show one meeting beside its article, each field tied to the characters that prove it."""
    found = queries.report(request.app.state.root, report_id)
    if found is None:
        raise HTTPException(404, "there is no such report")
    pieces = list(highlight.pieces(found["article"]["text"], highlight.marks_of(found)))
    return _page(request, "report.html", pieces=pieces, **found)


@pages.get("/rejects")
def rejects(request: Request) -> Response:
    """Show the pages that became no rows, and why."""
    return _page(request, "rejects.html", rejects=queries.rejects(request.app.state.root))


def _page(request: Request, name: str, **values: Any) -> Response:
    base = request.scope.get("root_path", "")
    html = TEMPLATES.get_template(name).render(base=base, **values)
    return Response(html, media_type="text/html; charset=utf-8")


async def _secure(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call(request)
    response.headers.update(HEADERS)
    return response
