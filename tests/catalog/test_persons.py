"""Which mentions are told to be one person, and which offices and organs are kept."""

from datetime import date

import pytest

from etl.catalog import offices
from etl.catalog.persons import resolve
from etl.catalog.ranks import OWN, is_one
from etl.catalog.sightings import Mention, Office

NUMBERS = iter(range(1, 10_000))


def mention(name, *titles, day=2, scope="999900", level="市"):
    printed = tuple(Office(text, *parts) for text, parts in ((t, split(t)) for t in titles))
    number = next(NUMBERS)
    return Mention(f"{number:016x}", 0, name, scope, OWN[level], printed, date(2026, 3, day), f"a{number:04}")


def split(text):
    """Return organ and post of the offices of these tests."""
    for post in ("副书记", "书记", "副局长", "局长", "主任", "副市长", "市长", "县长", "秘书长"):
        if text.endswith(post):
            return (text.removesuffix(post) or None, post)
    return (None, text)


def persons(*mentions):
    return [
        ([office.text for office in p.offices], [rule for _, rule in p.mentions]) for p in resolve(mentions)
    ]


def test_offices_printed_together_are_one_persons():
    found = persons(
        mention("田禾", "市委副书记", "市长"), mention("田禾", "市长"), mention("田禾", "市委副书记")
    )
    assert found == [(["市委副书记", "市长"], ["office", "office", "office"])]


def test_offices_that_nothing_joins_are_two_persons():
    found = resolve([mention("王伟", "市民政局局长"), mention("王伟", "市委书记"), mention("王伟")])
    assert [(p.basis, len(p.mentions)) for p in found] == [("office", 1), ("office", 1)]
    assert len({p.person_id for p in found}) == 2


def test_a_later_mention_may_join_what_two_earlier_ones_left_apart():
    found = persons(
        mention("王伟", "市委副书记"),
        mention("王伟", "市长", day=3),
        mention("王伟", "市委副书记", "市长", day=4),
    )
    assert found == [(["市委副书记", "市长"], ["office"] * 3)]


def test_a_name_without_an_office_is_linked_where_it_is_one_persons():
    found = persons(
        mention("田禾", "市民政局局长"), mention("田禾"), mention("田禾", "局长"), mention("方竹")
    )
    assert found == [(["市民政局局长"], ["office", "alone", "post"])]


@pytest.mark.parametrize("other", ["县委书记", "秘书长", "主任"])
def test_another_office_that_does_not_tell_its_organ_is_not_linked(other):
    assert persons(mention("田禾", "市民政局局长"), mention("田禾", other)) == [
        (["市民政局局长"], ["office"])
    ]


def test_the_same_name_elsewhere_is_somebody_else():
    found = resolve([mention("田禾", "市长"), mention("田禾", "市长", scope="999800")])
    assert len({person.person_id for person in found}) == 2


def test_a_name_that_is_one_persons_keeps_its_id_from_month_to_month():
    (march,) = resolve([mention("田禾", "市委副书记", "市长")])
    (april,) = resolve([mention("田禾", "市长")])
    assert march.person_id == april.person_id
    assert march.basis == "name"


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("市委书记", "市", True),
        ("省委书记", "市", True),
        ("副县长", "市", False),
        ("副县长", "县", True),
        ("局党组书记", "市", False),
        ("桐岭县委书记", "市", True),
        ("镇江市委书记", "省", True),
        ("市委书记", "国家", False),
    ],
)
def test_what_is_one_organ_depends_on_who_prints_it(name, level, expected):
    assert is_one(name, OWN[level]) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("市水务局", True),
        ("各县政府", False),
        ("有关部门负责同志", False),
        ("家庭医生", False),
        ("县林业局", False),
    ],
)
def test_groups_of_several_organs_or_of_people_are_no_organ(name, expected):
    assert offices.is_organ(name, OWN["市"]) is expected


def test_memberships_tell_the_days_of_the_mentions_and_the_articles_that_show_them():
    mentions = [mention("田禾", "市民政局局长", day=day) for day in (5, 2, 9)]
    (row,) = offices.membership_rows(resolve(mentions))
    assert (row["first_seen"], row["last_seen"], row["mentions"]) == (date(2026, 3, 2), date(2026, 3, 9), 3)
    assert row["first_article_id"] == mentions[1].article_id
    assert row["organization_id"] == offices.organization_id("999900", "市民政局")
    (post,) = offices.post_rows(mentions, [row])
    assert (post["text"], post["label"], post["holders"]) == ("市民政局局长", "局长", 1)
    assert post["post_id"] == row["post_id"]
