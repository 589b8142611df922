"""The Korean of `sosik.words.en.announce`."""

TEXTS: dict[str, str] = {
    "announce.still-old": "{address}: 아직 이전 내용이 보입니다",
    "announce.different": "{address}: 내용이 다르고 오래됐습니다. 10분 뒤에는 그대로 알립니다",
    "announce.unreadable": "{address}: 읽을 수 있는 피드가 없습니다. 10분 뒤에는 그대로 알립니다",
    "announce.redirected": "{address}: {location} 주소로 리다이렉트됩니다. 10분 뒤에는 그대로 알립니다",
    "announce.guarded": (
        "{address}: {status} 응답으로 거부합니다. 독자의 리더도 막힙니다. 허브에는 10분 뒤에 그대로 알립니다"
    ),
    "announce.unreachable": "{address}: 접속할 수 없습니다({reason})",
    "announce.status": "{address}: 응답 상태 {status}",
    "announce.no-key": "{address}: 키가 없습니다",
    "announce.moved": "주소가 바뀌었습니다(상태 {status}). 새 주소를 feeds/publication.yaml에 적으세요",
    "announce.answered": "응답 {status}",
}
