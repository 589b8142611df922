"""Files that other programs read, too: whose keys are whose, and what an unknown key does."""

import pytest

from sosik.errors import Severity
from sosik.model import RawList, RawMapping, RawValue
from sosik.read import EntryReading, read_bytes

SLIPS = """
    tilte titel titl taggs tgas publishd publshed stauts summery
    descripton categoy authros drafts expired 제묵 젬목 목제 기쟈 기지자 테그
    입렵 입려 부재 요악 상테 카테고리명 작성쟈
"""

HIDING = """
    엠바고 엠바고해제 보도시점 보도일시 공개 비공개 공개여부 숨김 노출여부 예약발행 비밀번호 배포일시 게시기간
    삭제 embargo embargo_until private isPrivate hidden hide
    visibility visible password unlisted release release_date
    publishOn scheduled_at expireAt exclude_from_feed public
    restricted 보도유예 유예시각 hide_from_feed hideFromList 게재일 송고시각
    available_from notBefore goLive membersOnly post_status state wip enabled 회원전용 검토중 승인여부
"""

HARMLESS = """
    소제목 중제목 매체 주제 지면 면 출처 발행처 언론사 편집 등급 지역 판 호 연재 코너 본부 부서 부 기사
    입력자 수정자 확인 publisher links data
    use_math header-img ShowToc searchHidden hide_title group
    placeholder breadcrumbs emoji cover_image rating 매수 지면 조회수
    담당부서 게시판 발행인 대기질 사진설명
    발행면 게재면 게재지 출고부서 송고자 배포처 hideMenu publishedBy
"""


def read(text: str, source: str = "글.yaml", *, silent: tuple[str, ...] = ()) -> EntryReading:
    return read_bytes(text.encode(), source, silent=silent)


def plain(value: RawValue) -> object:
    if isinstance(value, RawMapping):
        return {name.text: plain(member) for name, member in value.items}
    return [plain(item) for item in value.items] if isinstance(value, RawList) else value.text


def fields(text: str, source: str = "글.yaml") -> dict[str, object]:
    raw = read(text, source).raw
    assert raw is not None
    return {key: plain(value) for key, value in raw.fields.items()}


@pytest.mark.parametrize("name", SLIPS.split())
def test_a_slip_of_a_key_holds_the_entry_back(name: str) -> None:
    (problem,) = read(f"{name}: 강변\n").problems

    assert (problem.code, problem.severity) == ("key-unknown", Severity.ERROR)
    assert "did you mean" in str(problem.hint)


@pytest.mark.parametrize("name", HIDING.split())
def test_a_key_of_visibility_or_time_holds_the_entry_back(name: str) -> None:
    (problem,) = read(f"{name}: 강변\n").problems

    assert (problem.code, problem.severity) == ("key-unknown", Severity.ERROR)
    assert read(f"{name}: 강변\n", silent=(name,)).problems == ()


@pytest.mark.parametrize("name", HARMLESS.split())
def test_any_other_unknown_key_is_a_warning(name: str) -> None:
    reading = read(f"{name}: 강변\n")

    assert [problem.code for problem in reading.problems] == ["key-ignored"]
    assert not reading.failed
    assert read(f"{name}: 강변\n", silent=(name.upper(),)).problems == ()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(
            ("작성자", "authors"),
            ("글쓴이", "authors"),
            ("키워드", "tags"),
            ("keywords", "tags"),
            ("기사입력", "published"),
            ("입력일", "published"),
        ),
        *(("등록일", "published"), ("작성일", "published"), ("수정일", "updated"), ("modified", "updated")),
        *(("publishDate", "published"), ("publish-date", "published"), ("Last Modified At", "updated")),
        *(("expiryDate", "expires"), ("unpublishDate", "expires"), ("만료", "expires"), ("_build", "build")),
        ("이메일 공개", "publish_email"),
    ],
)
def test_more_names_of_keys(name: str, meant: str) -> None:
    assert fields(f"{name}: 글\n") == {meant: "글"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("categories: [지역, 문화]\n", {"section": "지역", "tags": ["문화"]}),
        ("categories:\n  - [지역, 문화]\n  - [책]\n", {"section": "지역", "tags": ["문화", "책"]}),
        ("카테고리: 지역, 문화\n", {"section": "지역", "tags": ["문화"]}),
        ("categories: 지역\ntags: 강, 책\n", {"section": "지역", "tags": "강, 책"}),
        ("categories: [지역, 문화]\ntags: 강, 책\n", {"section": "지역", "tags": ["문화", "강", "책"]}),
        ("categories: []\ntags: null\nimage: ~\n", {}),
        ("미확인: 입력, 제목\n", {"unconfirmed": ["published", "title"]}),
    ],
)
def test_lists_of_other_programs(written: str, expected: dict[str, object]) -> None:
    assert fields(written) == expected


def test_the_picture_of_a_post() -> None:
    reading = read("image:\n  path: /img/a.jpg\n  alt: 다리\n  width: 1200\n  lqip: data:image/webp;base64,UklG\n")

    assert reading.raw is not None
    assert plain(reading.raw.fields["images"]) == {"url": "/img/a.jpg", "alt": "다리"}
    assert [problem.code for problem in reading.problems] == ["key-ignored"] * 2


@pytest.mark.parametrize(
    ("written", "summary"),
    [
        ("description: 하나\nexcerpt: 둘\n", "둘"),
        ("excerpt: 둘\ndescription: 하나\n", "둘"),
        ("description: 하나\nsummary: 둘\n", "둘"),
    ],
)
def test_names_that_stand_side_by_side_are_no_conflict(written: str, summary: str) -> None:
    reading = read(written)

    assert fields(written) == {"summary": summary}
    assert {problem.code for problem in reading.problems} == {"key-ignored"}


def test_keywords_beside_tags_are_left_out() -> None:
    reading = read("keywords: 강, 책\ntags: 다리\n")

    assert fields("keywords: 강, 책\ntags: 다리\n") == {"tags": "다리"}
    assert [problem.code for problem in reading.problems] == ["key-ignored"]


def test_the_same_value_twice_is_no_conflict() -> None:
    assert read("date: 2026-11-03\npublishDate: 2026-11-03\n").problems == ()
    assert read("description: 하나\nexcerpt: 하나\n").problems == ()
    assert [problem.code for problem in read("date: 2026-11-03\npublishDate: 2026-11-04\n").problems] == [
        "key-conflict"
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("published: true\n", {"public": "true"}),
        ("published: false\ndate: 2026-11-03\n", {"public": "false", "published": "2026-11-03"}),
        ("date: 2026-11-03\npublished: 'No'\n", {"public": "No", "published": "2026-11-03"}),
    ],
)
def test_published_may_be_a_truth(written: str, expected: dict[str, object]) -> None:
    assert fields(written) == expected
    assert read(written).problems == ()


@pytest.mark.parametrize(
    ("source", "head", "published"),
    [
        ("_posts/2026-11-03-강변.md", "title: 강변\n", "2026-11-03"),
        ("블로그/_posts/책/2026-1-3-library.md", "title: 강변\ndate:\n", "2026-01-03"),
        ("_posts/2026-11-03-강변.md", "title: 강변\npublished: true\n", "2026-11-03"),
        ("_posts/2026-11-03-강변.md", "title: 강변\ndate: 2026-11-02 08:00\n", "2026-11-02 08:00"),
        ("_posts/2026-13-03-강변.md", "title: 강변\n", None),
        ("_posts/강변.md", "title: 강변\n", None),
        ("2026-11-03-강변.md", "title: 강변\n", None),
        ("_drafts/2026-11-03-강변.md", "title: 강변\n", None),
    ],
)
def test_the_name_of_a_post_states_its_day(source: str, head: str, published: str | None) -> None:
    assert fields(f"---\n{head}---\n본문\n", source).get("published") == published


def test_unknown_members_are_kept_for_a_look_at_their_dates() -> None:
    raw = read("행사일: 2027-01-02\nlayout: post\n").raw

    assert raw is not None
    assert [name.text for name, _ in raw.unknown] == ["행사일"]
