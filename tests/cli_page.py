"""docs/cli.md and docs/cli.ko.md, made of the commands themselves: `python tests/cli_page.py [ko] > docs/cli.md`.

A process makes one of them: help is made of messages where commands are imported, in the language it has then.
"""

import re
import sys
from collections.abc import Iterator

import click

from sosik.cli.language import let_click_speak, speak_as_asked

HEADS = {
    "en": """\
# Commands

한국어: [cli.ko.md](cli.ko.md)

Every command with its options. `sosik COMMAND --help` prints the same. This page is made from the commands.

""",
    "ko": """\
# 명령어

English: [cli.md](cli.md)

모든 명령과 옵션입니다. `sosik 명령 --help`에서도 같은 내용을 볼 수 있습니다. 이 문서는 명령의 정의로 만듭니다.

""",
}
COLUMNS = {"en": ("option", "meaning"), "ko": ("옵션", "뜻")}
MARKUP = re.compile(r"[*_<\[\]]")
_AS_IT_STANDS = "\b\n"
"""What click wants before a paragraph that keeps its lines."""


def page(language: str = "en") -> str:
    """Return the page in a language; call it before anything imports the commands."""
    speak_as_asked(["--lang", language])
    let_click_speak()
    from sosik.cli.root import sosik

    return HEADS[language] + "\n".join(described(sosik, click.Context(sosik, info_name="sosik"), language))


def described(command: click.Command, context: click.Context, language: str) -> Iterator[str]:
    """Yield what is said of a command, and then of each below it."""
    yield f"{'##' if context.parent is None else '###'} `{context.command_path}`\n"
    yield f"```text\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```\n"
    for paragraph in (command.help or "").strip().split("\n\n"):
        kept = paragraph.removeprefix(_AS_IT_STANDS)
        yield f"{plain(kept)}\n" if kept == paragraph else f"```text\n{kept}\n```\n"
    yield from table(command, context, language)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from described(below, click.Context(below, info_name=name, parent=context), language)


def table(command: click.Command, context: click.Context, language: str) -> Iterator[str]:
    """Yield the table of a command's options, but for --help."""
    records = [param.get_help_record(context) for param in command.params]
    rows = [(name.replace("|", "\\|"), plain(text)) for name, text in filter(None, records) if text]
    if rows:
        head = "| {} | {} |\n|---|---|".format(*COLUMNS[language])
        yield "\n".join([head, *(f"| `{name}` | {text} |" for name, text in rows), ""])


def plain(text: str) -> str:
    """Return a text with what Markdown would read as markup escaped, but for what it marks as code."""
    parts = text.replace("|", "\\|").split("`")
    return "`".join(part if number % 2 else MARKUP.sub(r"\\\g<0>", part) for number, part in enumerate(parts))


if __name__ == "__main__":
    sys.stdout.write(page(*sys.argv[1:]))
