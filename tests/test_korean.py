"""Everything that sosik says, it says in Korean too: whole, in the same places, and no word of English between."""

import gettext
import os
import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from string import Formatter

import click
import pytest

import loaded
from click_strings import catalogue
from newsrooms import ARTICLE, Newsroom, Unpack
from sosik.cli.language import chosen, options
from sosik.cli.root import COMMANDS
from sosik.words import Message, refusals, say
from sosik.words.ko.click import PLURALS, TEXTS
from sosik.words.message import messages_in
from sosik.words.pages import texts_of
from test_bad_input import BAD_ENTRIES, BAD_FEEDS, GOOD
from test_words import placeholders

ENGLISH = messages_in("en")
KOREAN = messages_in("ko")

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


def columns(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)


def english_in(text: str) -> list[str]:
    """Return the words of English that stand in a text between its names."""
    words = re.findall(r"(?<![A-Za-z-])[A-Z]?[a-z]+(?![A-Za-z-])|(?<![A-Za-z-])a(?![A-Za-z-])", NAMES.sub(" ", text))
    return [word for word in words if word.lower() in ENGLISH_WORDS]


def test_the_tables_have_the_same_texts() -> None:
    assert KOREAN.keys() == ENGLISH.keys()


def test_texts_have_places_for_the_same_values() -> None:
    assert [key for key in ENGLISH if placeholders(KOREAN[key]) != placeholders(ENGLISH[key])] == []


def test_texts_are_korean_and_any_terminal_shows_them() -> None:
    assert {key: found for key, text in KOREAN.items() if (found := english_in(text))} == {}
    assert [text for text in KOREAN.values() if text.encode("cp949", "replace").decode("cp949") != text] == []


BARE = re.compile(r"\{[^{}:]*\}[\"'`]?(?:을|를|은|는|이|가|과|와|으로|로|이나|나|이라|라)(?![가-힣])")


def test_a_particle_behind_a_value_is_chosen_by_its_sound() -> None:
    """`{title:을}`, or a word of our own between: nobody knows what the value will end with."""
    assert {key: found for key, text in KOREAN.items() if (found := BARE.findall(text))} == {}


def bars(text: str) -> list[int]:
    """Return the number of bars in what a text says of each of its values."""
    return [specification.count("|") for _, _, specification, _ in Formatter().parse(text) if specification]


def test_english_has_two_forms_of_a_number_and_korean_one() -> None:
    assert {key: text for key, text in ENGLISH.items() if not set(bars(text)) <= {0, 1}} == {}
    assert {key: text for key, text in KOREAN.items() if any(bars(text))} == {}


def test_readers_are_spoken_to_in_korean_too() -> None:
    """What pages and refusals say; each refusal says it in English behind a stroke."""
    pages, refused = texts_of("ko"), [text for name, text in vars(refusals).items() if name.isupper()]

    assert pages.keys() == texts_of("en").keys()
    assert {name for name, text in pages.items() if not HANGUL.search(text)} == {"language"}
    assert [text for text in pages.values() if english_in(text)] == []
    for text in refused:
        korean, _, english = text.partition(" / ")
        assert HANGUL.search(korean)
        assert english_in(korean) == []
        assert not HANGUL.search(english)
    "".join([*pages.values(), *refused]).replace("©", "").encode("cp949")


def test_words_that_were_agreed_on_are_used() -> None:
    """As newsrooms write them (RSS 리더, 이메일, 피들리, 기사 ID), and polite forms alone."""
    avoided = re.compile(
        r"피드리(?!더)|전자우편|이름표\(id|열쇠말|어림잡|견주|손님|거두어|십시오|까닭|이레|골라 모은|분류별|앞선 기사"
        r"|판이|첫 화면|저마다|한꺼번에 옮기"
    )
    said = {**KOREAN, **texts_of("ko"), **{name: text for name, text in vars(refusals).items() if name.isupper()}}

    assert [key for key, text in said.items() if avoided.search(text)] == []


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
    done = loaded.sosik(*arguments, folder=room, environment={**given, "LANG": "C.UTF-8", **environment})
    return done.stdout + done.stderr


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["import", "page"]], ids=" ".join)
def test_help_is_korean_and_has_room(tmp_path: Path, command: list[str]) -> None:
    text = run(tmp_path, "--lang", "ko", *command, "--help")

    assert "사용법: " in text
    assert re.findall(r"\b(?:OPTIONS|COMMAND|ARGS|FILE|DIR|TEXT|TIME|ADDRESS|NUMBER|NAME|NOTE|LOG|RANGE)\b", text) == []
    for line in text.splitlines():
        said = re.sub(r"^  (-\S+(, --\S+)?( [A-Z가-힣|]+( RANGE)?)?|[a-z]+ )|\[.*\]", "", line)
        assert columns(line) <= 80, line
        assert english_in(said) == [], line
        assert HANGUL.search(said) or not re.search("[A-Za-z]", NAMES.sub("", said)), line


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["release"], "오류: 필수 인수가 빠졌습니다: '파일'."),
        (["-C", "nowhere", "list"], "오류: '-C': 잘못된 값입니다. 없는 폴더입니다: 'nowhere'"),
        (["serve", "--port", "many"], "오류: '--port': 잘못된 값입니다. 'many': 숫자가 아닙니다."),
    ],
)
def test_what_is_wrong_with_a_call_is_a_sentence(tmp_path: Path, arguments: list[str], expected: str) -> None:
    assert expected in run(tmp_path, "--lang", "ko", *arguments)


def test_labels_and_reasons_of_the_system_are_korean(newsroom: Unpack) -> None:
    room = newsroom()
    run(room.root, "build")
    [article] = (room.root / "content").iterdir()
    shown = run(room.root, "--lang", "ko", "show", article.name)

    assert "제목:" in shown
    assert re.findall(r"^[a-z]\w*:", shown, re.MULTILINE) == []
    assert "(파일이나 폴더가 없음)" in run(room.root, "--lang", "ko", "audience", "nowhere.log")

    (room.root / ".sosik" / "site.db").write_bytes(b"no database" * 400)
    assert "(데이터베이스 파일이 아님)" in run(room.root, "--lang", "ko", "list")


def test_a_publication_is_spoken_to_in_its_language(newsroom: Unpack) -> None:
    room = newsroom()

    assert "기사: 신규 1건" in run(room.root, "build")
    assert "entries: 1 unchanged" in run(room.root, "--lang", "en", "build")
    assert "entries: 1 unchanged" in run(room.root, "build", SOSIK_LANG="en")
    assert "'bild' 명령이 없습니다" in run(room.root, "bild")
    assert "기사 1건" in run(room.root / "content", "list")


QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|⟦[^⟧]*⟧|\([^)]*\)")
"""Words of the file, and what a parser or the system says of it."""


PLACE = re.compile(r"^\S+: (오류|경고): [a-zA-Z0-9-]+: |^\S+: ")


def assert_korean(printed: str) -> None:
    """Each line is Korean, and no word of English stands between its names and what it quotes."""
    for line in filter(None, printed.splitlines()):
        said = QUOTED.sub(" ", PLACE.sub("", line))
        assert HANGUL.search(line) or not re.search("[A-Za-z]", NAMES.sub("", line)), line
        assert english_in(said) == [], line


@pytest.mark.parametrize("name", BAD_ENTRIES)
def test_what_is_wrong_with_a_file_is_told_in_korean(newsroom: Unpack, name: str) -> None:
    room: Newsroom = newsroom(f"-- content/good.yaml --\n{ARTICLE}")
    (room.root / "content" / "bad.yaml").write_bytes(BAD_ENTRIES[name][0])

    printed = run(room.root, "check")

    assert any("bad.yaml" in line and ": 오류: " in line for line in printed.splitlines()), printed
    assert_korean(printed)


def test_what_is_wrong_with_a_publication_is_told_in_korean(newsroom: Unpack) -> None:
    """Of its feeds, of itself, and where it is none; every command says what becomes of it."""
    room = newsroom(GOOD)
    for number, (text, _, _) in enumerate(BAD_FEEDS.values()):
        room.write(f"-- feeds/bad{number}.yaml --\n{text}")
    room.write("-- feeds/short.yml --\ntitle: 짧은 이름\n-- feeds/family.yaml --\ntitle: b\nslugs: {가: '/'}\n")

    assert_korean(run(room.root, "check"))
    assert_korean(run(room.root, "build"))
    publication = (room.root / "feeds" / "publication.yaml").read_text("utf-8")
    broken = publication.replace("title", "titel") + "timezone: Asia/Seol\nauthors: [가]\nmax_age: 99999999\n"
    room.write(f"-- feeds/publication.yaml --\n{broken}")
    assert_korean(run(room.root, "--lang", "ko", "check"))
    assert_korean(run(room.root, "--lang", "ko", "build"))
    assert_korean(run(room.root / "content", "--lang", "ko", "-C", "..", "retire", "/x.xml"))


COMMANDS_OF_A_DAY = [
    ["build"],
    ["diff"],
    ["new", "새 다리가 열렸다"],
    ["build", "--strict"],
    ["withdraw", "content/a.yaml"],
    ["correct", "content/a.yaml", " "],
    ["release", "없는 기사"],
    ["doctor"],
    ["restore", "--list"],
    ["restore", "nowhere.db"],
    ["pin"],
    ["announce"],
    ["audience", "nowhere.log"],
    ["config", "nginx", "--location", "/x/"],
    ["build", "--or-new"],
    ["serve", "--host", "192.0.2.1", "--port", "8000"],
    ["init"],
]


def test_a_day_of_commands_is_korean(newsroom: Unpack) -> None:
    room = newsroom(GOOD)

    for command in COMMANDS_OF_A_DAY:
        assert_korean(run(room.root, "--lang", "ko", *command))


def test_what_is_wrong_with_published_documents_is_told_in_korean(newsroom: Unpack, tmp_path: Path) -> None:
    room = newsroom(GOOD)
    room.build()
    for path in (room.root / "public").rglob("*.xml"):
        path.write_text(path.read_text("utf-8").replace("pubDate", "date").replace("<link>https", "<link>ftp"), "utf-8")
    (room.root / "public" / "feed.json").write_text('{"items": [{}, 1]}', "utf-8")

    assert_korean(run(room.root, "--lang", "ko", "check", "--feeds", "public"))
