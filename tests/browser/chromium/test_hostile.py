"""An article whose every field is an attack, and one of a megabyte: nothing executes, nothing breaks."""

from dataclasses import replace
from datetime import date
from urllib.parse import quote_plus

import pytest

from etl.records import CharsetVote, Reject, Span, Step

from ..conftest import TEXT, article, report, write  # noqa: TID252
from .conftest import browse

DAY = date(2026, 3, 2)
ATTACKS = [
    "<script>window.pwned=1;alert(1)</script>",
    "\"'><img src=x onerror=window.pwned=1 onload=alert(2)>",
    "</title></textarea></style></script><svg onload=window.pwned=1>",
    "{{ 7 * 7 }}{% raw %}{{ request.app }}${7*7}#{7*7}<%= 7*7 %>",
    "javascript:window.pwned=1",
    "\u202e\u2066反转\u2069\u200f\u200b\ufeff\x01\x7f",
    "../../../etc/passwd/%2e%2e/?a=1&b=<2>#';DROP TABLE meetings;--",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "https://evil.example/\" onmouseover=\"window.pwned=1",
    "]]>--><!--\\u003cscript\\u003e`${alert(1)}`",
]  # fmt: skip


def attacked(number, attack):
    """An article and its report, each text of both the attack itself."""
    text = f"{attack}{TEXT}\n{attack * 3}"
    page = replace(
        article(number, text, attack), url=attack, kicker=attack, subtitle=attack, media_source=attack,
        reporters=(attack,), editors=(attack,), photographers=(attack,), layout=attack, page_no=attack,
        charset_used=attack, charset_declared=attack, charset_votes=(CharsetVote(attack, attack, 1.0),),
        text_original=text.replace("，", attack, 1), flags=(attack,),
        repair_steps=(Step(attack, 1, text.index("，"), text.index("，") + len(attack), attack, "，", 0.5,
                           (attack, attack)),),
    )  # fmt: skip
    own = report(number, text, attack, chair=attack)
    person = replace(own.participants[0], role_raw="主持", rules=(attack,))
    return page, replace(own, participants=(person,), kind=attack, organizer=attack, rules=(attack,))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    root = str(tmp_path_factory.mktemp("hostile"))
    pairs = [attacked(number, attack) for number, attack in enumerate(ATTACKS, 1)]
    long = ("会" * 79 + "议\n") * 13_000 + TEXT + "长" * 20_000
    pairs.append((article(99, long, "长" * 3000), report(99, long, "全市春耕工作会议")))
    spans = tuple(
        replace(
            pairs[-1][1].directives[0], seq=seq, span=Span(place, place + 40), text=long[place : place + 40]
        )
        for seq, place in enumerate(range(0, 200_000, 97))
    )
    pairs[-1] = (pairs[-1][0], replace(pairs[-1][1], directives=spans))
    rejects = [Reject("page", attack[:40], attack, "paper", DAY, attack, attack) for attack in ATTACKS]
    write(root, "paper", DAY, [page for page, _ in pairs], [own for _, own in pairs], rejects)
    with browse(root, tmp_path_factory.mktemp("cache")) as address:
        yield address


def reports(count):
    return [f"/report/{number:016x}" for number in range(1, count + 1)]


def rejects(page, hostile):
    page.goto(f"{hostile}/rejects")
    return page.locator("td a[href*='/reject/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")


def test_nothing_executes_and_nothing_breaks(hostile, open_page, shot):
    page = open_page(viewport={"width": 1280, "height": 860})
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    people = [f"/person?name={quote_plus(attack)}" for attack in ATTACKS]
    found = ["/", "/meetings", "/rejects", *reports(len(ATTACKS)), *people, *rejects(page, hostile)]
    assert len(found) == 3 + 3 * len(ATTACKS)
    for address in found:
        answer = page.goto(hostile + address)
        assert answer.status == 200, address
        page.locator("main h1").wait_for()
        for element in page.locator("[data-keys]").all()[:3]:
            element.hover()
        state = page.evaluate("[typeof window.pwned, document.scripts.length, document.images.length]")
        assert state == ["undefined", 1, 0], address
        wide = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{address}: {wide} px too wide"
    assert dialogs == []
    page.goto(hostile + reports(2)[1])
    shot(page, "hostile-report")


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_an_attack_is_shown_as_the_text_it_is(hostile, open_page, number):
    page = open_page()
    page.goto(hostile + reports(number + 1)[number])
    shown = page.locator(".text").evaluate("element => element.textContent")
    assert shown.startswith(ATTACKS[number] + "3月2日")
    assert page.locator("h1").evaluate("element => element.textContent") == ATTACKS[number]
    leads = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert not [address for address in leads if address.lower().startswith(("javascript:", "data:"))]


def test_a_megabyte_of_text_is_a_page_like_any_other(hostile, open_page):
    page = open_page()
    page.goto(f"{hostile}/report/{99:016x}")
    assert page.locator(".text").evaluate("element => element.textContent.length") > 1_000_000
    page.locator("#field-directive-2").hover()
    assert page.locator(".text .lit").count() == 1
    assert page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth") <= 0
