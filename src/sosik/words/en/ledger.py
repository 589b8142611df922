"""What `sosik.ledger` says: what is held back, what is refused, and what an editor should know of an edit."""

TEXTS: dict[str, str] = {
    # ids
    "id-changed.other": "this article was published under another id; readers would get it twice",
    "id-changed.other-file": "this article was published under another id, from {file}; readers would get it twice",
    "id-changed.hint": "write into the file: id: {id}",
    "id-duplicate.files": "duplicate id {id}, also in {files}",
    "id-duplicate.hint": (
        "delete one of the two files. If this is another article, remove its id: line and run `sosik pin` on it"
    ),
    "id-duplicate.name-hint": (
        "its id is made of its file name, which the other one had before: give this file another name, "
        "and take out its id: line if it has one; of a copy delete one"
    ),
    "copy-left-out.of": "this is a copy of {origin}, with the same id; that one counts",
    "copy-left-out.hint": (
        "take over what is new in it, and delete it. If it is another article, remove its id: line and run "
        "`sosik pin` on it"
    ),
    "entry-ignored.file": "{pattern} of ignore: passes this file over; its entry is published, and stays up",
    "entry-ignored.hint": (
        'to keep it write "!{source}" under ignore: in feeds/publication.yaml; to end it, run `sosik withdraw` on it'
    ),
    "entry-copied.whole": "this is the article of {origin}, word for word; readers would get it twice",
    "entry-copied.partly": "this was a copy of {origin}, and is still partly identical",
    "entry-copied.hint": ("delete one of the two files. If it is another article all the same, run `sosik pin` on it"),
    "entry-repeated.word-for-word": (
        "this is the article of {origin}, word for word; under an id of its own readers get it again"
    ),
    "entry-repeated.withdrawn": (
        "this is the article of {origin}, which was taken back; under an id of its own readers get it again"
    ),
    "entry-repeated.hint": (
        "for the same article write id: {id}; to publish it a second time nothing needs to be done"
    ),
    "page-taken.by-id": "its page would be {path}, which is that of {id}",
    "page-taken.by-file": "its page would be {path}, which is that of {id}, of {file}",
    "page-taken.hint": "write the link: of the article, or give it an id whose last part is its own",
    "link-shared.with": "{link} is the link of {file} too; portals take the two for one article",
    "link-shared.hint": "every article has an address of its own; without link: sosik makes it a page",
    # times
    "published-moved.from": "published is {now}, but was {before}",
    "published-moved.edit-hint": (
        "for an edit, restore published and write updated:. To redate it all the same: --allow-redate {id}"
    ),
    "published-moved.id-hint": (
        "for an edit, restore published and write updated:. Another article needs an id of its own. "
        "To redate it all the same: --allow-redate {id}"
    ),
    "published-moved.name-hint": (
        "for an edit, restore published and write updated:. Another article needs a file name of its own. "
        "To redate it all the same: --allow-redate {id}"
    ),
    "published-day.today": "published names today and no time: it goes out as of 00:00, below what came since",
    "published-day.hint": "add the time, as in published: 2024-01-16 15:20; once it is out, with --allow-redate {id}",
    "embargo-words.until": "the text says {words!r}, and does not wait: it is public at once, before {at}",
    "embargo-words.until-hint": 'write published: "{at}", or run `sosik release --at`; then delete the words',
    "embargo-words.unread": "the text says {words!r}, and does not wait: it is public at once",
    "embargo-words.unread-hint": "write the time as published:, or run `sosik release --at`; then delete the words",
    "draft.waits": "the entry is a draft",
    "draft-published.withdraws": "the published entry is a draft again, so it is withdrawn; published {published}",
    "draft-published.hint": "to keep it public, run: sosik release {file}",
    "expired.never": "expired {at}: the entry is not published",
    "expired.at": "expired {at}: the entry is withdrawn",
    "key-unknown.ahead": "unknown key {key!r} with a time ahead: {value!r}",
    "key-unknown.ahead-hint": (
        "write published: for an embargo, or name the key under foreign_keys in feeds/publication.yaml"
    ),
    "published-far-ahead.days": "published is {published}, {days} days ahead",
    "published-far-ahead.hint": ("the article is hidden until then; if the year is right, nothing needs to be done"),
    "updated-in-future.at": "an edit is stamped {at}, which has not come yet",
    "updated-in-future.hint": "the edit counts from then on; write the time at which it was made",
    "updated-back.updated-earlier": "updated said {before}, now it says {now}; readers keep what they have",
    "updated-back.updated-gone": "updated said {before}, now there is none; readers keep what they have",
    "updated-back.correction-earlier": (
        "the last correction said {before}, now it says {now}; readers keep what they have"
    ),
    "updated-back.correction-gone": (
        "the last correction said {before}, now there is none; readers keep what they have"
    ),
    "updated-back.hint": "restore the old time, or write a later one (updated:, or `sosik correct`)",
    # edits
    "lost-member.gone": "{key}: is missing; it was {before!r}",
    "lost-member.hint": "write {key}: again, or leave it out on purpose",
    "edit-without-stamp.text": "headline or text changed, but no edit time; readers are not told",
    "edit-without-stamp.hint": "for an edit that matters, write updated: or an entry under edits:",
    "edit-large.share": "{share} of the text changed at the same address",
    "edit-large.hint": (
        "portals punish rewriting an article in place; a new article should be a new file with its own id"
    ),
    # files that are gone
    "file-missing.picture": "picture {file} is gone; a build from {until} on publishes the entry without it",
    "file-missing.picture-hint": "put it back; to do without it now: `sosik build --withdraw-now`",
    "file-missing.until": "the file is gone; a build from {until} on withdraws its entry, unless it comes back",
    "file-missing.until-hint": "to withdraw it now: `sosik build --withdraw-now`",
    "file-unfinished.cut": "the text ends within the published one; from {until} on that counts as an edit",
    "file-unfinished.cut-hint": "finish an interrupted upload; if the cut is meant, nothing needs to be done",
    "file-unfinished.grows": "the file is still being written, and not published yet",
    "file-unfinished.grows-hint": "build again once it is whole; `sosik serve` does so by itself",
    # the whole edition
    "withdrawn-many.gone": "{count} of {all} published entries are no longer in content/; nothing was changed",
    "withdrawn-many.hint": "is a disk or a folder missing? If they are really to be taken back: --allow-withdrawals",
    "content-missing.folder": "folder not found; nothing was changed",
    "content-missing.hint": (
        "is a disk missing? `sosik init` makes a new publication, `sosik -C DIR` works in another folder"
    ),
    "authority-changed.from": (
        "authority is {now}, but ids were made of {before}: every feed and every entry without an id of its own would "
        "get another id, and readers everything again; nothing was changed."
    ),
    "authority-changed.hint": "write authority: {before}; or, before anyone subscribes, delete .sosik/ and public/",
    "address-moved.feeds": "the feeds move from {before} to {now}; subscribers go on asking the old address",
    "address-moved.home": "url changes from {before} to {now}; readers' links go on leading to the old address",
    "address-moved.hint": "redirect each address below {before} to the same path below {now}, by 301 and for years",
    "timezone-changed.from": (
        "timezone is {now} and was {before}: dates without an offset are other instants now; "
        "{count} published {count:entry is|entries are} held back."
    ),
    "timezone-changed.hint": (
        "write timezone: {before}, or give the dates their offset, as in 2024-01-16 15:20 +09:00"
    ),
}
