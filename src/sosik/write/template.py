"""A new entry file, with a comment on each of its keys: in Korean, keys too, and in English."""

KOREAN = """\
# 기사 ID(고유 번호)입니다. 한번 발행한 뒤에는 바꾸지 마세요.
id: {id}
제목: {title}
# 부제가 있으면 아래 두 줄 맨 앞의 #을 지우고 쓰세요.
# 부제:
#   - "첫째 부제"
{section}
# 태그: ["태그", "태그"]
{author}
# 입력 시각입니다. 비워 두면 sosik release가 출고할 때 적습니다. 기사를 고쳐도 이 줄은 그대로 둡니다.
입력:
# 사진은 이 파일 기준 상대 경로나 https:// 주소로 적습니다.
# 사진:
#   - 주소: "images/사진.jpg"
#     설명: "사진 설명"
#     제공: "사진 제공"
# 요약이 없으면 본문의 첫머리를 씁니다.
# 요약: "두세 문장으로 된 요약"
# 초안은 발행되지 않습니다. sosik release가 출고할 때 발행으로 바꿉니다.
상태: "초안"
# 본문은 아래에 두 칸씩 들여 쓰고, 문단 사이는 한 줄 비웁니다. 마크다운이나 HTML도 됩니다.
본문: |
{body}
"""

ENGLISH = """\
# The id of the article. Once published, it must not change.
id: {id}
title: {title}
# For subtitles take the # off the two lines below.
# subtitles:
#   - "First subtitle"
{section}
# tags: ["tag", "tag"]
{author}
# The time of publication. Left empty, sosik release writes it. It stays when the article is edited.
published:
# Pictures are paths from this file, or https:// addresses.
# images:
#   - url: "images/photo.jpg"
#     caption: "Caption"
#     credit: "Credit"
# Without a summary the beginning of the text is shown.
# summary: "Two or three sentences"
# A draft is not published. sosik release writes published in its place.
status: "draft"
# Write the text below, indented by two spaces, with a blank line between paragraphs. Markdown and HTML work, too.
body: |
{body}
"""
