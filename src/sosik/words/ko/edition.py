"""The Korean of `sosik.words.en.edition`."""

TEXTS: dict[str, str] = {
    # the clock
    "clock-back.says": "시계({now})가 지난 발행({last})보다 늦습니다. 변경한 내용이 없습니다",
    "clock-back.hint": '기기의 시계를 맞추세요. 지금 시계가 맞으면: sosik build --now "$(date -Is)"',
    # feeds
    "feed-empty.feed": "피드 {feed}에 해당하는 기사가 없습니다",
    "feed-empty.hint": "select:에 적은 섹션·태그·기자 이름이 기사에도 있는지 확인하세요(`sosik list`)",
    "slug-collision.nothing": "{value!r}: 주소에 쓸 수 있는 글자가 없습니다",
    "slug-collision.same": "{value!r}, {owner!r}: slug가 같습니다: {slug!r}. {owner!r}만 피드를 만듭니다",
    "slug-collision.name-hint": "따로 정하세요: slugs: {{{value}: another-name}}",
    "retire-defined.path": "retire의 {path} 피드가 feeds/{owner}.yaml에 정의되어 있습니다. 그 주소는 계속 응답합니다",
    "retire-defined.hint": "retire: 또는 feeds/{owner}.yaml에서 지우세요",
    "feed-undefined.feed": "{paths}: 정의한 파일이 없습니다. 피드 {n}개에 마지막 기사를 그대로 둡니다",
    "feed-undefined.address": "{paths}: 더 이상 정의되어 있지 않습니다. 주소 {n}개를 계속 제공합니다",
    "feed-undefined.values": "{values}: 해당하는 기사가 없습니다(피드 {count}개). 마지막 기사를 그대로 둡니다",
    "feed-undefined.hint": "정의를 되돌리거나, 피드를 종료하세요: {command}",
    "feed-undefined.heir-hint": "구독자를 옮기려면 {file}에 {line} 줄을 적고, 종료하려면: {command}",
    "feed-large.document": "{path}: {size}kB입니다. 1MB가 넘으면 거부하는 리더가 있습니다",
    "feed-large.hint": "window:를 줄이거나 content: summary를 쓰세요. 지난 기사는 archive: month로 옮기세요",
    "feed-overfull.number": "{feed}: 최근 {hours}시간의 기사 {count}건을 더 담을 수 없습니다",
    "feed-overfull.number-hint": "window의 at_most:를 300까지 늘리세요. archive: month는 모든 기사를 보관합니다",
    "feed-overfull.shortened": "{feed}: 지난 기사 {count}건은 요약만 실립니다",
    "feed-overfull.shortened-hint": "본문을 모두 실으면 1.2MB가 넘습니다. window:를 줄이면 모두 실립니다",
    "feed-overfull.size": "{feed}: 기사 {count}건은 요약으로도 담을 수 없습니다",
    "feed-overfull.size-hint": "제목, 요약, 사진 설명, 정정 내용이 모두 포함됩니다. 긴 글은 본문에 적으세요",
    "entry-unshown.filled": "입력 {at}: 더 새로운 기사가 {feeds} 자리를 채워 어느 피드에도 없습니다",
    "entry-unshown.filled-hint": (
        "window:의 entries:를 늘리거나, {@published}: 줄을 지금 시각으로 고쳐 발행하세요(--allow-redate {id})"
    ),
    "entry-unshown.taken": "이 기사를 싣는 피드가 없습니다",
    "entry-unshown.taken-hint": "섹션, 태그, 기자를 feeds/의 select:와 비교하세요",
    "entry-unshown.more": "어느 피드에도 없는 새 기사가 {count}건 더 있습니다",
    "alias-type.document": (
        "{path}: 이전 주소는 피드인데, 파일 이름으로 형식을 정하는 서버는 {media_type} 형식으로 제공합니다"
    ),
    "alias-query.document": "{path}: 이전 주소는 피드인데, 정적 호스팅은 ? 앞의 {place} 주소로 응답합니다",
    "alias-query.hint": "`sosik serve`로 제공하거나 nginx, Caddy, Apache에 `sosik config`의 출력을 쓰세요",
    "alias-type.hint": (
        "nginx, Caddy, _headers의 형식 설정은 `sosik config`가 출력합니다. `sosik serve`는 바르게 제공합니다"
    ),
    # documents
    "feed-collision.document": "{path}: 주소가 겹치는 {other} 때문에 제외합니다",
    "feed-collision.document-of": "{path}: 주소가 겹치는 feeds/{owner}.yaml의 {other} 때문에 제외합니다",
    "feed-collision.article-hint": "두 기사 중 하나에 원문(link)을 적으세요",
    "feed-collision.path-hint": "둘 중 하나의 path:나 alias를 바꾸세요",
    "document-invalid.ill-formed": "{path}: 문서 형식이 올바르지 않습니다({reason}). 변경한 내용이 없습니다",
    # entries
    "name-similar.old": "새 {kind} {value!r:이} 발행한 기사의 {old!r:와} 비슷합니다",
    "name-similar.hint": "같은 것이면 {old:로} 적으세요",
    "name-similar.section": "섹션",
    "name-similar.tag": "태그",
    "name-similar.author": "기자",
    "entry-too-large.feeds": "제목, 요약, 사진 설명, 정정 내용이 {size}KB라 피드에 담을 수 없습니다",
    "entry-too-large.hint": "글은 {@body}: 아래에 적으세요. 본문을 빼면 몇 KB면 충분합니다",
    "render-failed.entry": "{reason}. 마지막으로 발행한 내용을 그대로 둡니다",
    "picture-changed.file": "기사를 읽은 뒤 사진이 바뀌어 지금은 제외합니다",
    "picture-changed.hint": "다시 발행하세요. 기사가 보류 중이면 먼저 그 문제를 해결하세요",
    "picture-lost.file": "발행한 사진의 사본이 손상됐거나 없고, content/에도 같은 사진이 없습니다",
    "picture-large.file": "사진이 {size}kB입니다. PostgreSQL에는 5,000kB 이하가 알맞습니다",
    "picture-large.hint": "사진을 줄이세요",
    "picture-lost.hint": "사진을 원래대로 되돌리거나, 백업에서 .sosik/media/를 되돌리세요",
    "relation-unknown.target": "{key}: {target!r:은} 발행된 기사가 아닙니다",
    "relation-unknown.hint": "다른 기사의 ID나 content/ 아래의 파일 경로를 적으세요",
}
