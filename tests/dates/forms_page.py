"""The table of forms in docs/dates.md and its Korean twin.

`PYTHONPATH=src:tests python -m dates.forms_page` writes both anew.
"""

from pathlib import Path

from sosik.dates.forms import FORMS, Layer

PAGE = Path(__file__).parents[2] / "docs" / "dates.md"
KOREAN_PAGE = PAGE.with_name("dates.ko.md")
BEGIN, END = "<!-- forms: made from src/sosik/dates/forms.py -->\n", "<!-- end of forms -->\n"
HEADS = {
    Layer.DATE: ("Dates", "날짜"),
    Layer.CLOCK: ("Times of day, behind a date or alone", "날짜 뒤나 혼자 있는 시각"),
    Layer.ISO_CLOCK: ("Times of day behind the T of ISO 8601", "ISO 8601의 T 뒤에 오는 시각"),
    Layer.ZONE: ("Offsets behind a time of day", "시각 뒤의 시차"),
    Layer.LOST_PLUS: ("An offset that lost its plus sign to URL decoding", "URL을 풀면서 + 기호가 사라진 시차"),
    Layer.OTHER_CLOCK: (
        "The same time in another zone, behind a time of day",
        "시각 뒤에 적은 다른 시간대의 같은 시각",
    ),
    Layer.NAME_CLOCK: ("Times of day in the names of files", "파일 이름의 시각"),
    Layer.RELATIVE: ("Counted from the reference", "기준 시각에서 세는 날짜"),
}
COLUMNS = ("form | example | pattern", "형식 | 예 | 패턴")


def table(language: int) -> str:
    """The forms by layer: name, example, and the pattern they are matched by; in English (0) or Korean (1)."""
    parts = []
    for layer, heads in HEADS.items():
        parts.append(f"\n{heads[language]}\n\n| {COLUMNS[language]} |\n|---|---|---|\n")
        parts += [
            f"| {escaped(form.name)} | `{form.example}` | `{form.pattern}` |\n" for form in FORMS if form.layer is layer
        ]
    return "".join(parts)


def escaped(name: str) -> str:
    return name.replace("_", r"\_")


def fresh(path: Path) -> str:
    """The page with its table made anew."""
    page = path.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + table(int(path == KOREAN_PAGE)) + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    for path in (PAGE, KOREAN_PAGE):
        path.write_text(fresh(path), "utf-8")
