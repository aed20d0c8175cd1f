from etl.evaluate.thresholds import measured, thresholds

SENTENCES = (
    "新河市召开全市项目建设推进会，市委书记陈立新出席会议并讲话。",
    "各级各部门要压实责任，把各项工作抓实抓细抓到位，确保完成全年目标任务。",
)


def test_each_threshold_is_measured_at_its_value_and_beside_it():
    for threshold in thresholds():
        usual = getattr(threshold.module, threshold.name)
        assert usual in threshold.values, threshold.id
        assert min(threshold.values) < usual < max(threshold.values), threshold.id


def test_the_values_in_use_are_marked_and_stay(tmp_path):
    (tmp_path / "sound.txt").write_text("\n".join(SENTENCES), "utf-8")
    before = {one.id: getattr(one.module, one.name) for one in thresholds()}
    lines = list(measured(tmp_path, 1, 1))
    assert [line.split()[0] for line in lines if "*" in line] == list(before)
    assert {one.id: getattr(one.module, one.name) for one in thresholds()} == before
