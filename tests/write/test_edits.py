"""One change to a file written by hand: the change is made, every other character stays."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sosik.errors import UnwritableError
from sosik.write import correct, format_entry, pin, release, withdraw

ID = "tag:news.example.kr,2010:k7m2q9x4t1zb"
STAMP = "2026-11-22 09:30"
NOTE = '참석자는 "3명"이 아니라 4명입니다: #정정'

PIN_LINE = f'id: "{ID}"'
ITEM = '- at: "2026-11-22 09:30"\n  kind: "correction"\n  note: "참석자는 \\"3명\\"이 아니라 4명입니다: #정정"\n'
INDENTED = "".join(f"  {line}\n" for line in ITEM.splitlines())
EDIT_LINES = f"edits:\n{INDENTED}"
KOREAN_ITEM = INDENTED.replace("at:", "일시:").replace('kind: "correction"', '종류: "정정"').replace("note:", "내용:")
KOREAN_LINES = f"고침:\n{KOREAN_ITEM}"

PINNED = [
    (".yaml", "title: 제목\nbody: |\n  본문\n", f"{PIN_LINE}\ntitle: 제목\nbody: |\n  본문\n"),
    (".yml", "# 머리말\n\ntitle: 제목 # 설명\n", f"# 머리말\n\n{PIN_LINE}\ntitle: 제목 # 설명\n"),
    (".yaml", "---\ntitle: 제목\n", f"---\n{PIN_LINE}\ntitle: 제목\n"),
    (".yaml", "\ufefftitle: 제목\r\nbody: 가\r\n", f"\ufeff{PIN_LINE}\r\ntitle: 제목\r\nbody: 가\r\n"),
    (".yaml", "  title: 제목\n  body: 가", f"  {PIN_LINE}\n  title: 제목\n  body: 가"),
    (".yaml", "title: 제목\nid:\n", f'title: 제목\nid: "{ID}"\n'),
    (".yaml", "title: 제목\nid: ''  # 비었음\n", f'title: 제목\nid: "{ID}"  # 비었음\n'),
    (".yaml", f"title: 제목\nid: {ID}\n", f"title: 제목\nid: {ID}\n"),
    (".md", "---\n제목: 가\n---\n# 본문\n---\n", f"---\n{PIN_LINE}\n제목: 가\n---\n# 본문\n---\n"),
    (".markdown", "\n---\ntitle: 가\n...\n본문", f"\n---\n{PIN_LINE}\ntitle: 가\n...\n본문"),
    (".md", "---\r\ntitle: 가\r\n---\r\n본문", f"---\r\n{PIN_LINE}\r\ntitle: 가\r\n---\r\n본문"),
    (".json", '{"title": "가"}', f'{{"id": "{ID}", "title": "가"}}'),
    (".json", '{\n  "title": "\\ud83d\\ude00"\n}\n', f'{{\n  "id": "{ID}",\n  "title": "\\ud83d\\ude00"\n}}\n'),
]


@pytest.mark.rule(23)
@pytest.mark.parametrize(("suffix", "before", "after"), PINNED)
def test_pin_writes_the_id_first(suffix: str, before: str, after: str) -> None:
    assert pin(before, suffix, ID) == after


WITHDRAWN = [
    (".yaml", "title: 가\n", 'title: 가\nstatus: "withdrawn"\nwithdrawn: "2026-11-22 09:30"\n'),
    (".yaml", "title: 가", 'title: 가\nstatus: "withdrawn"\nwithdrawn: "2026-11-22 09:30"'),
    (
        ".yaml",
        "status: published # 지금\ntitle: 가\n",
        'status: "withdrawn" # 지금\ntitle: 가\nwithdrawn: "2026-11-22 09:30"\n',
    ),
    (".yaml", "제목: 가\n본문: 나\n", '제목: 가\n본문: 나\n상태: "철회"\n철회: "2026-11-22 09:30"\n'),
    (
        ".yaml",
        "Title: 가\nStatus: draft\nbody: 나\n",
        'Title: 가\nStatus: "withdrawn"\nbody: 나\nwithdrawn: "2026-11-22 09:30"\n',
    ),
    (".yaml", "제목: 가\n상태: 'published'\n", '제목: 가\n상태: "철회"\n철회: "2026-11-22 09:30"\n'),
    (
        ".yaml",
        "title: 가\nbody: |\n  끝의 줄바꿈이 없는 본문",
        'title: 가\nstatus: "withdrawn"\nwithdrawn: "2026-11-22 09:30"\nbody: |\n  끝의 줄바꿈이 없는 본문',
    ),
    (
        ".yaml",
        "title: 가\nbody: |+\n  본문\n\n\n",
        'title: 가\nbody: |+\n  본문\n\n\nstatus: "withdrawn"\nwithdrawn: "2026-11-22 09:30"\n',
    ),
    (
        ".yaml",
        "title: 가\nstatus: |\n  published\n# 끝\n",
        'title: 가\nstatus: "withdrawn"\n# 끝\nwithdrawn: "2026-11-22 09:30"\n',
    ),
    (
        ".md",
        "---\ntitle: 가\n---\n본문\n",
        '---\ntitle: 가\nstatus: "withdrawn"\nwithdrawn: "2026-11-22 09:30"\n---\n본문\n',
    ),
    (
        ".json",
        '{\n\t"title": "가",\n\t"status": null\n}',
        '{\n\t"title": "가",\n\t"status": "withdrawn",\n\t"withdrawn": "2026-11-22 09:30"\n}',
    ),
]


@pytest.mark.parametrize(("suffix", "before", "after"), WITHDRAWN)
def test_withdraw_writes_status_and_stamp(suffix: str, before: str, after: str) -> None:
    assert withdraw(before, suffix, STAMP) == after


@pytest.mark.parametrize(
    "text",
    [
        "title: 가\nstatus: withdrawn\nwithdrawn: 2024-01-16 15:20\n",
        "제목: 가\n상태: 철회\n철회: 2024년 1월 16일\n",
    ],
)
def test_what_is_withdrawn_keeps_its_stamp(text: str) -> None:
    assert withdraw(text, ".yaml", STAMP) == text


def test_what_was_put_back_is_withdrawn_anew() -> None:
    text = "제목: 가\n상태: 발행\n철회: 2024-01-16 15:20\n"
    assert withdraw(text, ".yaml", STAMP) == f'제목: 가\n상태: "철회"\n철회: "{STAMP}"\n'


JSON_EDIT = json.dumps({"at": STAMP, "kind": "correction", "note": NOTE}, ensure_ascii=False)

CORRECTED = [
    (".yaml", "title: 가\n", f"title: 가\n{EDIT_LINES}"),
    (".yaml", "제목: 가\n본문: 나\n", f"제목: 가\n본문: 나\n{KOREAN_LINES}"),
    (
        ".yaml",
        "title: 가\nedits:\n  - at: 2026-11-01 # 처음\n    kind: minor\n\n# 본문\nbody: 나\n",
        f"title: 가\nedits:\n  - at: 2026-11-01 # 처음\n    kind: minor\n{INDENTED}\n# 본문\nbody: 나\n",
    ),
    (".yaml", "고침:\n- at: 2026-11-01\n제목: 가\n", f"고침:\n- at: 2026-11-01\n{ITEM}제목: 가\n"),
    (
        ".yaml",
        "고침:\n  - 때: 2026-11-01\n    종류: 수정\n제목: 가\n",
        f"고침:\n  - 때: 2026-11-01\n    종류: 수정\n{KOREAN_ITEM}제목: 가\n",
    ),
    (
        ".yaml",
        "edits:\n  - at: 2026-11-01\n    note: |\n      여러\n      줄\ntitle: 가\n",
        f"edits:\n  - at: 2026-11-01\n    note: |\n      여러\n      줄\n{INDENTED}title: 가\n",
    ),
    (".yaml", "edits:   # 아직\ntitle: 가\n", f"edits:   # 아직\n{INDENTED}title: 가\n"),
    (
        ".yaml",
        "edits: []\ntitle: 가\n",
        'edits: [{at: "2026-11-22 09:30", kind: "correction", '
        'note: "참석자는 \\"3명\\"이 아니라 4명입니다: #정정"}]\ntitle: 가\n',
    ),
    (
        ".yaml",
        "edits: [{at: 2026-11-01}]\ntitle: 가\n",
        'edits: [{at: 2026-11-01}, {at: "2026-11-22 09:30", kind: "correction", '
        'note: "참석자는 \\"3명\\"이 아니라 4명입니다: #정정"}]\ntitle: 가\n',
    ),
    (".md", "---\ntitle: 가\n---\n본문", f"---\ntitle: 가\n{EDIT_LINES}---\n본문"),
    (".json", '{"title": "가"}', f'{{"title": "가", "edits": [{JSON_EDIT}]}}'),
    (".json", '{"edits": [], "title": "가"}', f'{{"edits": [{JSON_EDIT}], "title": "가"}}'),
    (
        ".json",
        '{"edits": [\n  {"at": "2026-11-01"}\n], "title": "가"}',
        f'{{"edits": [\n  {{"at": "2026-11-01"}},\n  {JSON_EDIT}\n], "title": "가"}}',
    ),
]


@pytest.mark.parametrize(("suffix", "before", "after"), CORRECTED)
def test_correct_adds_an_edit(suffix: str, before: str, after: str) -> None:
    assert correct(before, suffix, STAMP, NOTE) == after


REFUSED = [
    (".yaml", "", "one `key: value` per line"),
    (".yaml", "{title: 가}\n", "one `key: value` per line"),
    (".yaml", "title: 가\nid: tag:other\n", "existing id tag:other"),
    (".yaml", "title: [가\n", "invalid YAML"),
    (".yaml", "[" * 1_000, "invalid YAML"),
    (".yaml", "a: &x 1\nb: *x\n", "aliases"),
    (".yaml", "title: 가\n---\ntitle: 나\n", "invalid YAML"),
    (".yaml", "id: ''\nid: ''\n", "`id` has the meaning of `id`"),
    (".yaml", "id: [가]\n", "existing id"),
    (".markdown", "+++\ntitle = '가'\n+++\n", "front matter"),
    (".md", "본문뿐\n", "front matter"),
    (".json", "[]", "not a JSON object"),
    (".json", "{}", "empty file"),
    (".json", '{"title": "가"', "not a JSON object"),
    (".json", '{"title": "가"} x', "not a JSON object"),
    (".toml", "title = '가'", ".toml is not"),
]


@pytest.mark.parametrize(("suffix", "text", "reason"), REFUSED)
def test_a_file_that_cannot_be_changed_safely_is_refused_with_the_line_to_write(
    suffix: str, text: str, reason: str
) -> None:
    with pytest.raises(UnwritableError) as refused:
        pin(text, suffix, ID)

    assert reason in str(refused.value)
    assert f'    id: "{ID}"' in str(refused.value)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yaml", "edits: 없음\n"),
        (".yaml", "edits: {at: 2026-11-01}\n"),
        (".yaml", "edits: []\n고침: []\n"),
        (".yaml", "edits:\n  - at: 2026-11-01\n    note: |\n      줄바꿈 없이 끝남"),
        (".json", '{"edits": {"at": "2026-11-01"}}'),
    ],
)
def test_edits_that_are_no_list_are_left_alone(suffix: str, text: str) -> None:
    with pytest.raises(UnwritableError, match=r"(?s)by hand:.*kind: .correction"):
        correct(text, suffix, STAMP, NOTE)


def test_what_is_to_be_written_by_hand_is_in_the_language_of_the_file() -> None:
    with pytest.raises(UnwritableError, match=r'(?s)고침:\n      - 일시: .*종류: "정정"'):
        correct("제목: 가\n본문: 나\n고침: 없음\n", ".yaml", STAMP, NOTE)
    with pytest.raises(UnwritableError, match='상태: "철회"\n    철회: '):
        withdraw("제목: 가\n본문: 나\n상태: [가]\n", ".yaml", STAMP)


STAMPED = 'published: "2026-11-22 09:30"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("제목: 가\n상태: 초안\n본문: 나\n", '제목: 가\n상태: "발행"\n본문: 나\n입력: "2026-11-22 09:30"\n'),
        ("제목: 가\n상태: draft\n입력:\n", '제목: 가\n상태: "발행"\n입력: "2026-11-22 09:30"\n'),
        ("title: 가\nstatus: 초안\nbody: 나\n", f'title: 가\nstatus: "발행"\nbody: 나\n{STAMPED}'),
        ("title: 가\n상태: 초안\nbody: 나\n", f'title: 가\n상태: "발행"\nbody: 나\n{STAMPED}'),
        ("title: 가\ndraft: true\nbody: 나\n", f'title: 가\ndraft: "false"\nbody: 나\n{STAMPED}'),
    ],
)
def test_release_says_it_in_the_words_of_the_file(before: str, after: str) -> None:
    assert release(before, ".yaml", STAMP) == after


def test_a_headline_alone_says_so_in_the_words_of_the_file() -> None:
    assert '본문: "없음"\n' in release("제목: 가\n상태: 초안\n본문:\n", ".yaml", STAMP, flash=True)
    assert 'body: "none"\n' in release("title: 가\nstatus: draft\nbody:\n", ".yaml", STAMP, flash=True)


@pytest.mark.parametrize("text", ["status: [가]\n", "status:\n  가: 나\n"])
def test_a_status_that_is_no_word_is_left_alone(text: str) -> None:
    with pytest.raises(UnwritableError, match="withdrawn"):
        withdraw(text, ".yaml", STAMP)


TEXTS = st.text()
ENTRIES = st.fixed_dictionaries(
    {"title": TEXTS}, optional={"tags": st.lists(TEXTS), "body": TEXTS, "authors": st.lists(TEXTS)}
)


@given(fields=ENTRIES, note=TEXTS)
def test_a_file_of_ours_takes_every_change(fields: dict[str, object], note: str) -> None:
    """Whatever the values, the three changes can be made one after the other, and nothing else changes."""
    text = withdraw(
        correct(correct(pin(format_entry(fields), ".yaml", ID), ".yaml", STAMP, note), ".yaml", STAMP, note),
        ".yaml",
        STAMP,
    )

    edit = {"at": STAMP, "kind": "correction", "note": note}
    expected = {"id": ID, **fields, "edits": [edit, edit], "status": "withdrawn", "withdrawn": STAMP}
    assert yaml.load(text, Loader=yaml.CBaseLoader) == expected  # noqa: S506 - makes text, lists and mappings only


@given(fields=ENTRIES, note=TEXTS, indent=st.sampled_from([None, 0, 2]))
def test_a_json_file_takes_every_change(fields: dict[str, object], note: str, indent: int | None) -> None:
    text = json.dumps(fields, ensure_ascii=False, indent=indent)
    for _ in range(2):
        text = correct(text, ".json", STAMP, note)
    text = withdraw(pin(text, ".json", ID), ".json", STAMP)

    edit = {"at": STAMP, "kind": "correction", "note": note}
    expected = {"id": ID, **fields, "edits": [edit, edit], "status": "withdrawn", "withdrawn": STAMP}
    assert json.loads(text) == expected
