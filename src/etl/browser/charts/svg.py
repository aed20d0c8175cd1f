"""A rendered chart made fit for the page: nothing that acts, links of our own only, names for its marks."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Any

from lxml import etree

SPACE = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
HERE = "https://here.invalid"
"""Stands in a specification for the address below which the browser is mounted."""

ELEMENTS = {"svg", "g", "path", "rect", "line", "circle", "text", "tspan", "a", "title", "desc"}
ATTRIBUTES = {
    "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "d", "r", "cx", "cy", "width", "height", "viewBox",
    "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-miterlimit", "opacity",
    "fill-opacity", "stroke-opacity", "text-anchor", "font-size", "font-weight", "class", "aria-hidden",
}  # fmt: skip
_LONG = re.compile(r"(\.\d)\d+")


def finish(source: str, title: str, description: str, base: str) -> str:
    """Return the SVG `source` with `title` and `description`, reduced to what a picture needs.

    Marks that carry an aria-label get it as their title (the tooltip of browsers). Links that begin with
    `HERE` lead below `base`, others are taken off.
    """
    root = etree.fromstring(source.encode("utf-8", "replace"))
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname not in ELEMENTS:
            if (parent := element.getparent()) is not None:
                parent.remove(element)
            continue
        _clean(element, base)
    mark = blake2b(f"{title}\0{description}".encode("utf-8", "replace"), digest_size=4).hexdigest()
    for tag, text, position in (("title", title, 0), ("desc", description, 1)):
        child = etree.Element(f"{{{SPACE}}}{tag}", id=f"{tag}-{mark}")
        child.text = text
        root.insert(position, child)
    links = root.find(f".//{{{SPACE}}}a") is not None
    root.set("role", "group" if links else "img")
    root.set("aria-labelledby", f"title-{mark}")
    root.set("aria-describedby", f"desc-{mark}")
    etree.cleanup_namespaces(root)
    found: str = etree.tostring(root, encoding="unicode")
    return found


def _clean(element: Any, base: str) -> None:
    label, target = element.get("aria-label"), element.get(LINK)
    for name in list(element.attrib):
        if name not in ATTRIBUTES:
            del element.attrib[name]
    for name in ("d", "transform"):
        if name in element.attrib:
            element.set(name, _LONG.sub(r"\1", element.get(name)))
    parent = element.getparent()
    if label and etree.QName(element).localname in ("path", "rect", "circle"):
        linked = parent is not None and parent.get("href")
        child = etree.Element(f"{{{SPACE}}}title")
        child.text = label
        (parent if linked else element).insert(0, child)
    if target and target.startswith(f"{HERE}/"):
        element.set("href", base + target.removeprefix(HERE))
