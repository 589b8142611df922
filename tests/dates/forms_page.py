"""The table of forms in docs/dates.md: `PYTHONPATH=src:tests python -m dates.forms_page` writes it anew."""

from pathlib import Path

from sosik.dates.forms import FORMS, Layer

PAGE = Path(__file__).parents[2] / "docs" / "dates.md"
BEGIN, END = "<!-- forms: made from src/sosik/dates/forms.py -->\n", "<!-- end of forms -->\n"
HEADS = {
    Layer.DATE: "Dates",
    Layer.CLOCK: "Times of day, behind a date or alone",
    Layer.ISO_CLOCK: "Times of day behind the T of ISO 8601",
    Layer.ZONE: "Offsets behind a time of day",
    Layer.LOST_PLUS: "An offset that lost its plus sign to URL decoding",
    Layer.OTHER_CLOCK: "The same time in another zone, behind a time of day",
    Layer.NAME_CLOCK: "Times of day in the names of files",
    Layer.RELATIVE: "Counted from the reference",
}


def table() -> str:
    """The forms by layer: name, example, and the pattern they are matched by."""
    parts = []
    for layer, head in HEADS.items():
        parts.append(f"\n{head}\n\n| form | example | pattern |\n|---|---|---|\n")
        parts += [
            f"| {escaped(form.name)} | `{form.example}` | `{form.pattern}` |\n" for form in FORMS if form.layer is layer
        ]
    return "".join(parts)


def escaped(name: str) -> str:
    return name.replace("_", r"\_")


def fresh(page: str) -> str:
    """The page with its table made anew."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + table() + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(fresh(PAGE.read_text("utf-8")), "utf-8")
