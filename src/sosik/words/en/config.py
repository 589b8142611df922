"""What `sosik.config` says."""

TEXTS: dict[str, str] = {
    "config.another-document": "another document",
    # files
    "config-missing.file": "file not found",
    "config-missing.file-hint": (
        "run `sosik init` to create a publication here, or `sosik -C DIR` to work in another folder"
    ),
    "definition-name.suffix": "invalid suffix: definitions end in .yaml",
    "definition-name.suffix-hint": "rename it to {name}",
    "feed-name.file": "invalid feed name {name!r}",
    "feed-name.file-hint": "use letters, digits, Hangul, - and _; names such as archive and media are reserved",
    "file-name.second": "duplicate file name {name}",
    "file-name.second-hint": "delete one of the two files",
    "file-too-large.config": "file larger than {most:,} bytes",
    # keys
    "key-unknown.here": "unknown key {key}",
    "key-unknown.here-hint": "use one of: {keys}",
    "key-conflict.line": "{key} has the meaning of line {line}",
    "key-conflict.line-hint": "keep one of them",
    "config-key.missing": "missing {key}",
    "config-key.publication-title-hint": "title: 해누리일보",
    "config-key.feed-title-hint": "title: 지역 소식",
    "config-key.url-hint": "url: https://news.example.kr/, the address of the home page",
    "config-key.authority-hint": "authority: news.example.kr,2010: a host, and a year in which you owned it",
    "config-key.indexnow-hint": "key: 8 to 128 random letters, digits and hyphens",
    # values
    "value-type.section-hint": "write {key}: {{{members}}}",
    "value-type.pairs-hint": "write {key}: {{지역: local}}",
    "value-invalid.is": "invalid {key} {text!r}",
    "value-invalid.holds": "invalid {text!r} in {key}",
    "value-invalid.empty": "empty {key}",
    "value-invalid.number-hint": "write a whole number from {least} to {most}",
    # the publication
    "value-invalid.base": "invalid {key} {text!r}: contains .., ? or #",
    "value-invalid.base-hint": "write {key}: https://news.example.kr/",
    "address-repaired.here": "{key} contains &amp;, which means &; {url} is used",
    "value-invalid.address": "{key} is {text!r}, not an http(s) URL",
    "value-invalid.address-hint": "write {key}: https://news.example.kr/…, or a path relative to the home page",
    "value-invalid.authority-hint": (
        "write a host and a date when you owned it: news.example.kr,2010 or news.example.kr,2010-03-01"
    ),
    "value-invalid.pages-hint": "write a path such as /feeds/",
    "value-invalid.language-hint": "write a language tag such as ko or ko-KR",
    "value-invalid.timezone": "unknown time zone {text!r} in {key}",
    "value-invalid.timezone-hint": "use a name of the time zone database, such as Asia/Seoul",
    "value-invalid.email-hint": "write an e-mail address, or delete the key",
    "value-invalid.indexnow-hint": "write 8 to 128 letters a-z, digits and hyphens",
    "value-invalid.told-hint": "write addresses such as {example}",
    # dates
    "value-invalid.offset-hint": "write offsets as in the dates, such as +0000 or Z",
    "value-invalid.time-hint": 'write times such as "03:00:00"',
    "value-invalid.label": "unknown role {role!r} of {word!r} in {key}",
    # feeds
    "feed-path.is": "invalid {key} {text!r}",
    "feed-path.is-hint": "write a path without .., ? # % and \\, such as {example}",
    "feed-path.root": "path is {text!r}, but the feed {root} is at the root",
    "feed-path.root-hint": "delete path",
    "feed-path.reserved": "path is {text!r}, but {first} is reserved",
    "feed-path.reserved-hint": "choose another path, such as {example}",
    "feed-path.alias": "invalid {text!r} in aliases",
    "feed-path.alias-hint": (
        "write a path from the root, such as /rss/allArticle.xml or /bbs/rss.php?bo_table=news (4 parameters at most)"
    ),
    "feed-path.braces": "path is {text!r}, but braces are for families only",
    "feed-path.placeholder": "unknown placeholder {{{name}}} in {key}",
    "feed-path.placeholder-hint": "use only {{value}} and {{slug}}",
    "feed-path.one-feed": "{key} is {text!r} for every {each}, so the feeds would have one path",
    "feed-path.one-feed-hint": "add {{value}} or {{slug}}",
    "value-invalid.placeholder": "unknown placeholder {{{name}}} in {key}",
    "value-invalid.one-feed": "{key} is {text!r} for every {each}, so the feeds would be one",
    "value-invalid.feed-id-hint": (
        "write an absolute IRI, such as tag:news.example.kr,2010:feed/local, or delete the key"
    ),
    "value-invalid.criteria-hint": "write {key}: {{section: [지역]}}, or delete the key",
    "placeholder.hosts": "placeholder address in {keys}: {hosts}",
    "placeholder.hint": "write your addresses before anyone subscribes, or `sample: true` for a sample",
    "max-age-long.seconds": "{key} lets caches keep feeds for {hours} hours; news arrives that late",
    "max-age-long.hint": "write 300; longer saves little, because an unchanged feed costs only a 304",
    "value-invalid.window": "{key} is {entries}, more than at_most ({at_most})",
    "value-invalid.formats-hint": "choose from {names}",
    "value-invalid.no-formats-hint": "choose from {names}, or delete the key",
    "value-invalid.aliases": "aliases are RSS documents, but formats has no rss",
    "value-invalid.retire-hint": (
        "write a path from the root, such as /local/rss.xml, or /local/* for everything below it"
    ),
    "value-invalid.slug": "invalid slug {slug!r} of {value} in slugs",
    "value-invalid.slug-hint": "write {value}: local, with letters, digits, - and _",
    "slug-collision.slugs": "duplicate slug {slug} of {owner} and {value} in slugs",
    "value-invalid.family-key": "{key} is for families only (each: section, tag or author)",
    "value-invalid.family-key-hint": "delete {key}, or add each",
    "value-invalid.filled-in": "placeholder {{{name}}} in {key} is for families only",
    "value-invalid.filled-in-hint": "add each: section, tag or author, or delete {{{name}}}",
    "value-invalid.root-family": "each defines a family, but {root} is the root feed",
    "value-invalid.root-family-hint": "rename the file",
    "value-invalid.family-alias": "aliases of a family are not supported",
    "value-invalid.family-alias-hint": "define a separate feed for it",
    "feed-collision.path": "duplicate path {path}, also of {owner}",
    "feed-collision.id": "duplicate id {id}, also of {owner}",
    "feed-collision.hint": "change the path, alias or id of one of the two",
}
