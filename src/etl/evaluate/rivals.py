"""What others make of the same damaged text: ftfy with settings that spare Chinese, and OpenCC alone."""

from __future__ import annotations

from collections.abc import Callable


def ftfy_safe() -> Callable[[str], str] | None:
    """Return ftfy's fixer with Chinese-safe settings, or None where ftfy is not installed.

    Its defaults narrow full-width forms and straighten curly quotes, which rewrites sound Chinese; both are
    off.
    """
    try:
        from ftfy import TextFixerConfig, fix_text
    except ImportError:
        return None
    config = TextFixerConfig(fix_character_width=False, uncurl_quotes=False)
    return lambda text: fix_text(text, config)


def opencc_alone() -> Callable[[str], str]:
    """Return OpenCC's Traditional to Simplified."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    return lambda text: str(converter.convert(text))


def rivals() -> dict[str, Callable[[str], str]]:
    """Return the rivals at hand by name."""
    ftfy = ftfy_safe()
    found = {} if ftfy is None else {"ftfy": ftfy}
    return {**found, "OpenCC": opencc_alone()}
