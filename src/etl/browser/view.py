"""What every page needs of its request: language, the index, the sources that the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl import sources
from etl.browser.index import Index
from etl.browser.language import LANGUAGES, Words, preferred
from etl.browser.queries import overview
from etl.settings import Settings
from etl.sources import Source

HERE = Path(__file__).parent
COOKIE = "huiyi_language"
STATIC = {
    path.name: (path.read_bytes(), kind)
    for path in sorted((HERE / "static").iterdir())
    for kind in [{".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}[path.suffix]]
}
STATIC_VERSION = blake2b(b"".join(body for body, _ in STATIC.values()), digest_size=4).hexdigest()

TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

MayRead = Callable[[Request, list[str]], frozenset[str]]
"""Tells which of some sources the person who asks may read."""


@dataclass(frozen=True, slots=True)
class View:
    """One request; `allowed` are the sources its reader may see (None: all that there are)."""

    request: Request
    words: Words
    index: Index
    settings: Settings
    present: list[str]
    allowed: frozenset[str] | None
    definitions: Mapping[str, Source]

    @property
    def base(self) -> str:
        """Return the path below which the browser is mounted."""
        found: str = self.request.scope.get("root_path", "")
        return found.rstrip("/")

    def url(self, path: str, **query: object) -> str:
        """Return the address of a page of the browser; empty parameters are left out."""
        wanted = {name: value for name, value in query.items() if value not in (None, "")}
        return self.base + path + ("?" + urlencode(wanted) if wanted else "")

    def name(self, source_id: str) -> str:
        """Return the name of a source, its id where no definition tells one."""
        found = self.definitions.get(source_id)
        return found.name if found else source_id

    def members(self, group: str) -> tuple[str, ...]:
        """Return the sources of a group, empty where it is none; a source alone is a group of its own."""
        return tuple(source.id for source in self.definitions.values() if source.group == group)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Return the rendered page."""
        snapshot = self.index.current()
        html = TEMPLATES.get_template(template).render(
            view=self,
            t=self.words,
            url=self.url,
            snapshot=snapshot,
            languages=LANGUAGES,
            here=self.request.url.path.removeprefix(self.base) or "/",
            query=dict(self.request.query_params),
            static_version=STATIC_VERSION,
            **values,
        )
        response = Response(html.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")
        if self.request.query_params.get("lang") in LANGUAGES:
            path = f"{self.base}/"
            response.set_cookie(COOKIE, self.words.language, path=path, samesite="lax", httponly=True)
        return response


def view_of(request: Request, lang: Annotated[str, Query(max_length=8)] = "") -> View:
    """Return the view of a request, as the app's state and the reader's rights make it."""
    state = request.app.state
    language = preferred(lang or request.cookies.get(COOKIE, ""), request.headers.get("accept-language", ""))
    present = overview.sources(state.index)
    allowed = state.may_read(request, present) if state.may_read else None
    if allowed is not None:
        present = [source for source in present if source in allowed]
    definitions = sources.load_all(state.settings).sources
    return View(request, Words(language), state.index, state.settings, present, allowed, definitions)


TheView = Annotated[View, Depends(view_of)]
