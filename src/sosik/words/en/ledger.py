"""The texts of `sosik.ledger`: held entries, refusals, and warnings about edits."""

TEXTS: dict[str, str] = {
    # ids
    "id-changed.other": "article already published under another id; readers would see it twice",
    "id-changed.other-file": "article already published under another id, from {file}; readers would see it twice",
    "id-changed.hint": "write into the file: id: {id}",
    "id-duplicate.files": "duplicate id {id}, also in {files}",
    "id-duplicate.hint": "delete one of the two files; for another article, delete the id: line and run `sosik pin`",
    "id-duplicate.name-hint": (
        "rename this file and delete its id: line, because its id belongs to the file that had this name; delete a copy"
    ),
    "copy-left-out.of": "copy of {origin} with the same id; it is left out",
    "copy-left-out.hint": (
        "move its changes to the original and delete it; for another article, delete the id: line and run `sosik pin`"
    ),
    "entry-ignored.file": "{pattern} of ignore: skips this file of a published entry; the entry stays published",
    "entry-ignored.hint": (
        'write "!{source}" under ignore: in feeds/publication.yaml to keep it, or run `sosik withdraw`'
    ),
    "entry-copied.whole": "exact copy of {origin}; readers would see it twice",
    "entry-copied.partly": "copy of {origin}, still partly identical",
    "entry-copied.hint": "delete one of the two files; if it is another article, run `sosik pin` on it",
    "entry-repeated.word-for-word": "exact copy of {origin} under a new id; readers see it again",
    "entry-repeated.withdrawn": "exact copy of the withdrawn {origin} under a new id; readers see it again",
    "entry-repeated.hint": "write id: {id} for the same article; to publish it again, change nothing",
    "page-taken.by-id": "duplicate page address {path}, also of {id}",
    "page-taken.by-file": "duplicate page address {path}, also of {id} in {file}",
    "page-taken.hint": "write {@link}: into the file, or an id with a unique last part",
    "link-shared.with": "{@link} {link} is also the link of {file}; portals merge the two articles",
    "link-shared.hint": "write a different {@link}: for each article; without one, sosik publishes a page for it",
    # times
    "published-moved.from": "{@published} changed from {before} to {now}",
    "published-moved.edit-hint": (
        "restore {@published} and write {@updated}: for an edit; to change the date, use --allow-redate {id}"
    ),
    "published-moved.id-hint": (
        "restore {@published} and write {@updated}: for an edit. Another article needs a new id. To change the date, "
        "use --allow-redate {id}"
    ),
    "published-moved.name-hint": (
        "restore {@published} and write {@updated}: for an edit. Another article needs a new file name. To change "
        "the date, use --allow-redate {id}"
    ),
    "published-day.today": "{@published} is today without a time: the entry counts from 00:00, below later entries",
    "published-day.hint": "add the time: {@published}: 2024-01-16 15:20; after publication, with --allow-redate {id}",
    "embargo-words.until": "the text has {words!r}, but is published immediately, before {at}",
    "embargo-words.until-hint": 'write {@published}: "{at}", or run `sosik release --at`; then delete the words',
    "embargo-words.unread": "the text has {words!r}, but is published immediately",
    "embargo-words.unread-hint": "write the time as {@published}:, or run `sosik release --at`; then delete the words",
    "draft.waits": "the entry is a draft",
    "draft-published.withdraws": "published entry is a draft again and is withdrawn; published {published}",
    "draft-published.hint": "run `sosik release {file}` to keep it published",
    "expired.never": "expired at {at}: the entry is not published",
    "expired.at": "expired at {at}: the entry is withdrawn",
    "key-unknown.ahead": "unknown key {key!r} with a future time {value!r}",
    "key-unknown.ahead-hint": (
        "write {@published}: for an embargo, or list the key under foreign_keys in feeds/publication.yaml"
    ),
    "published-far-ahead.days": "{@published} is {published}, {days} days ahead",
    "published-far-ahead.hint": "check the year; the article is hidden until then",
    "updated-in-future.at": "edit time {at} is in the future",
    "updated-in-future.hint": "write the time of the edit; it takes effect only then",
    "updated-back.updated-earlier": "{@updated} changed from {before} back to {now}; readers keep the old time",
    "updated-back.updated-gone": "{@updated} {before} is missing; readers keep the old time",
    "updated-back.correction-earlier": "last correction changed from {before} back to {now}; readers keep the old time",
    "updated-back.correction-gone": "last correction {before} is missing; readers keep the old time",
    "updated-back.hint": "restore the old time or set a later one ({@updated}:, or `sosik correct`)",
    # edits
    "lost-member.gone": "missing {key}, was {before!r}",
    "lost-member.hint": "write {key}: again, unless it was deleted on purpose",
    "edit-without-stamp.text": "headline or text changed, but the edit time did not; readers do not see it as edited",
    "edit-without-stamp.hint": "set {@updated}: or add to {@edits}: for a significant edit; for a typo, do nothing",
    "edit-large.share": "{share} of the text changed at the same address",
    "edit-large.hint": "write a new article as a new file with a new id; portals penalise rewritten articles",
    # files that are gone
    "file-missing.picture": "missing picture {file}; builds from {until} on publish the entry without it",
    "file-missing.picture-hint": "restore it, or run `sosik build --withdraw-now` to publish without it now",
    "file-missing.until": "missing file; builds from {until} on withdraw its entry",
    "file-missing.until-hint": "restore it, or run `sosik build --withdraw-now` to withdraw the entry now",
    "file-unfinished.cut": "the text is only the beginning of the published one; from {until} on it counts as an edit",
    "file-unfinished.cut-hint": "finish an interrupted upload; after a deliberate cut, do nothing",
    "file-unfinished.grows": "file still being written; not published yet",
    "file-unfinished.grows-hint": "build again when it is complete; `sosik serve` builds automatically",
    # the whole edition
    "withdrawn-many.gone": "{count} of {all} published entries are missing from content/; nothing was changed",
    "withdrawn-many.hint": "check for an unmounted disk or a missing folder; to withdraw them, use --allow-withdrawals",
    "content-missing.folder": "folder not found; nothing was changed",
    "content-missing.hint": (
        "check for an unmounted disk; `sosik init` creates a publication, `sosik -C DIR` uses another folder"
    ),
    "authority-changed.from": (
        "authority changed from {before} to {now}; new ids would send all feeds and unpinned entries to subscribers "
        "again; nothing was changed"
    ),
    "authority-changed.hint": "write authority: {before}; or, before anyone subscribes, delete .sosik/ and public/",
    "address-moved.feeds": "the feeds move from {before} to {now}; subscribers keep the old address",
    "address-moved.home": "url changed from {before} to {now}; readers keep links to the old address",
    "address-moved.hint": "redirect each address below {before} to the same path below {now} (301), for years",
    "timezone-changed.from": (
        "timezone changed from {before} to {now}, and dates without an offset with it; {count} published "
        "{count:entry is|entries are} held back"
    ),
    "timezone-changed.hint": "write timezone: {before}, or add the offset to the dates: 2024-01-16 15:20 +09:00",
}
