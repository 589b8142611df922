"""What `sosik.normalize` says."""

TEXTS: dict[str, str] = {
    # text
    "value-type.nested-hint": "write {key}: {{{inner}: …}}",
    "title-missing.entry": "the entry has no title",
    "title-missing.entry-hint": 'title: "…"',
    # state
    "key-conflict.withdrawn": "status is {status}, yet withdrawn says when the entry was taken back",
    "key-conflict.withdrawn-hint": "write status: withdrawn, or delete withdrawn",
    "unconfirmed.key": "{key} was inferred, not read",
    "unconfirmed.updated": "updated was inferred, not read; it is not published",
    "unconfirmed.key-hint": "check {key}, then delete it from unconfirmed",
    # identity
    "id-invalid.empty": "the id is empty",
    "id-invalid.empty-hint": "`sosik pin` writes one; an entry that was published must get its old id back",
    "id-invalid.space": "the id {id!r} holds white space",
    "id-invalid.size": "the id has {size} bytes",
    "id-invalid.size-hint": "at most {most} is sensible",
    "id-long.size": "the id has {size} bytes, more than {most}",
    "id-not-pinned.file": "the file holds no id",
    "id-not-pinned.file-hint": "run `sosik pin`, so that moving or renaming the file keeps its id",
    # times
    "published-missing.entry": "the entry does not say when it was published",
    "normalize.stamp": 'write it like "2024-01-16 15:20" or "2024년 1월 16일 오후 3시 20분"',
    "normalize.role-published": "publication (published)",
    "normalize.role-updated": "an edit (updated)",
    "normalize.role-print": "the printed paper",
    "date-role.number": "{key} holds {n} stamps, and takes one",
    "date-role.other": "{key} holds the stamp of {role}",
    "date-unreadable.refusal": "{key}: {refusal}",
    "date-unreadable.span": "{key} holds a span of time, {span}, and takes one moment",
    "date-unreadable.coarse": "{key} names only the {precision}, {value}, and takes a day or finer",
    "date-unreadable.edit": "an edit does not say when it was made",
    "date-unreadable.edit-hint": "at: {stamp}",
    "date-note.note": "{key} {text!r}: {note}",
    "date-note.edit": "of the edit {edit!r} only the date {date!r} is read",
    "date-note.edit-hint": 'at: "{date}", kind: correction, note: "what readers are to know"',
    "note-missing.correction": "a correction does not say what it corrects",
    "note-missing.correction-hint": 'note: "what readers are to know"',
    "updated-before-published.stamp": "{key} {change} lies before published {published}; {published} counts",
    # addresses and people
    "link-invalid.scheme": "the link {link!r} has no https:// before its host",
    "link-invalid.scheme-hint": "write https://{link}",
    "link-invalid.address": "the link {link!r} is no http or https address",
    "link-invalid.address-hint": "write it like {url}articles/18660",
    "link-foreign.host": "the link leads to {host}, not to {own}",
    "value-invalid.author": "an author has no name",
    "value-invalid.author-hint": "write {{name: 홍길동}}",
    "email-invalid.author": "{email!r} is no e-mail address; it is left out",
    "author-url-invalid.address": "{url!r} is no http or https address; it is left out",
    "author-url-invalid.address-hint": "write https://… or delete it",
    # bodies and pictures
    "body-missing.entry": "the entry has no body",
    "html-removed.body": "the body holds what feeds cannot carry: {removed}",
    "normalize.many-tags": "more than {most:,} tags",
    "picture-missing.left-out": "the picture {url!r} is left out: {reason}",
    "picture-invalid.left-out": "the picture {url!r} is left out: it is no http or https address",
    "picture-invalid.no-url": "a picture has no url",
    "picture-invalid.no-url-hint": "url: images/사진.jpg, seen from this file",
    "picture-relative.body": (
        "the picture {url!r} of the body is not beside the entry ({reason}); readers are sent to {elsewhere}"
    ),
}
