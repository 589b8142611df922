"""What `sosik.config` says."""

TEXTS: dict[str, str] = {
    "config.another-document": "another document",
    # files
    "config-missing.file": "the file is not there",
    "config-missing.file-hint": (
        "run sosik init to make a publication here, or sosik -C DIR to work in another folder"
    ),
    "definition-name.suffix": "definitions end in .yaml",
    "definition-name.suffix-hint": "rename it to {name}",
    "feed-name.file": "no feed can be called {name!r}",
    "feed-name.file-hint": "letters, digits, Hangul, - and _ make a name; some, such as archive and media, are taken",
    "file-name.second": "a second file has this name: {name}",
    "file-name.second-hint": "delete one of the two",
    "file-too-large.config": "the file has more than {most:,} bytes",
    # keys
    "key-unknown.here": "{key} is no key here",
    "key-unknown.here-hint": "the keys here are {keys}",
    "key-conflict.line": "{key} says what line {line} says already",
    "key-conflict.line-hint": "keep one of them",
    "config-key.missing": "{key} is missing",
    "config-key.publication-title-hint": "title: 해누리일보",
    "config-key.feed-title-hint": "title: 지역 소식",
    "config-key.url-hint": "url: https://news.example.kr/, the address of the home page",
    "config-key.authority-hint": ("authority: news.example.kr,2010: a host, and a year in which it was yours already"),
    "config-key.indexnow-hint": "key: 8 to 128 letters, digits and hyphens, chosen at random",
    # values
    "value-type.section-hint": "write {key}: {{{members}}}",
    "value-type.pairs-hint": "{key}: {{지역: local}}",
    "value-invalid.is": "{key} is {text!r}",
    "value-invalid.holds": "{key} holds {text!r}",
    "value-invalid.empty": "{key} is empty",
    "value-invalid.number-hint": "write a whole number from {least} to {most}",
    # the publication
    "value-invalid.base": "{key} is {text!r}, which holds .., ? or #",
    "value-invalid.base-hint": "write {key}: https://news.example.kr/",
    "value-invalid.address": "{key} is {text!r}, which is no http or https address",
    "value-invalid.address-hint": "write {key}: https://news.example.kr/…, or a path seen from the home page",
    "value-invalid.authority-hint": (
        "write a host and a day on which it was yours, as in news.example.kr,2010 or news.example.kr,2010-03-01"
    ),
    "value-invalid.pages-hint": "write a path such as /feeds/",
    "value-invalid.language-hint": "write a language tag such as ko or ko-KR",
    "value-invalid.timezone": "{key} is {text!r}, which is no time zone",
    "value-invalid.timezone-hint": "write a name of the time zone database, such as Asia/Seoul",
    "value-invalid.email-hint": "write an e-mail address, or leave it out",
    "value-invalid.indexnow-hint": "write 8 to 128 letters a-z, digits and hyphens",
    "value-invalid.told-hint": "write addresses such as {example}",
    # dates
    "value-invalid.offset-hint": "write offsets as they stand in the dates, such as +0000 or Z",
    "value-invalid.time-hint": 'write times such as "03:00:00"',
    "value-invalid.label": "{key} gives {word!r} the role {role!r}",
    # feeds
    "feed-path.is": "{key} is {text!r}",
    "feed-path.is-hint": "write a path without .., ? # % and \\, such as {example}",
    "feed-path.root": "path is {text!r}, but the feed {root} lies at the root",
    "feed-path.root-hint": "delete path",
    "feed-path.reserved": "path is {text!r}, and {first} belongs to other documents",
    "feed-path.reserved-hint": "write another path, such as {example}",
    "feed-path.alias": "aliases holds {text!r}",
    "feed-path.alias-hint": (
        "write a path from the root, such as /rss/allArticle.xml; what follows ? cannot be told apart"
    ),
    "feed-path.braces": "path is {text!r}, and only a family fills in braces",
    "feed-path.placeholder": "{key} holds {{{name}}}",
    "feed-path.placeholder-hint": "only {{value}} and {{slug}} are filled in",
    "feed-path.one-feed": "{key} is {text!r} for every {each}: the feeds would be one",
    "feed-path.one-feed-hint": "put {{value}} or {{slug}} into it",
    "value-invalid.placeholder": "{key} holds {{{name}}}",
    "value-invalid.one-feed": "{key} is {text!r} for every {each}: the feeds would be one",
    "value-invalid.feed-id-hint": (
        "write an absolute IRI, such as tag:news.example.kr,2010:feed/local, or leave it out"
    ),
    "value-invalid.criteria-hint": "write {key}: {{section: [지역]}}, or delete the key",
    "value-invalid.window": "{key} is {entries}, which is more than at_most, {at_most}",
    "value-invalid.formats-hint": "choose from {names}",
    "value-invalid.no-formats-hint": "choose from {names}, or delete the key",
    "value-invalid.aliases": "aliases answer with the RSS document, which formats leaves out",
    "value-invalid.slug": "slugs gives {value} the slug {slug!r}",
    "value-invalid.slug-hint": "write {value}: local, with letters, digits, - and _",
    "slug-collision.slugs": "slugs gives {owner} and {value} the same slug {slug}",
    "value-invalid.family-key": "{key} is for a family, which says each: section, tag or author",
    "value-invalid.family-key-hint": "delete {key}, or add each",
    "value-invalid.filled-in": "{key} holds {{{name}}}, which only a family fills in",
    "value-invalid.filled-in-hint": "add each: section, tag or author, or delete {{{name}}}",
    "value-invalid.root-family": "each makes a family, but {root} is the root feed",
    "value-invalid.root-family-hint": "rename the file",
    "value-invalid.family-alias": "aliases cannot lead to a whole family",
    "value-invalid.family-alias-hint": "define a feed of its own for it",
    "feed-collision.path": "{path} belongs to {owner} already",
    "feed-collision.id": "the id {id} belongs to {owner} already",
    "feed-collision.hint": "give one of the two another path, alias or id",
}
