"""A section, tag or author that is an old one in another spelling is told of once, with the name of the old one."""

import pytest

from newsrooms import Newsroom, Unpack

FAMILY = "-- feeds/{0}s.yaml --\neach: {0}\ntitle: '{{value}}'\npath: '{0}/{{slug}}'\n"


def article(name: str, **values: str) -> str:
    keys = "".join(f"{key}: {value}\n" for key, value in values.items())
    return (
        f"-- content/{name}.yaml --\nid: tag:test.example,2010:{name}\ntitle: 기사 {name}\n"
        f"published: 2024-01-16 15:20\nbody: {name}의 본문이다.\n{keys}"
    )


def told(room: Newsroom, now: str) -> list[str]:
    return [str(problem) for problem in room.build(now).problems if problem.code == "name-similar"]


@pytest.mark.parametrize("has_family", [True, False])
@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("section", "생활 문화", "생활문화"),
        ("section", "IT", "It"),
        ("tag", "새 다리", "'‘새’다리'"),
        ("tag", "해오름교", "'\"해오름교\"'"),
        ("author", "김하늘", "{name: 김하늘 논설위원}"),
        ("author", "{name: 김하늘 특파원}", "김하늘"),
        ("author", "Jane Doe", "jane doe"),
    ],
)
def test_another_spelling_is_told_of_once(newsroom: Unpack, key: str, old: str, new: str, has_family: bool) -> None:
    name = {"tag": "tags", "author": "authors"}.get(key, key)

    def written(text: str) -> dict[str, str]:
        return {name: text if key == "section" else f"[{text}]"}

    room = newsroom((FAMILY.format(key) if has_family else "") + article("a", **written(old)))
    assert told(room, "2024-02-01 09:00") == []

    room.write(article("b", **written(new)))
    [problem] = told(room, "2024-02-01 09:01")
    assert problem.startswith(f"content/b.yaml: warning: name-similar: new {key} ")
    room.write(article("c", **written(new)))
    assert told(room, "2024-02-01 09:02") == []


def test_an_edit_is_told_of_and_what_is_another_name_is_not(newsroom: Unpack) -> None:
    room = newsroom(FAMILY.format("section") + article("a", section="생활 문화") + article("b", section="정치"))
    room.build()

    room.write(article("b", section="생활문화"))
    assert "write 생활 문화, unless" in "".join(told(room, "2024-02-01 09:01"))
    room.write(article("b", section="생활문화부") + article("c", section="정치"))
    assert told(room, "2024-02-01 09:02") == []
    room.write(article("a", section="생활/문화"))  # nobody has the old spelling any more
    assert told(room, "2024-02-01 09:03") == []


def test_of_many_names_at_once_each_is_compared(newsroom: Unpack) -> None:
    room = newsroom(FAMILY.format("tag") + article("a", tags="[가로등, 나무 심기]"))
    room.build()

    tags = ", ".join(f"꼬리표{number}" for number in range(30))
    room.write(article("b", tags=f"[{tags}, 나무심기, 가로등]"))
    [problem] = told(room, "2024-02-01 09:01")
    assert "new tag '나무심기' is similar to '나무 심기'" in problem
