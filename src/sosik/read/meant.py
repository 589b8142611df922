"""Keys that people use for other keys of sosik: hints suggest the right one; the values are not read."""

from sosik.read.keys import ENTRY_KEYS, STATUSES, folded, is_hangul
from sosik.words import Message

_TIMES = {
    "published": """
        예약 예약발행 예약게시 예약출고 예약송고 예약일 예약일시 예약시간 예약시각 공개일 공개일시 공개시간 공개시각
        공개예정 게시일 게시일시 게시시간 게시시각 게시예정 발행일 발행일시 발행시간 발행시각 발행예정 출고 출고일
        출고일시 출고시간 출고시각 출고예정 송고 송고일 송고일시 송고시간 송고시각 게재일 게재일시 게재예정 배포일
        배포일시 보도일 보도일시 보도시점 보도시간 보도시각 엠바고 엠바고해제 노출일 노출일시 노출시작
        embargo embargoed embargo_until embargo_date embargo_time publish_at publish_on publish_after publish_time
        publish_from release release_at release_on release_date release_time released released_at schedule scheduled
        schedule_at scheduled_at scheduled_for schedule_date scheduled_date go_live go_live_at live_at available_from
        available_at available_on visible_from hide_until not_before
    """,
    "expires": """
        만료일 만료일시 만료시간 종료 종료일 종료일시 게시종료 게시종료일 공개종료 공개종료일 노출종료 노출종료일
        삭제일 삭제일시 삭제예정 내림 내림일시 유효기간 expire expires_at expires_on expire_at expiration
        expiration_date expiration_time expiry expiry_time unpublish unpublish_at unpublish_on unpublish_time remove_at
        delete_at end_date valid_until available_until visible_until hide_from not_after
    """,
}
"""Keys of the time from which, or until which, an entry is seen."""

_STATUSES = {
    "draft": """
        비공개 비노출 숨김 감춤 숨기기 임시저장 초안 초고 작성중 검토중 미출고 미발행 미공개 보류 공개 공개여부 노출
        노출여부 게시여부 발행여부 hidden private unlisted is_draft visible visibility public is_public is_published wip
    """,
    "withdrawn": "삭제 삭제됨 회수 게시중단 deleted removed retracted retraction unpublished",
}
"""Keys of who sees an entry, by the status that says it here."""

_OTHERS = {
    "id": "guid uuid 아이디 기사id 기사번호 기사고유번호 고유번호 식별자",
    "title": "headline heading subject 헤드라인 표제 타이틀 기사제목 글제목",
    "subtitles": "subheadline subheadlines subheading deck dek 중제 서브타이틀 부제목들",
    "section": "섹션 분야 코너 desk rubric",
    "tags": "hashtag hashtags labels topics 해시태그 핵심어 검색어 주제어",
    "authors": "byline bylines by writer writers reporter reporters creator 바이라인 필자 저자 취재 취재기자 작성기자",
    "updated": """
        last_updated last_update date_updated updated_on modified_date modified_on edited edited_at
        갱신 갱신일 갱신일시 고친날 최종수정일 최종수정일시 수정날짜 수정시각
    """,
    "images": "photo photos picture pictures img 이미지 그림 포토 대표이미지 대표사진 사진들",
    "link": "href source_url original_url article_url 링크 기사주소 기사링크 원문주소 원문링크",
    "summary": "lead lede abstract intro introduction standfirst 리드 리드문 전문 개요 줄거리",
    "body": "content contents text html article article_body 내용 기사내용 기사본문 본문내용 글 텍스트",
    "edits": "correction corrections changelog revisions history 정정 정정보도 바로잡습니다 수정이력 정정이력 수정내역",
    "related": "see_also related_posts related_articles 관련글 관련링크 연관기사",
    "format": "서식 포맷",
}
"""Keys of everything else."""


_HINTS = {"published": "key-unknown.published-hint", "expires": "key-unknown.expires-hint"}


def meant_by(written: str) -> Message | None:
    """Return the hint what to write for a key that is none of ours, in the language of the key; None where unknown."""
    name = folded(written)
    if key := _FOR_TIMES.get(name):
        return Message(_HINTS[key], name=_named(key, written))
    if status := _FOR_STATUSES.get(name):
        value = _status(status) if is_hangul(written) else status
        return Message("key-unknown.status-hint", name=_named("status", written), value=value)
    if key := _FOR_OTHERS.get(name):
        return Message("key-unknown.near-hint", name=_named(key, written))
    return None


def _by_name(table: dict[str, str]) -> dict[str, str]:
    return {folded(name): key for key, names in table.items() for name in names.split()}


_FOR_TIMES, _FOR_STATUSES, _FOR_OTHERS = map(_by_name, (_TIMES, _STATUSES, _OTHERS))


def _named(key: str, written: str) -> str:
    """Return the name of a key: the Korean one, where it has one, for a key that is written in Korean."""
    korean = next((one.names[-1] for one in ENTRY_KEYS if one.name == key and one.names), key)
    return korean if is_hangul(written) and is_hangul(korean) else key


def _status(value: str) -> str:
    return next(korean for korean, status in STATUSES.items() if status == value)
