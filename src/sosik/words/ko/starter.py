"""The Korean of `sosik.words.en.starter`."""

TEXTS = {
    "starter.url-invalid": "{url!r}: 홈페이지 주소가 아닙니다. https://news.example.kr/처럼 적으세요",
    "starter.no-address": "{file}: 홈페이지 주소가 없습니다. --url https://news.example.kr/처럼 적으세요",
}
