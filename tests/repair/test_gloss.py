"""G1–G2: a bracket goes only where it is the reading of what stands before it."""

import pytest

from etl.repair import repair


@pytest.mark.parametrize(
    ("glossed", "plain"),
    [
        ("穩(wěn)就業(yè)", "穩就業"),
        ("推進(jìn)會(huì)議", "推進會議"),
        ("網(wǎng)絡(luò )主播", "網絡主播"),
        ("會 (huì)議", "會議"),
        ("會（huì）議", "會議"),
        ("会(hui)(hui)议(yi)", "会议"),
        ("的(de)(de)(de)", "的"),
        ("效率(lv)，綠(lu:4)地，女(nü)性", "效率，綠地，女性"),
        ("会议(huìyì)纪要", "会议纪要"),
        ("会(hui)议纪要", "会议纪要"),
        ("重(chóng)庆的重(zhòng)点", "重庆的重点"),
        ("家(jia)具(ju)、俄(e)國(guo)、電(dian)器", "家具、俄國、電器"),
        ("穩(wěn)定就業(yè)情況(kuàng", "穩定就業情況"),
        ("镇长周钺(yuè)民陪同", "镇长周钺民陪同"),
    ],
)
def test_readings_go(glossed, plain):
    assert repair(glossed, script=False, punctuation=False).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "加入（WTO）",
        "北京(Beijing)",
        "公司(jia)",
        "甲(a)、乙(b)",
        "俄(e)",
        "作者王垚（yáo）",
        "会(Hui)",
        "增长(zēng",
    ],
)
def test_other_brackets_stay(text):
    assert repair(text, script=False, punctuation=False).text == text
