"""The Korean of `sosik.words.en.ledger`."""

TEXTS: dict[str, str] = {
    # ids
    "id-changed.other": "다른 기사 ID로 발행한 기사입니다. 독자에게 두 번 나가게 됩니다",
    "id-changed.other-file": "{file} 파일에서 다른 기사 ID로 발행한 기사입니다. 독자에게 두 번 나가게 됩니다",
    "id-changed.hint": "파일에 기사 ID를 적으세요: id: {id}",
    "id-duplicate.files": "다른 파일과 기사 ID가 같습니다({id}): {files}",
    "id-duplicate.hint": "두 파일 중 하나를 지우세요. 다른 기사라면 id: 줄을 지우고 `sosik pin`을 실행하세요",
    "id-duplicate.name-hint": (
        "다른 기사의 예전 파일 이름으로 만든 ID입니다. 이 파일의 이름을 바꾸고 id: 줄이 있으면 지우세요. "
        "복사본이면 하나를 지우세요"
    ),
    "copy-left-out.of": "{origin}의 복사본이고 기사 ID가 같습니다. 원본만 씁니다",
    "copy-left-out.hint": "새 내용을 원본에 옮기고 지우세요. 다른 기사라면 id: 줄을 지우고 `sosik pin`을 실행하세요",
    "entry-ignored.file": "ignore:의 {pattern} 패턴이 이 파일을 제외합니다. 발행한 기사는 그대로 둡니다",
    "entry-ignored.hint": (
        '계속 쓰려면 feeds/publication.yaml의 ignore:에 "!{source}" 패턴을 적고, 내리려면 `sosik withdraw`를 실행하세요'
    ),
    "entry-copied.whole": "{origin}의 기사와 똑같습니다. 독자에게 두 번 나가게 됩니다",
    "entry-copied.partly": "{origin}의 복사본인데 일부가 그대로 남아 있습니다",
    "entry-copied.hint": "두 파일 중 하나를 지우세요. 다른 기사라면 `sosik pin`을 실행하세요",
    "entry-repeated.word-for-word": "{origin}의 기사와 똑같고 기사 ID만 다릅니다. 독자에게 다시 나갑니다",
    "entry-repeated.withdrawn": "내린 기사 {origin:와} 똑같고 기사 ID만 다릅니다. 독자에게 다시 나갑니다",
    "entry-repeated.hint": "같은 기사면 id: {id} 줄을 적으세요. 다시 발행하는 것이면 그대로 두세요",
    "page-taken.by-id": "기사 페이지 주소가 {id}의 페이지와 같습니다: {path}",
    "page-taken.by-file": "기사 페이지 주소가 {file}({id})의 페이지와 같습니다: {path}",
    "page-taken.hint": "{@link}: 항목을 적거나, 끝부분이 겹치지 않는 기사 ID를 적으세요",
    "link-shared.with": "{@link} {link}: {file}의 링크와 같습니다. 포털이 두 기사를 하나로 봅니다",
    "link-shared.hint": "기사마다 다른 {@link}: 주소를 적으세요. 없으면 sosik이 기사 페이지를 만듭니다",
    # times
    "published-moved.from": "{@published} 시각이 바뀌었습니다: {before} → {now}",
    "published-moved.edit-hint": (
        "수정이라면 {@published}: 값을 되돌리고 {@updated}:에 적으세요. 입력 시각을 바꾸려면 --allow-redate {id} "
        "옵션을 쓰세요"
    ),
    "published-moved.id-hint": (
        "수정이라면 {@published}: 값을 되돌리고 {@updated}:에 적으세요. 다른 기사라면 새 기사 ID를 적으세요. 입력 "
        "시각을 바꾸려면 --allow-redate {id} 옵션을 쓰세요"
    ),
    "published-moved.name-hint": (
        "수정이라면 {@published}: 값을 되돌리고 {@updated}:에 적으세요. 다른 기사라면 파일 이름을 바꾸세요. 입력 "
        "시각을 바꾸려면 --allow-redate {id} 옵션을 쓰세요"
    ),
    "published-day.today": (
        "{@published}: 오늘 날짜에 시각이 없습니다. 00:00으로 발행되어 그 뒤의 기사보다 아래에 놓입니다"
    ),
    "published-day.hint": (
        "{@published}: 2024-01-16 15:20처럼 시각을 적으세요. 이미 발행했으면 --allow-redate {id}도 쓰세요"
    ),
    "embargo-words.until": "글에 {words!r} 문구가 있지만, {at} 전인데도 바로 공개됩니다",
    "embargo-words.until-hint": '{@published}: "{at}" 줄을 적거나 `sosik release --at`을 실행한 뒤 문구를 지우세요',
    "embargo-words.unread": "글에 {words!r} 문구가 있지만 바로 공개됩니다",
    "embargo-words.unread-hint": "시각을 {@published}:에 적거나 `sosik release --at`을 실행한 뒤 문구를 지우세요",
    "draft.waits": "초안입니다",
    "draft-published.withdraws": "발행한 기사가 다시 초안이 되어 내려갑니다(입력 {published})",
    "draft-published.hint": "계속 공개하려면 `sosik release {file}` 명령을 실행하세요",
    "expired.never": "공개 기한({at})이 지나 피드에 나가지 않습니다",
    "expired.at": "공개 기한({at})이 지나 기사를 내립니다",
    "key-unknown.ahead": "{key!r}: 알 수 없는 항목인데 값이 미래의 시각입니다: {value!r}",
    "key-unknown.ahead-hint": (
        "엠바고라면 {@published}:에 적고, 아니면 feeds/publication.yaml의 foreign_keys에 항목을 적으세요"
    ),
    "published-far-ahead.days": "{@published} {published}: {days}일 남았습니다",
    "published-far-ahead.hint": "연도를 확인하세요. 그때까지 기사가 보이지 않습니다",
    "updated-in-future.at": "수정 시각 {at}: 아직 오지 않았습니다",
    "updated-in-future.hint": "수정은 그때부터 적용됩니다. 실제로 수정한 시각을 적으세요",
    "updated-back.updated-earlier": (
        "{@updated} 시각이 앞당겨졌습니다({before} → {now}). 독자에게는 이전 시각이 남습니다"
    ),
    "updated-back.updated-gone": "{@updated} 시각이 없어졌습니다({before}). 독자에게는 이전 시각이 남습니다",
    "updated-back.correction-earlier": (
        "마지막 정정 시각이 앞당겨졌습니다({before} → {now}). 독자에게는 이전 시각이 남습니다"
    ),
    "updated-back.correction-gone": "마지막 정정이 없어졌습니다({before}). 독자에게는 이전 시각이 남습니다",
    "updated-back.hint": "이전 시각을 되돌리거나 더 늦은 시각을 적으세요({@updated}: 또는 `sosik correct`)",
    # edits
    "lost-member.gone": "{key}: 항목이 없어졌습니다. 발행한 값: {before!r}",
    "lost-member.hint": "일부러 뺀 것이 아니면 {key}: 항목을 다시 적으세요",
    "edit-without-stamp.text": (
        "제목이나 본문이 바뀌었는데 수정 시각이 없습니다. 독자에게 수정 표시가 보이지 않습니다"
    ),
    "edit-without-stamp.hint": "중요한 수정이면 {@updated}:나 {@edits}:에 적으세요. 오탈자는 그대로 두세요",
    "edit-large.share": "같은 주소에서 글이 {share} 바뀌었습니다",
    "edit-large.hint": "포털은 기사를 통째로 바꾸면 제재합니다. 새 기사는 새 파일과 새 기사 ID로 쓰세요",
    # files that are gone
    "file-missing.picture": "{file}: 사진이 없어졌습니다. {until} 이후의 발행부터 사진 없이 나갑니다",
    "file-missing.picture-hint": (
        "사진을 되돌리세요. 지금 사진 없이 발행하려면 `sosik build --withdraw-now`를 실행하세요"
    ),
    "file-missing.until": "파일이 없어졌습니다. 돌아오지 않으면 {until} 이후의 발행에서 기사를 내립니다",
    "file-missing.until-hint": "파일을 되돌리세요. 지금 내리려면 `sosik build --withdraw-now`를 실행하세요",
    "file-unfinished.cut": "글이 발행한 글의 중간에서 끝납니다. {until}부터는 수정으로 봅니다",
    "file-unfinished.cut-hint": "끊긴 업로드를 마치세요. 일부러 줄였으면 그대로 두세요",
    "file-unfinished.grows": "아직 쓰이는 중이라 발행하지 않았습니다",
    "file-unfinished.grows-hint": "다 쓴 뒤 다시 발행하세요. `sosik serve`는 자동으로 발행합니다",
    # the whole edition
    "withdrawn-many.gone": "발행한 기사 {all}건 중 {count}건이 content/에 없습니다. 변경한 내용이 없습니다",
    "withdrawn-many.hint": "디스크나 폴더가 연결됐는지 확인하세요. 정말 내리려면 --allow-withdrawals 옵션을 쓰세요",
    "content-missing.folder": "폴더가 없습니다. 변경한 내용이 없습니다",
    "content-missing.hint": "디스크가 연결됐는지 확인하세요. 새로 만들려면 `sosik init`, 다른 폴더는 `sosik -C 폴더`",
    "authority-changed.from": (
        "authority가 바뀌었습니다({before} → {now}). 모든 피드와, ID를 적지 않은 기사의 ID가 바뀌어 독자에게 전부 "
        "다시 나가게 됩니다. 변경한 내용이 없습니다"
    ),
    "authority-changed.hint": (
        "authority: {before} 값으로 되돌리세요. 아직 구독자가 없으면 .sosik/와 public/을 지우세요"
    ),
    "address-moved.feeds": "피드 주소가 바뀝니다({before} → {now}). 구독자는 계속 이전 주소를 확인합니다",
    "address-moved.home": "url이 바뀝니다({before} → {now}). 독자의 링크는 계속 이전 주소로 연결됩니다",
    "address-moved.hint": "{before} 아래의 주소를 {now}의 같은 경로로 여러 해 동안 301 리다이렉트하세요",
    "timezone-changed.from": (
        "timezone이 바뀌어({before} → {now}) 시차를 적지 않은 날짜가 다른 시각이 됩니다. 발행한 기사 {count}건을 "
        "보류했습니다"
    ),
    "timezone-changed.hint": "timezone: {before} 값으로 되돌리거나, 2024-01-16 15:20 +09:00처럼 시차를 적으세요",
}
