"""Everything that sosik says, it says in Korean too: whole, in the same places, and no word of English between."""

import gettext
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import click
import pytest

from click_strings import catalogue
from newsrooms import ARTICLE, Newsroom, Unpack
from sosik.cli.language import chosen, options
from sosik.cli.root import COMMANDS
from sosik.words import Message, say
from sosik.words.en import ENGLISH
from sosik.words.ko import KOREAN
from sosik.words.ko.click import PLURALS, TEXTS
from test_bad_input import BAD_ENTRIES
from test_words import placeholders

HANGUL = re.compile(r"[가-힣]")

NAMES = re.compile(
    r"`[^`]*`|\{\{.*\}\}|\{[^}]*\}|<[^>]*>|\"[^\"]*\"|'[^']*'|\(date -Is\)|[a-z_]+: ?…|https?://\S*"
    r"|(?:sudo )?(?:sosik|iconv|convmv|certbot)( -{0,2}[A-Za-z0-9./_-]+)+|--?[a-z][a-z-]*|\S*[/_.:=<>*]\S*"
)
"""What is written in English in Korean sentences, too: commands, options, keys with values, paths, examples."""

ENGLISH_WORDS = frozenset(
    re.findall(
        r"[a-z]+",
        "a an the of to in on at by for from with without and or not no is are was were be been has have had its this "
        "that these those there here which who whose what when where why how all any every one two only more most less "
        "than then so but if as into out up down write read make take put give keep leave run show file folder article "
        "articles entry document documents day line key value reader readers missing invalid unknown duplicate cannot",
    )
)
"""Words that stand in nearly every English sentence of ours, and name no key."""

SAME = {
    key
    for key, text in ENGLISH.items()
    if not re.search(r"[A-Za-z]{3}", re.sub(r"\{[^}]*\}", "", text)) or key in {"web.system", "store.text"}
}
"""Texts that are only values and marks."""


def columns(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)


def english_in(text: str) -> list[str]:
    """Return the words of English that stand in a text between its names."""
    words = re.findall(r"(?<![A-Za-z-])[A-Z]?[a-z]+(?![A-Za-z-])|(?<![A-Za-z-])a(?![A-Za-z-])", NAMES.sub(" ", text))
    return [word for word in words if word.lower() in ENGLISH_WORDS]


def test_the_tables_have_the_same_texts() -> None:
    assert KOREAN.keys() == ENGLISH.keys()


@pytest.mark.parametrize("key", ENGLISH)
def test_a_text_has_places_for_the_same_values(key: str) -> None:
    assert placeholders(KOREAN[key]) == placeholders(ENGLISH[key])


@pytest.mark.parametrize("key", KOREAN)
def test_a_text_is_korean_and_any_terminal_shows_it(key: str) -> None:
    text = KOREAN[key]

    assert HANGUL.search(text) or key in SAME or english_in(text) == []
    assert english_in(text) == []
    text.encode("cp949")


def test_words_that_were_agreed_on_are_used() -> None:
    """As newsrooms write them (RSS 리더, 이메일, 피들리, 기사 ID), and polite forms alone."""
    avoided = re.compile(r"피드리|전자우편|이름표\(id|열쇠말|어림잡|견주|손님|거두어|하십시오|십시오")

    assert [key for key, text in KOREAN.items() if avoided.search(text)] == []


def test_a_message_speaks_the_language_asked_for() -> None:
    message = Message("cli.count-new", count=3)

    assert say(message, "ko") == "신규 3건"
    assert say(message, "en") == str(message) == "3 new"


# --- what click says


def test_the_catalogue_is_as_the_table_says() -> None:
    kept = files("sosik.words.ko").joinpath("LC_MESSAGES", "sosik.mo").read_bytes()

    assert kept == catalogue(), "python tests/click_strings.py > src/sosik/words/ko/LC_MESSAGES/sosik.mo"


def test_gettext_reads_it() -> None:
    read = gettext.GNUTranslations(BytesIO(catalogue()))

    assert read.gettext("Usage:") == "사용법:"
    one, many = next(iter(PLURALS))
    assert read.ngettext(one, many, 1) == read.ngettext(one, many, 3) == PLURALS[one, many]


@pytest.mark.parametrize("text", [*TEXTS, *(form for forms in PLURALS for form in forms)])
def test_click_says_what_is_translated(text: str) -> None:
    folder = Path(click.__file__).parent
    source = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    written = text.replace("\n", "\\n").replace("\t", "\\t")
    by_code = {"File", "Directory", "Path", "No such option: {name}", "Positional arguments", "Options", "required"}

    assert written in source or text in by_code


# --- in which language


@pytest.mark.parametrize(
    ("asked", "environment", "publication", "expected"),
    [
        ("ko", {"SOSIK_LANG": "en"}, "en", "ko"),
        ("en", {"SOSIK_LANG": "ko"}, "ko", "en"),
        ("", {"SOSIK_LANG": "ko", "LANG": "en_US.UTF-8"}, "en", "ko"),
        ("", {"SOSIK_LANG": "", "LANG": "ko_KR.UTF-8"}, "en", "en"),
        ("", {"LANG": "en_US.UTF-8"}, "ko", "ko"),
        ("", {"LANG": "ko_KR.UTF-8"}, None, "ko"),
        ("", {"LC_ALL": "C.UTF-8", "LANG": "ko_KR.UTF-8"}, None, "en"),
        ("", {"LC_MESSAGES": "ko_KR.eucKR", "LANG": "C"}, None, "ko"),
        ("", {"LANG": "fr_FR.UTF-8"}, None, "en"),
        ("", {"LANG": "en_US.UTF-8"}, "ja", "en"),
    ],
)
def test_the_nearest_word_counts(
    asked: str, environment: Mapping[str, str], publication: str | None, expected: str
) -> None:
    assert chosen(asked, environment, publication) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--lang", "ko", "-C", "paper", "build"], {"--lang": "ko", "-C": "paper"}),
        (["--lang=en", "-Cpaper", "build", "--lang", "ko"], {"--lang": "en", "-C": "paper"}),
        (["new", "--lang", "ko"], {}),
        (["-C"], {"-C": ""}),
        ([], {}),
    ],
)
def test_options_before_the_command_are_found(arguments: list[str], expected: dict[str, str]) -> None:
    assert options(arguments) == expected


# --- as a person meets it


def run(room: Path, *arguments: str, **environment: str) -> str:
    """Run a command as a person does, and return all that it prints."""
    given = {name: value for name, value in os.environ.items() if name not in ("SOSIK_LANG", "LANG", "LC_ALL")}
    done = subprocess.run(
        [sys.executable, "-m", "sosik", *arguments],
        cwd=room,
        env={**given, "LANG": "C.UTF-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["import", "page"]], ids=" ".join)
def test_help_is_korean_and_has_room(tmp_path: Path, command: list[str]) -> None:
    text = run(tmp_path, "--lang", "ko", *command, "--help")

    assert "사용법: " in text
    for line in text.splitlines():
        said = re.sub(r"^  (-\S+(, --\S+)?( [A-Z가-힣|]+( RANGE)?)?|[a-z]+ )|\[.*\]", "", line)
        assert columns(line) <= 80, line
        assert english_in(said) == [], line


def test_a_publication_is_spoken_to_in_its_language(newsroom: Unpack) -> None:
    room = newsroom()

    assert "기사: 신규 1건" in run(room.root, "build")
    assert "entries: 1 unchanged" in run(room.root, "--lang", "en", "build")
    assert "entries: 1 unchanged" in run(room.root, "build", SOSIK_LANG="en")
    assert "'bild' 명령이 없습니다" in run(room.root, "bild")
    assert "기사 1건" in run(room.root / "content", "list")


QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|⟦[^⟧]*⟧|\([^)]*\)")
"""Words of the file, and what a parser or the system says of it."""


@pytest.mark.parametrize("name", BAD_ENTRIES)
def test_what_is_wrong_with_a_file_is_told_in_korean(newsroom: Unpack, name: str) -> None:
    room: Newsroom = newsroom(f"-- content/good.yaml --\n{ARTICLE}")
    (room.root / "content" / "bad.yaml").write_bytes(BAD_ENTRIES[name][0])

    lines = run(room.root, "check").splitlines()

    assert any("bad.yaml" in line and ": 오류: " in line for line in lines), lines
    for line in lines:
        assert HANGUL.search(line), line
        assert english_in(QUOTED.sub(" ", re.sub(r"^\S+: (오류|경고): [a-z-]+: ", "", line))) == [], line
