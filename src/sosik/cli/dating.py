"""date: what a date text means; it starts without what builds feeds."""

from datetime import datetime

import click

from sosik.cli.options import instant, json_option
from sosik.cli.output import leave, print_json, said
from sosik.cli.root import about
from sosik.dates import Explanation, Slot, explain, format_rfc3339
from sosik.words import Message


@click.command("date", help=about("date", Message("cli.date-more")))
@click.argument("text", metavar="DATE")
@click.option(
    "--slot",
    default="stamp",
    show_default=True,
    type=click.Choice([str(slot) for slot in Slot]),
    help=said(Message("cli.date-slot")),
)
@click.option("--reference", type=instant, help=said(Message("cli.date-reference")))
@json_option
def date_command(text: str, slot: str, reference: datetime | None, as_json: bool) -> None:
    """Print what a date text means; one that cannot be read makes the exit status 1."""
    explanation = explain(text, slot=slot, reference=reference)
    if as_json:
        print_json(_explanation_record(explanation))
    else:
        click.echo("\n".join(map(said, explanation.lines)))
    leave(failed=explanation.error is not None)


def _explanation_record(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as `--json` shows it; `value` is no finer than its precision."""
    stamps = [
        {
            "role": stamp.role,
            "value": stamp.value,
            "precision": stamp.precision,
            "instant": format_rfc3339(stamp.timestamp.instant),
            "form": form,
            "notes": [said(note.message) for note in stamp.timestamp.notes],
        }
        for stamp, form in zip(explanation.stamps, explanation.forms, strict=False)
    ]
    return {
        "text": explanation.text,
        "slot": explanation.slot,
        "stamps": stamps,
        "tokens": [
            {"text": text, "meaning": said(meaning), "account": said(account)}
            for (text, meaning), account in zip(explanation.tokens, explanation.accounts, strict=True)
        ],
        "error": None if explanation.error is None else said(explanation.error.message),
    }
