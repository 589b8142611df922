"""The Korean of `sosik.words.en.audience`."""

TEXTS = {
    # logs
    "audience.log-unreadable": "{name}: 끝까지 읽을 수 없습니다({reason})",
    "audience.log-damaged": "손상됐거나 중간에 끊겼습니다",
    "audience.line-not-combined": "combined 형식의 줄이 아닙니다",
    "audience.line-not-caddy": "Caddy 로그의 줄이 아닙니다",
    "audience.minute-unknown": "없는 시각입니다",
    "audience.minute-impossible": "서버 로그에 있을 수 없는 시각입니다",
    # what was found
    "audience.kind-service": "서비스",
    "audience.kind-reader": "리더",
    "audience.kind-search": "검색",
    "audience.kind-browser": "브라우저",
    "audience.kind-other": "기타",
    "audience.other-robots": "기타 로봇",
    "audience.browsers": "브라우저",
    "audience.others": "기타",
    "audience.never-asks": "ETag·Last-Modified를 쓰지 않음",
    "audience.too-often": "확인이 너무 잦음",
    "audience.unbelieved": (
        "구독자 수를 믿을 수 없는 확인 {count}건({most:,}명 초과 또는 한 피드에 너무 많은 feed-id)"
    ),
    "audience.requests-uncounted": "피드나 날짜가 너무 많아 따로 세지 못한 요청 {count}건",
    "audience.clients-forgotten": "너무 많아 추적하지 못한 클라이언트 {count}개",
    "audience.estimates": "리더가 많아 추정한 값입니다",
    "audience.seconds": "{count:,}초",
    # on the terminal
    "audience.summary-lines": (
        "{lines:,}줄: 피드 확인 {polls:,}건, 기타 요청 {elsewhere:,}건, 거부 {refused:,}건, 잘못된 줄 {malformed:,}건"
    ),
    "audience.summary-span": "{first}부터 {last}까지",
    "audience.summary-people": "서비스가 밝힌 구독자 {subscribers:,}명, 그 밖의 리더 약 {readers:,}개",
    "audience.summary-traffic": "304 응답 {share}, 전송 {sent}, 절약 약 {saved}",
    "audience.feeds": "피드",
    "audience.services": "서비스와 리더",
    "audience.days": "날짜",
    "audience.wasteful": "낭비가 많은 클라이언트",
    "audience.column-feed": "피드",
    "audience.column-name": "이름",
    "audience.column-kind": "종류",
    "audience.column-day": "날짜",
    "audience.column-client": "클라이언트",
    "audience.column-agent": "에이전트",
    "audience.column-why": "이유",
    "audience.subscribers": "구독자",
    "audience.readers": "리더",
    "audience.polls": "확인",
    "audience.sent": "전송",
    "audience.saved": "절약",
    "audience.every": "간격",
    "audience.wasted": "낭비",
    # on the page
    "audience.title": "피드 구독 현황",
    "audience.page-lines": "{lines:,}줄 중 잘못된 줄 {malformed:,}건입니다.",
    "audience.page-span": "{first}부터 {last}까지 {lines:,}줄, 잘못된 줄 {malformed:,}건입니다.",
    "audience.readers-besides": "그 밖의 리더",
    "audience.unchanged": "304 응답",
    "audience.explanation": (
        "구독자는 피들리(Feedly) 같은 서비스가 밝힌 하루 최댓값이며 검증되지 않았습니다. 그 밖의 리더는 구독자 "
        "수를 밝히지 않는 하루 클라이언트 수로, 추정값입니다."
    ),
    "audience.day-by-day": "날짜별",
    "audience.chart-subscribers": "구독자(서비스가 밝힌 수)",
    "audience.chart-readers": "구독자 수를 밝히지 않는 리더(추정)",
    "audience.chart-unchanged": "304로 응답한 확인",
    "audience.wasteful-page": "낭비가 가장 많은 클라이언트",
    "audience.head-feed": "피드",
    "audience.head-name": "이름",
    "audience.head-kind": "종류",
    "audience.head-client": "클라이언트",
    "audience.head-why": "이유",
}
