"""docs/problems.md and docs/problems.ko.md, made from the table of codes: `python tests/problems_page.py [ko]`."""

import sys

from sosik.errors import CODES
from sosik.words import Message, say

HEADS = {
    "en": """\
# Problems

한국어: [problems.ko.md](problems.ko.md)

`sosik check` and `sosik build` report problems as `file:line:column: error or warning: code: message`, with a hint. An
**error** holds the entry (or the feed) back: its last good version stays published, and the exit status is 1. A
**warning** holds nothing back. This page is made from the table in `src/sosik/errors.py`.

| code | severity | meaning |
|---|---|---|
""",
    "ko": """\
# 문제 코드

English: [problems.md](problems.md)

`sosik check`와 `sosik build`가 알리는 문제입니다. `파일:행:열: 오류 또는 경고: 코드: 내용`과 해결 방법을 표시합니다.
**오류**가 있으면 기사(또는 피드)를 보류하고 마지막으로 발행한 내용을 그대로 두며, 종료 코드는 1입니다.
**경고**는 알리기만 합니다. 이 문서는 `src/sosik/errors.py`의 표로 만듭니다.

| 코드 | 구분 | 뜻 |
|---|---|---|
""",
}


def page(language: str = "en") -> str:
    """Return the page in a language."""

    def row(code: str, severity: str) -> str:
        told = say(Message(f"code.{code}"), language)
        return f"| `{code}` | {say(Message(f'errors.{severity}'), language)} | {told} |\n"

    return HEADS[language] + "".join(row(code, severity) for code, severity in sorted(CODES.items()))


if __name__ == "__main__":
    sys.stdout.write(page(*sys.argv[1:]))
