"""Moves of all that is no article, in a crowd: definitions, addresses, the store, the clock, the zone."""

import re
import shutil
from datetime import timedelta

from histories.crowd import FEEDS, PAGES, Article, Crowd, Kind, Move
from sosik.edition.kept import is_retired
from sosik.site import Site


def definition_taken_away(crowd: Crowd, _: Article) -> Move:
    name = crowd.chance.choice(["town", "sections", "brief"])
    path = crowd.root / f"feeds/{name}.yaml"
    path.unlink()
    crowd.is_unsettled = True
    yield
    crowd.write(f"feeds/{name}.yaml", FEEDS[name])
    yield
    crowd.is_unsettled = False


def definition_renamed(crowd: Crowd, _: Article) -> Move:
    """It has other addresses then; those of before answer all the same."""
    name = crowd.chance.choice(["town", "sections", "brief"])
    first, second = crowd.root / f"feeds/{name}.yaml", crowd.root / f"feeds/{name}-other.yaml"
    first.rename(second)
    crowd.is_unsettled = True
    yield
    second.rename(first)
    yield
    crowd.is_unsettled = False


def town(pattern: str, by: str) -> str:
    return re.sub(pattern, by, FEEDS["town"])


def changed_town(crowd: Crowd, text: str) -> Move:
    crowd.write("feeds/town.yaml", text)
    yield
    crowd.write("feeds/town.yaml", FEEDS["town"])
    yield


def format_dropped(crowd: Crowd, _: Article) -> Move:
    yield from changed_town(crowd, town("formats: .*\naliases: .*\n", "formats: [json]\n"))


def alias_dropped(crowd: Crowd, _: Article) -> Move:
    yield from changed_town(
        crowd, town("aliases: .*", crowd.chance.choice(["", f"aliases: [/old/{crowd.count()}.xml]"]))
    )


def feed_moved(crowd: Crowd, _: Article) -> Move:
    yield from changed_town(crowd, FEEDS["town"] + f"path: 마을/{crowd.chance.randrange(5)}\n")


def section_renamed(crowd: Crowd, _: Article) -> Move:
    """In every article at once: a family loses a value, and has another."""
    old, new = "지역", crowd.chance.choice(["동네", "지역사회"])
    found = [one for one in crowd.articles if one.up and not one.away and one.keys["section"] == old]
    for section in (new, old):
        for one in found:
            one.keys["section"] = section
            crowd.save(one)
        yield


def retired(crowd: Crowd, _: Article) -> Move:
    """An address is ended on purpose, and taken back."""
    paths = sorted(path for path in crowd.answered if path.endswith((".xml", ".json")) and "/" in path[1:])
    path = crowd.chance.choice(paths)
    pattern = crowd.chance.choice([path, f"{path.rpartition('/')[0]}/*"])
    crowd.retired.add(pattern)
    crowd.adjust(retire=f"['{pattern}']")
    ended = [path for path, is_defined in Site(crowd.root).addresses().items() if not is_defined]
    yield
    goes_on = {path for path in ended if is_retired(path, (pattern,)) and path in crowd.heads}
    assert not goes_on, f"retired, and answers: {sorted(goes_on)}"
    crowd.adjust(retire="")
    yield
    crowd.retired.discard(pattern)


def pages_moved(crowd: Crowd, _: Article) -> Move:
    """The pages for people get another folder; the old addresses go on answering."""
    crowd.adjust(pages=crowd.chance.choice(sorted({*PAGES} - {"/feeds/"})))
    yield
    crowd.adjust(pages="")
    yield


def store_lost(crowd: Crowd, _: Article) -> Move:
    """As in CI: no store, and the files of the last deployment with what was left beside them."""
    crowd.publish()
    shutil.rmtree(crowd.root / ".sosik")
    crowd.build(previous=str(crowd.public))
    yield from ()


def memory_lost(crowd: Crowd, _: Article) -> Move:
    """An earlier version published it: only what stands in feeds is known."""
    crowd.publish()
    (crowd.public / "feeds/published.json").unlink()
    shutil.rmtree(crowd.root / ".sosik")
    crowd.answered.clear()
    crowd.is_unsettled = True
    crowd.build(previous=str(crowd.public))
    crowd.is_unsettled = False
    yield from ()


def clock_ahead(crowd: Crowd, one: Article) -> Move:
    """For a build the clock is hours ahead; then it is put right, and stamps with it."""
    right = crowd.now
    one.body += f" {crowd.count()}"
    crowd.save(one)
    crowd.now += timedelta(hours=crowd.chance.choice([2, 5, 23]))
    yield
    crowd.now = right + timedelta(minutes=1)
    yield
    for head in crowd.heads.values():
        assert head.last_modified <= crowd.now.timestamp(), f"{head.path}: dated ahead"


def clock_behind(crowd: Crowd, _: Article) -> Move:
    right = crowd.now
    crowd.now -= timedelta(minutes=30)
    yield
    crowd.now = right
    yield


def zone_slip(crowd: Crowd, one: Article) -> Move:
    """Somebody writes the zone of another place, and takes it out again."""
    crowd.adjust(timezone="America/New_York")
    yield
    crowd.adjust(timezone="")
    yield


def time_passes(crowd: Crowd, _: Article) -> Move:
    crowd.now += timedelta(minutes=crowd.chance.choice([15, 600, 4_000, 12_000]))
    yield


def settings_changed(crowd: Crowd, _: Article) -> Move:
    crowd.adjust(**crowd.chance.choice([{"language": "en"}, {"tombstones": "true"}, {"max_age": "300"}]))
    yield
    crowd.adjust(language="", tombstones="", max_age="")
    yield


def published_files_lost(crowd: Crowd, _: Article) -> Move:
    crowd.publish()
    shutil.rmtree(crowd.public)
    crowd.publish()
    files = {path for path in crowd.answered if not path.endswith("/")}
    assert all((crowd.public / path[1:]).is_file() for path in files)
    yield from ()


def nothing_changed(crowd: Crowd, _: Article) -> Move:
    number = crowd.report.edition.number
    again = Site(crowd.root).build(now=crowd.now)
    assert again.edition.number == number, "a build of nothing made an edition"
    yield from ()


def old_date(crowd: Crowd, _: Article) -> Move:
    """An article is published late with an old date."""
    crowd.add(minutes=-crowd.chance.choice([3, 40, 400]) * 1440)
    yield


def lost_member(crowd: Crowd, one: Article) -> Move:
    """An editor in a browser writes the file without keys that it does not know."""
    one.keys["summary"] = "손으로 쓴 요약이다."
    crowd.save(one)
    yield
    del one.keys["summary"]
    crowd.save(one)
    crowd.loses.add(one)
    yield


ROOMS = {
    "a definition taken away": Kind(definition_taken_away, uses="feeds"),
    "a definition renamed": Kind(definition_renamed, uses="feeds"),
    "a format dropped": Kind(format_dropped, uses="feeds"),
    "an alias dropped": Kind(alias_dropped, uses="feeds"),
    "a feed moved": Kind(feed_moved, uses="feeds"),
    "a section renamed": Kind(section_renamed, alone=True),
    "retired, and back": Kind(retired, uses="feeds"),
    "pages moved": Kind(pages_moved, uses="settings"),
    "--previous": Kind(store_lost, alone=True),
    "--previous without its memory": Kind(memory_lost, alone=True),
    "the clock ahead": Kind(clock_ahead, alone=True),
    "the clock behind": Kind(clock_behind, alone=True),
    "a slip of the zone": Kind(zone_slip, uses="settings"),
    "time passes": Kind(time_passes, alone=True),
    "settings changed": Kind(settings_changed, uses="settings"),
    "published files lost": Kind(published_files_lost),
    "nothing changed": Kind(nothing_changed, alone=True),
    "an old date": Kind(old_date),
    "a lost member": Kind(lost_member),
}
"""Moves of all else, by their names."""
