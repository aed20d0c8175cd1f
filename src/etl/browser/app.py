"""The record browser as a FastAPI application, to be mounted anywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteError

from etl.browser.index import Index, TooMuchError
from etl.browser.pages import ROUTERS
from etl.browser.view import STATIC, MayRead, view_of
from etl.errors import EtlError
from etl.settings import Settings

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Pages of strangers are shown here: nothing inline may run, nothing may be loaded from elsewhere."""

static, nowhere = APIRouter(), APIRouter()


def create_app(settings: Settings, *, guards: Sequence[Any] = (), may_read: MayRead | None = None) -> FastAPI:
    """Return the browser over the data of `settings`.

    `guards` are dependencies that every address demands, `may_read` tells which sources a reader may see
    (None: everybody sees all).
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings, app.state.may_read = settings, may_read
    app.state.index = Index(settings.data, settings.cache)
    for router in (static, *ROUTERS, nowhere):
        app.include_router(router, dependencies=list(guards))
    app.middleware("http")(_secure)
    for kind in (StarletteError, RequestValidationError, TooMuchError, EtlError):
        app.add_exception_handler(kind, _tell)
    return app


@static.get("/static/{name}")
def asset(name: str) -> Response:
    """Send a style sheet or script of the browser."""
    if name not in STATIC:
        raise HTTPException(404)
    body, kind = STATIC[name]
    headers = {"Cache-Control": "private, max-age=86400"}
    return Response(body, media_type=f"{kind}; charset=utf-8", headers=headers)


@nowhere.get("/{path:path}")
def missing(path: str) -> Response:
    """Answer every other address, so that strangers are turned away there too."""
    raise HTTPException(404)


def _tell(request: Request, error: Exception) -> Response:
    """Answer an error with a page; those who are not let in, and other methods than GET, get one line."""
    status, detail = 422, ""
    if isinstance(error, StarletteError):
        status, detail = error.status_code, str(error.detail)
    elif isinstance(error, TooMuchError):
        status, detail = 503, str(error)
    elif isinstance(error, RequestValidationError):
        detail = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
    elif isinstance(error, EtlError):  # no index, so no page either
        return Response(str(error), 503, media_type="text/plain; charset=utf-8")
    if status in (401, 403, 405):
        return Response(detail, status, media_type="text/plain; charset=utf-8")
    return view_of(request).page("error.html", status=status, code=status, detail=detail)


async def _secure(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call(request)
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
