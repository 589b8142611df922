"""The Korean of `sosik.words.en.importers`."""

TEXTS = {
    # why a page is not imported
    "importers.attributes": "{file}: 태그 하나에 속성이 {most:,}개를 넘습니다. 페이지를 다시 저장하세요",
    "importers.characters": "{file}: 페이지가 {most:,}자를 넘습니다. 기사 한 건의 페이지를 저장하세요",
    "importers.tags": "{file}: 페이지의 태그가 {most:,}개를 넘습니다. 기사 한 건의 페이지를 저장하세요",
    "importers.lines": "{file}: 페이지가 {most:,}줄을 넘습니다. 기사 한 건의 페이지를 저장하세요",
    "importers.body": "{file}: {excess}. 기사 한 건의 페이지를 저장하세요",
    "importers.no-headline": "{file}: 제목을 찾을 수 없습니다. 기사 페이지인지 확인하세요",
    "importers.undecodable": "{place}: {code}: {message}\n    도움말: {hint}",
    "importers.misread": (
        "{file}: 저장하기 전에 다른 인코딩으로 읽혀 글자를 되살릴 수 없습니다. 브라우저에서 UTF-8로 다시 저장하세요"
    ),
    # what had to be decided, or had no place
    "import-unsure.headline-joined": "제목을 {n}줄에서 이어 붙였습니다: {headline}",
    "import-unsure.caption-alone": "사진 없는 사진 설명을 제외했습니다: {caption}",
    "import-unsure.caption-alone-hint": "images:에 사진을 추가하고 설명을 적으세요",
    "import-unsure.line-as-caption": "이 줄을 위 사진의 설명으로 읽었습니다: {line}",
    "body-missing.below-headline": "제목 아래에서 본문을 찾을 수 없습니다",
    # when it was published and edited
    "date-unreadable.date-line": "날짜 줄: {refusal}",
    "date-note.markup-differs": "페이지에는 {shown}, 마크업에는 {declared}입니다. 페이지의 시각을 씁니다",
    "date-note.markup-nine-hours": (
        "페이지에는 {shown}, 마크업에는 {declared}입니다. 페이지의 시각을 씁니다(9시간 차이: 마크업이 한국 시각을 "
        "UTC로 적음)"
    ),
    "published-missing.page": "페이지에 입력 시각이 없습니다",
    "published-missing.page-hint": '기사 파일에 published: "2026-03-02 15:20"처럼 적으세요',
    "unconfirmed.markup-in-utc": "published가 마크업에 UTC로만 있습니다. 한국 CMS는 잘못 적는 경우가 많습니다",
    "unconfirmed.date-line": "날짜 줄 {line!r}의 뜻이 적혀 있지 않습니다",
    "unconfirmed.day-inferred": (
        "published {date}: 추정한 값입니다. 사진 이름이 그 날짜로 시작하고 본문에 {day}일이 나옵니다"
    ),
    "unconfirmed.masthead": "updated {updated}: 보통 사이트 전체의 시각이 적히는 페이지 상단에 있습니다",
    "unconfirmed.look": "맞으면 `unconfirmed:`에서 {key} 항목을 지우세요. 틀리면 먼저 고치세요",
}
