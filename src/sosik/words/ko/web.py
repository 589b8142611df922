"""The Korean of `sosik.words.en.web`."""

TEXTS: dict[str, str] = {
    "web.too-slow": "{seconds}초 안에 응답이 없습니다",
    "web.no-host": "없는 호스트 이름입니다",
    "web.certificate": "인증서를 신뢰할 수 없습니다({reason})",
    "web.system": "{reason}",
    "web.broken-off": "연결이 끊겼습니다",
    "web.no-http": "HTTP 응답이 아닙니다",
    "web.private": "{address}: 공개 주소가 아닙니다",
    "web.leads-away": "{address} 주소로 리다이렉트되어 가져오지 않습니다",
}
