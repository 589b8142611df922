"""Places and regions as Korean newsrooms and browsers name them, and the zones of their clocks."""

from __future__ import annotations

from typing import Final

_REGIONS: Final = {
    "동부": "America/New_York",
    "중부": "America/Chicago",
    "산악": "America/Denver",
    "산지": "America/Denver",
    "서부": "America/Los_Angeles",
    "태평양": "America/Los_Angeles",
}
_PLACES: Final = {
    "Asia/Seoul": "한국 대한민국 국내 서울 우리나라 부산 세종 제주",
    "Asia/Pyongyang": "북한 평양 조선",
    "Asia/Tokyo": "일본 도쿄 동경 오사카 교토 나고야 고베 요코하마 후쿠오카 삿포로 홋카이도 오키나와 나하 히로시마 "
    "센다이",
    "Asia/Shanghai": "중국 베이징 북경 상하이 상해 광저우 선전 톈진 천진 칭다오 다롄 선양 하얼빈 옌볜 충칭 청두 우한 "
    "항저우 난징 시안",
    "Asia/Hong_Kong": "홍콩",
    "Asia/Macau": "마카오",
    "Asia/Taipei": "대만 타이완 타이베이 가오슝",
    "Asia/Ulaanbaatar": "울란바토르",
    "Asia/Manila": "필리핀 마닐라 세부 보라카이",
    "Asia/Ho_Chi_Minh": "베트남 하노이 호찌민 호치민 다낭 나트랑 푸꾸옥 하이퐁",
    "Asia/Bangkok": "태국 타이 방콕 푸껫 푸켓 치앙마이 파타야",
    "Asia/Phnom_Penh": "캄보디아 프놈펜 시엠레아프",
    "Asia/Vientiane": "라오스 비엔티안",
    "Asia/Yangon": "미얀마 양곤 네피도",
    "Asia/Singapore": "싱가포르 싱가폴",
    "Asia/Kuala_Lumpur": "말레이시아 쿠알라룸푸르 코타키나발루",
    "Asia/Brunei": "브루나이",
    "Asia/Jakarta": "자카르타",
    "Asia/Makassar": "발리 덴파사르",
    "Asia/Kolkata": "인도 뉴델리 델리 뭄바이 첸나이 벵갈루루 콜카타",
    "Asia/Colombo": "스리랑카 콜롬보",
    "Asia/Kathmandu": "네팔 카트만두",
    "Asia/Dhaka": "방글라데시 다카",
    "Asia/Karachi": "파키스탄 이슬라마바드 카라치",
    "Asia/Kabul": "아프가니스탄 아프간 카불",
    "Asia/Tashkent": "우즈베키스탄 타슈켄트",
    "Asia/Almaty": "알마티 아스타나",
    "Asia/Bishkek": "키르기스스탄 비슈케크",
    "Asia/Tbilisi": "조지아 트빌리시",
    "Asia/Yerevan": "아르메니아 예레반",
    "Asia/Baku": "아제르바이잔 바쿠",
    "Asia/Dubai": "두바이 아부다비 아랍에미리트 아랍에미리트연합 UAE",
    "Asia/Muscat": "오만 무스카트",
    "Asia/Qatar": "카타르 도하",
    "Asia/Bahrain": "바레인 마나마",
    "Asia/Kuwait": "쿠웨이트 쿠웨이트시티",
    "Asia/Riyadh": "사우디아라비아 사우디 리야드 제다 메카",
    "Asia/Aden": "예멘 사나",
    "Asia/Baghdad": "이라크 바그다드",
    "Asia/Tehran": "이란 테헤란",
    "Asia/Amman": "요르단 암만",
    "Asia/Damascus": "시리아 다마스쿠스",
    "Asia/Beirut": "레바논 베이루트",
    "Asia/Jerusalem": "이스라엘 예루살렘 텔아비브",
    "Asia/Gaza": "가자 가자지구 팔레스타인",
    "Asia/Vladivostok": "블라디보스토크",
    "Africa/Cairo": "이집트 카이로",
    "Africa/Tripoli": "리비아 트리폴리",
    "Africa/Tunis": "튀니지 튀니스",
    "Africa/Algiers": "알제리 알제",
    "Africa/Casablanca": "모로코 라바트 카사블랑카 마라케시",
    "Africa/Lagos": "나이지리아 아부자 라고스",
    "Africa/Accra": "가나 아크라",
    "Africa/Dakar": "세네갈 다카르",
    "Africa/Nairobi": "케냐 나이로비",
    "Africa/Addis_Ababa": "에티오피아 아디스아바바",
    "Africa/Khartoum": "수단 하르툼",
    "Africa/Dar_es_Salaam": "탄자니아",
    "Africa/Kampala": "우간다 캄팔라",
    "Africa/Johannesburg": "남아공 남아프리카공화국 요하네스버그 케이프타운 프리토리아 더반",
    "Europe/Istanbul": "튀르키예 터키 이스탄불 앙카라",
    "Europe/Moscow": "모스크바 상트페테르부르크",
    "Europe/Minsk": "벨라루스 민스크",
    "Europe/Kyiv": "우크라이나 키이우 키예프 르비우 오데사 하르키우",
    "Europe/Chisinau": "몰도바 키시너우",
    "Europe/Bucharest": "루마니아 부쿠레슈티",
    "Europe/Sofia": "불가리아 소피아",
    "Europe/Athens": "그리스 아테네",
    "Asia/Nicosia": "키프로스 니코시아",
    "Europe/London": "영국 런던 맨체스터 리버풀 에든버러 글래스고 버밍엄 스코틀랜드 잉글랜드 웨일스",
    "Europe/Dublin": "아일랜드 더블린",
    "Europe/Lisbon": "리스본 포르투",
    "Atlantic/Reykjavik": "아이슬란드 레이캬비크",
    "Europe/Paris": "프랑스 파리 마르세유 리옹 니스 스트라스부르",
    "Europe/Monaco": "모나코",
    "Europe/Berlin": "독일 베를린 프랑크푸르트 뮌헨 함부르크 쾰른 도르트문트 뒤셀도르프 슈투트가르트 라이프치히",
    "Europe/Rome": "이탈리아 로마 밀라노 베네치아 나폴리 토리노 피렌체",
    "Europe/Vatican": "바티칸 교황청",
    "Europe/Malta": "몰타",
    "Europe/Madrid": "마드리드 바르셀로나 발렌시아 세비야",
    "Europe/Zurich": "스위스 제네바 취리히 다보스 베른 로잔 바젤",
    "Europe/Vienna": "오스트리아 빈 비엔나 잘츠부르크",
    "Europe/Brussels": "벨기에 브뤼셀",
    "Europe/Luxembourg": "룩셈부르크",
    "Europe/Amsterdam": "네덜란드 암스테르담 헤이그 로테르담 에인트호번",
    "Europe/Stockholm": "스웨덴 스톡홀름",
    "Europe/Oslo": "노르웨이 오슬로",
    "Europe/Copenhagen": "덴마크 코펜하겐",
    "Europe/Helsinki": "핀란드 헬싱키",
    "Europe/Tallinn": "에스토니아 탈린",
    "Europe/Riga": "라트비아 리가",
    "Europe/Vilnius": "리투아니아 빌뉴스",
    "Europe/Warsaw": "폴란드 바르샤바 크라쿠프",
    "Europe/Prague": "체코 프라하",
    "Europe/Bratislava": "슬로바키아 브라티슬라바",
    "Europe/Budapest": "헝가리 부다페스트",
    "Europe/Ljubljana": "슬로베니아 류블랴나",
    "Europe/Zagreb": "크로아티아 자그레브",
    "Europe/Belgrade": "세르비아 베오그라드",
    "Europe/Sarajevo": "사라예보",
    "Europe/Tirane": "알바니아 티라나",
    "America/New_York": "뉴욕 워싱턴 워싱턴DC 보스턴 애틀랜타 마이애미 필라델피아 볼티모어 올랜도 클리블랜드 피츠버그 "
    "뉴저지 맨해튼 백악관 월가",
    "America/Detroit": "디트로이트",
    "America/Chicago": "시카고 휴스턴 댈러스 오스틴 샌안토니오 미니애폴리스 뉴올리언스 밀워키 세인트루이스 멤피스",
    "America/Denver": "덴버 솔트레이크시티",
    "America/Phoenix": "피닉스",
    "America/Los_Angeles": "로스앤젤레스 LA 샌프란시스코 시애틀 라스베이거스 라스베가스 샌디에이고 샌디에고 실리콘밸리 "
    "새너제이 새크라멘토 캘리포니아 캘리포니아주 할리우드",
    "America/Anchorage": "알래스카 앵커리지",
    "Pacific/Honolulu": "하와이 호놀룰루",
    "America/Toronto": "토론토 오타와 몬트리올 퀘벡",
    "America/Edmonton": "캘거리 에드먼턴",
    "America/Winnipeg": "위니펙",
    "America/Vancouver": "밴쿠버",
    "America/Mexico_City": "멕시코시티 과달라하라 몬테레이",
    "America/Havana": "쿠바 아바나",
    "America/Port-au-Prince": "아이티 포르토프랭스",
    "America/Jamaica": "자메이카",
    "America/Puerto_Rico": "푸에르토리코",
    "America/Panama": "파나마 파나마시티",
    "America/Guatemala": "과테말라",
    "America/El_Salvador": "엘살바도르",
    "America/Costa_Rica": "코스타리카",
    "America/Bogota": "콜롬비아 보고타",
    "America/Caracas": "베네수엘라 카라카스",
    "America/Lima": "페루 리마",
    "America/La_Paz": "볼리비아 라파스",
    "America/Santiago": "산티아고",
    "America/Asuncion": "파라과이 아순시온",
    "America/Montevideo": "우루과이 몬테비데오",
    "America/Sao_Paulo": "상파울루 리우데자네이루 리우 브라질리아",
    "America/Argentina/Buenos_Aires": "부에노스아이레스 아르헨티나",
    "Australia/Sydney": "시드니 캔버라",
    "Australia/Melbourne": "멜버른 멜번",
    "Australia/Brisbane": "브리즈번 골드코스트",
    "Australia/Adelaide": "애들레이드",
    "Australia/Perth": "퍼스",
    "Pacific/Auckland": "뉴질랜드 오클랜드 웰링턴 크라이스트처치",
    "Pacific/Guam": "괌",
    "Pacific/Saipan": "사이판",
    "Pacific/Fiji": "피지",
    "Pacific/Port_Moresby": "파푸아뉴기니",
    "Pacific/Palau": "팔라우",
}
PLACES: Final = {place: name for name, places in _PLACES.items() for place in places.split()}
"""Zones by the places whose local time a newsroom gives; countries of one zone only."""

_MANY_ZONES: Final = (
    "미국|미|캐나다|북미|호주|브라질|러시아|멕시코|인도네시아|카자흐스탄|몽골|스페인|포르투갈|칠레|에콰도르"
)
_BY = r"(?: ?기준)?(?![가-힣])"
REGION: Final = (
    r"(?:미국|미|캐나다|북미)? ?(?P<region>"
    + "|".join(_REGIONS)
    + r") ?(?:현지 ?시[간각]|(?P<summer>서머 ?타임)(?: ?시[간각]?)?"
    + r"|(?:(?P<season>표준|하계|일광 ?절약) ?)?(?:표준 ?)?(?:시[간각]?|타임))"
    + _BY
)
PLACE: Final = (
    rf"(?:(?:{_MANY_ZONES}|(?:{'|'.join(sorted(PLACES, key=len, reverse=True))})) )?"
    r"(?P<place>"
    + "|".join(sorted(PLACES, key=len, reverse=True))
    + r")(?:의|시)? ?(?:현지 ?시[간각]|현지|표준 ?시[간각]?|시[간각])"
    + _BY
)
UNNAMED: Final = (
    rf"(?:{_MANY_ZONES.replace('|미|', '|')}|(?:중앙 ?|중부 ?|[동서남북] ?)?유럽|중동|[남북]미|동남아|세계)"
    r" ?(?:하계 ?)?(?:표준시|시[간각])(?![가-힣])"
)
"""Times of regions that have many."""
UNIVERSAL: Final = (
    rf"(?:협정 ?세계시|세계 ?협정시|세계 ?표준시|국제 ?표준시|그리니치 ?(?:평균시|표준시|시[간각]?)){_BY}"
    r"|Coordinated Universal Time|Greenwich Mean Time"
)
TZ_NAME: Final = (
    r"(?i:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific|US)/[A-Za-z_/]+"
)
COUNTED_WEST: Final = "Etc/GMT"
"""Behind it the tz database counts hours west of Greenwich: Etc/GMT-9 is Seoul's."""


def named_region(region: str, season: str | None) -> str:
    """The zone of a region of North America, or the name of its winter or summer time."""
    letter = {"동부": "E", "중부": "C", "산악": "M", "산지": "M", "서부": "P", "태평양": "P"}[region]
    if season is None:
        return _REGIONS[region]
    name = letter + ("ST" if season == "표준" else "DT")
    return f"US {name}" if name == "CST" else name


_ENGLISH: Final = {"Eastern": "E", "Central": "C", "Mountain": "M", "Pacific": "P"}
ENGLISH: Final = (
    r"(?:(?:US|U\.S\.|North American?) )?(?P<english_region>Eastern|Central|Mountain|Pacific)"
    r" (?:(?P<english_season>Standard|Daylight) )?[Tt]ime(?: \(US (?:&|and) Canada\))?"
)
"""As browsers write it behind the offset, and as agencies do."""
_ENGLISH_PLACES: Final = {
    "Central European": "Europe/Paris",
    "Eastern European": "Europe/Athens",
    "Western European": "Europe/Lisbon",
    "Japan": "Asia/Tokyo",
    "China": "Asia/Shanghai",
    "Hong Kong": "Asia/Hong_Kong",
    "Taipei": "Asia/Taipei",
    "India": "Asia/Kolkata",
    "Singapore": "Asia/Singapore",
    "Moscow": "Europe/Moscow",
    "Korea": "Asia/Seoul",
    "Korean": "Asia/Seoul",
    "Seoul": "Asia/Seoul",
    "Tokyo": "Asia/Tokyo",
    "Beijing": "Asia/Shanghai",
    "New York": "America/New_York",
    "Washington": "America/New_York",
    "Los Angeles": "America/Los_Angeles",
    "London": "Europe/London",
    "British": "Europe/London",
    "Paris": "Europe/Paris",
    "Berlin": "Europe/Berlin",
}
ENGLISH_PLACE: Final = (
    rf"(?P<english_place>{'|'.join(_ENGLISH_PLACES)}) (?:(?:[Ss]tandard|[Ss]ummer|[Ll]ocal) )?[Tt]ime(?![A-Za-z])"
)


def english_zone(region: str, season: str | None) -> str:
    """The letters of a zone that is written out."""
    letter = _ENGLISH[region]
    if season is None:
        return letter + "T"
    name = letter + season[0] + "T"
    return f"US {name}" if name == "CST" else name


def english_place(place: str) -> str:
    """The zone of a place in English."""
    return _ENGLISH_PLACES[place]


def spelled_as_known(name: str) -> str:
    """The name of a zone with the capitals of the tz database: asia/seoul."""
    if name != name.lower():
        return name
    return "/".join("_".join(word.capitalize() for word in part.split("_")) for part in name.split("/"))
