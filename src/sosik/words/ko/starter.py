"""The Korean of `sosik.words.en.starter`."""

TEXTS = {
    "starter.url-invalid": "{url!r}: 홈페이지 주소가 아닙니다. https://news.example.kr/처럼 적으세요",
    "starter.no-address": "{file}: 홈페이지 주소가 없습니다. --url https://news.example.kr/처럼 적으세요",
    "starter.old-file": "예전 피드: {file}",
    "starter.aliases": "예전 피드의 주소를 모릅니다. 예: aliases: [/rss/allArticle.xml]",
    "starter.select-section": "기사의 섹션과 같은 이름인지 확인하세요.",
    "starter.select-tag": "이름을 바로잡은 뒤 기사를 가져오세요. 이 피드의 기사에 태그로 붙습니다.",
    "starter.window": "예전 피드와 같은 건수입니다. 옮긴 지 한 주가 지나면 지워도 됩니다.",
    "starter.doubt": "예전 피드의 시각이 의심스럽습니다: {evidence}\n한국 시각이 맞으면 다음 줄의 #을 지우세요.",
}
