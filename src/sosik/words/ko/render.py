"""The Korean of `sosik.words.en.render`."""

TEXTS: dict[str, str] = {
    "render.entry": "{source!r}: 기사를 문서로 만들 수 없습니다({id!r}): {reason}",
    "render.lacking": "{name} 값이 없습니다",
    "render.no-zone": "시간대 없는 날짜는 시각이 되지 않습니다",
    "render.feed": "피드 {name!r:을} 만들 수 없습니다: {reason}",
}
