"""A new entry file, with a comment on each of its keys."""

TEMPLATE = """\
# 기사의 이름표입니다. 한번 내보낸 뒤에는 바꾸지 마세요.
id: {id}
title: {title}
# 부제가 있으면 아래 두 줄의 앞 #를 지우고 쓰세요.
# subtitles:
#   - "첫째 부제"
{section}
# tags: ["태그", "태그"]
{author}
# 처음 내보내는 때입니다. 나중에 기사를 고쳐도 이 줄은 그대로 둡니다.
published: {stamp}
# 사진은 이 파일에서 본 자리나 https:// 주소로 적습니다.
# images:
#   - url: "images/사진.jpg"
#     caption: "사진 설명"
#     credit: "사진 제공"
# 요약이 없으면 본문의 첫머리를 씁니다.
# summary: "두세 문장으로 된 요약"
# draft로 두면 내보내지 않습니다. 내보낼 때 published로 바꾸세요.
status: "{status}"
# 본문은 아래에 두 칸씩 들여 쓰고, 문단 사이는 한 줄 비웁니다. 마크다운이나 HTML도 됩니다.
body: |
{body}
"""
