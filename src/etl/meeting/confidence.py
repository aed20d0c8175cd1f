"""How far a value is trusted, by the rules that found it: shares of right values on the development gold.

Where fresh articles, annotated afterwards, showed a rule to be right less often, theirs is the share.
"""

from __future__ import annotations

_NAME = {
    "name-behind-post": 0.99,
    "name-behind-label": 0.98,
    "name-in-list": 0.98,
    "name-before-office": 0.97,
    "name-opens-clause": 0.96,
    "name-again": 0.96,
    "name-closes": 0.95,
    "name-after-preposition": 0.93,
    "name-behind-suffix": 0.93,
    "short-form": 0.85,
}
_ROLE = {"companion": 0.97, "heard": 0.95, "met": 0.97}
_GROUP = {"led": 0.5, "asked": 0.85, "light-speaker": 0.87, "light-presenter": 0.96, "report-heard": 0.8}
_EVENT = {"meeting": 0.97, "talks": 0.99, "inspection": 0.95, "ceremony": 0.93}


def person_confidence(found: str, rule: str, weak: bool) -> float:
    """Return the share of right (name, role) pairs among those found by a name rule and a role rule."""
    share = _NAME.get(found, 0.9) * _ROLE.get(rule, 0.97 if weak else 0.99)
    return round(share, 2)


def group_confidence(rule: str, role: str) -> float:
    """Return the share of right (group, role) pairs among those found by a role rule."""
    return _GROUP.get(rule, 0.9 if role == "attendee" else 0.94)


def event_confidence(kind: str, *, named: bool, dated: bool, peopled: bool) -> float:
    """Return the share of events that are one, of the type given, by what else was found of them."""
    share = _EVENT[kind]
    for there in (named or kind in ("talks", "inspection"), dated, peopled):
        share *= 1.0 if there else 0.93
    return round(share, 2)
