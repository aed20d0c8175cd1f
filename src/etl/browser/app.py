"""The pages of the record browser as a FastAPI application, to be mounted anywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request, Response
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


def create_app(root: str, *, guards: Sequence[Any] = ()) -> FastAPI:
    """Return the browser over the data at `root`; `guards` are dependencies that every page demands."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=list(guards))
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )

    @app.middleware("http")
    async def secure(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call(request)
        response.headers.update(HEADERS)
        return response

    def page(request: Request, name: str, **values: Any) -> Response:
        base = request.scope.get("root_path", "")
        html = templates.get_template(name).render(base=base, **values)
        return Response(html, media_type="text/html; charset=utf-8")

    @app.get("/")
    def overview(request: Request) -> Response:
        return page(request, "overview.html", days=queries.days(root))

    @app.get("/meetings")
    def meetings(
        request: Request,
        source: Annotated[str, Query(max_length=64)] = "",
        since: date | None = None,
        until: date | None = None,
        kind: Annotated[str, Query(max_length=20)] = "",
        person: Annotated[str, Query(max_length=40)] = "",
        text: Annotated[str, Query(max_length=80)] = "",
        page_no: Annotated[int, Query(alias="page", ge=0, le=100_000)] = 0,
    ) -> Response:
        wanted = queries.Filter(source, since, until, kind, person, text, page_no)
        found = queries.meetings(root, wanted)
        shown, more = found[: queries.PAGE_SIZE], len(found) > queries.PAGE_SIZE
        return page(request, "meetings.html", meetings=shown, more=more, wanted=wanted)

    @app.get("/report/{report_id}")
    def report(request: Request, report_id: str) -> Response:
        found = queries.report(root, report_id)
        if found is None:
            raise HTTPException(404, "there is no such report")
        text = found["article"]["text"]
        pieces = list(highlight.pieces(text, highlight.marks_of(found)))
        return page(request, "report.html", pieces=pieces, **found)

    @app.get("/rejects")
    def rejects(request: Request) -> Response:
        return page(request, "rejects.html", rejects=queries.rejects(root))

    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app
