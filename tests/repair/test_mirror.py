"""A mirrored report with the damage of a real one (slips, glosses, script, marks) on sentences of our own."""

import re

from etl.repair import apply, repair

DAMAGED = """全縣抗旱保苗推進會會場。丁小樓 攝
5月9日,全縣抗旱保苗推進會召開。縣委書記田禾出席會議并講話。他強調,抗旱是本職、保苗是新?lián)敗⒔毁~是硬指標,要著力穩(wěn)住春播面積,見微知著、抓早抓小,把水送到田間地頭。
會議要求,一要管好水源,統(tǒng)籌調度庫塘蓄水。二要備足物資,優(yōu)先保障農(nóng)資供應。三要抓實服務,組織農(nóng)技人員下鄉(xiāng)指導。
(責任編輯:王相?。?/span>"""

RESTORED = """全县抗旱保苗推进会会场。丁小楼 摄
5月9日，全县抗旱保苗推进会召开。县委书记田禾出席会议并讲话。他强调，抗旱是本职、保苗是新担当、交账是硬指标，要着力稳住春播面积，见微知著、抓早抓小，把水送到田间地头。
会议要求，一要管好水源，统筹调度库塘蓄水。二要备足物资，优先保障农资供应。三要抓实服务，组织农技人员下乡指导。
（责任编辑：王相\ufffd）"""


def test_the_whole_report_comes_back():
    repaired = repair(DAMAGED)
    assert repaired.text == RESTORED
    assert repaired.lost == 1
    assert apply(repaired.steps, DAMAGED) == repaired.text


def test_the_lost_character_has_its_candidates_by_the_byte_that_is_left():
    steps = [step for step in repair(DAMAGED).steps if step.candidates]
    assert len(steps) == 1
    assert {candidate.encode("gbk")[-1] for candidate in steps[0].candidates} == {0xA1}


def test_no_gloss_is_left():
    assert not re.search(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", repair(DAMAGED).text)
