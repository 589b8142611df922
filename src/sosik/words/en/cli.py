"""What `sosik.cli` says: help, outcomes, and what is wrong with a call."""

TEXTS = {
    # mistakes
    "cli.failed": "sosik: {reason}",
    "cli.own-mistake": "internal error ({kind}: {error}). Set SOSIK_TRACEBACK=1 for a traceback.",
    "cli.file-fault": "{file}: {reason}.",
    "cli.machine-fault": "{error}. Is the disk full, or may the folder not be written?",
    "cli.file-missing": "file not found: {name}",
    "cli.no-entry": "{name} is not an entry: entries are in {folder}; nothing was changed",
    "cli.file-there": "{path} exists; nothing was changed.",
    "cli.file-not-utf8": "{path} is not UTF-8 text; save it as UTF-8 first.",
    "cli.in-file": "{path}: {reason}",
    # problems
    "cli.more-warnings": "… and {count} more warnings: sosik check",
    "cli.same-problem": "    the same in {count} more {count:file|files}: {files}",
    "cli.not-published": "{count} {count:article|articles} will not be published as {count:it is|they are}",
    "cli.severities": "{errors} {errors:error|errors}, {warnings} {warnings:warning|warnings}",
    "cli.no-problems": "no problems",
    # counts
    "cli.counts-entries": "entries: {counts}",
    "cli.counts-documents": "documents: {counts}",
    "cli.count-new": "{count} new",
    "cli.count-updated": "{count} updated",
    "cli.count-corrected": "{count} corrected",
    "cli.count-minor": "{count} minor",
    "cli.count-confirmed": "{count} confirmed",
    "cli.count-withdrawn": "{count} withdrawn",
    "cli.count-held": "{count} held",
    "cli.count-unchanged": "{count} unchanged",
    "cli.count-changed": "{count} changed",
    "cli.count-removed": "{count} removed",
    "cli.count-none": "none",
    # the program
    "cli.program": (
        "소식: publishes a newsroom's articles as RSS, Atom and JSON Feed.\n\n"
        "\b\n"
        "Start with:  sosik init my-paper\n"
        "             sosik -C my-paper serve"
    ),
    "cli.program-directory": (
        "Work on the publication in this folder; paths of options that name its files are seen from it."
    ),
    "cli.program-language": "Speak Korean or English; default: the language of the publication.",
    "cli.json": "Print JSON, for programs.",
    "cli.strict": "Treat warnings as errors.",
    "cli.command-unknown": "unknown command {name!r}. Did you mean {close!r}?",
    # init
    "cli.init": "Make a new publication that builds at once.",
    "cli.init-more": "It is made in this folder, or in DIR.",
    "cli.init-title": "Name of the publication",
    "cli.init-url": "Address of its home page",
    "cli.init-language": "Language of the publication and of the comments in its files",
    "cli.init-import": "Look through feeds/, then import the articles: {command}",
    "cli.init-next": "Set your public address in feeds/publication.yaml, and run: {command}",
    "cli.publication-there": "{folder} is a publication already; nothing was changed.",
    "cli.wrote": "wrote {path}",
    # new
    "cli.new": "Write a new entry file, a draft.",
    "cli.new-more": "The file has an id and the headline, quoted. Nothing is published before `sosik release`.",
    "cli.new-section": "The section of the article.",
    "cli.new-author": "The author of the article.",
    "cli.new-next": "preview it with `{command} serve --drafts`, publish it with `{command} release {file}`",
    "cli.new-untitled": "an article needs a headline",
    "cli.new-option": "unknown option {name!r}; put a headline with it in quotation marks",
    # release
    "cli.release": "Publish a draft.",
    "cli.release-more": (
        "The draft mark is removed; a file in _drafts is moved out of it. The current time is written as `published` "
        "where the entry has none.\n\n"
        "FILE is a path, an id or part of a headline. A file with errors is not changed."
    ),
    "cli.release-at": "Time of publication, such as 23:00, if the entry has none; default: now.",
    "cli.release-flash": "Publish the headline alone, without a body.",
    "cli.released": "{file}: released, published {at}; the next build publishes it (`sosik serve` builds by itself)",
    "cli.released-ahead": "{file}: released; it is published at {at}",
    "cli.released-before": "{file}: not a draft; nothing was changed",
    "cli.release-bodiless": "{file}: the article has no body. Write one, or use --flash for a headline alone.",
    "cli.release-dated": "{file} says published {published}; change it there, or leave out --at. Nothing was changed.",
    "cli.release-past": "{at} is past; write the whole date, or a past time as published: in the file",
    "cli.release-withdrawn": "{file} is withdrawn. To publish it again, remove status: and withdrawn: from it.",
    "cli.edit-draft": "{file} is not public; nothing was changed.",
    "cli.now-ahead": "built as at {now}, ahead of the clock: articles that wait until then are public",
    "cli.release-refused": "not released; nothing was changed",
    # entries by name
    "cli.entry-unknown": "no entry has the path, id or headline {name!r}; `sosik list` lists the published ones",
    "cli.entry-ambiguous": "{count} articles have {name!r} in their headlines; use a path or an id: {files}",
    # check
    "cli.check": "List every problem of every file, with hints.",
    "cli.check-more": "Nothing is changed. One line for each: file:line:column: code: message.",
    "cli.check-feeds": (
        "Check published documents instead, by the rules of docs/conformance.md; without a name: public."
    ),
    "cli.feeds-missing": "file or folder not found: {name}. `sosik build` makes public/.",
    "cli.documents-checked": (
        "{documents} {documents:document|documents}, {errors} {errors:error|errors}, "
        "{warnings} {warnings:warning|warnings}"
    ),
    # build
    "cli.build": "Publish the feeds as static files.",
    "cli.build-more": "It says what became of entries and documents.",
    "cli.unshown": "    {count} of the new ones are in no feed: newer entries fill the windows",
    "cli.build-output": "Where the files go; default: public.",
    "cli.build-gzip": "Write FILE.gz beside each text file.",
    "cli.build-replace": "Replace files of other programs where documents go.",
    "cli.build-durable": "Wait until every published file is on the disk, safe from a power cut.",
    "cli.build-now": "Build as if it were this time.",
    "cli.build-allow-redate": "Allow this entry's publication time to change.",
    "cli.build-allow-withdrawals": "Allow many entries to be withdrawn at once.",
    "cli.build-withdraw-now": "Withdraw what is gone without waiting for it.",
    "cli.build-or-new": "With --previous: begin anew where nothing was published yet (404).",
    "cli.or-new-alone": "--or-new is for --previous",
    "cli.build-new-store": "Put a damaged store aside and begin anew: what was published is forgotten.",
    "cli.no-copy": "No safety copy was kept: {reason}",
    "cli.build-previous": "Recover a lost store from the published feeds.",
    "cli.would-withdraw": "{count} published {count:article|articles} will be withdrawn: {files}",
    "cli.withdrew": "    withdrawn: {files}",
    "cli.missing": "{count} missing, not yet withdrawn: {files}",
    "cli.missing-files": "{files}",
    "cli.missing-more": "{files}, …",
    "cli.nothing-changed": "nothing was changed",
    "cli.written": "{folder}: {written} files written, {removed} removed",
    "cli.drafts": "{count} {count:draft waits|drafts wait} for `sosik release`: {files}",
    "cli.ahead": "{count} {count:article waits for its|articles wait for their} time (`sosik serve` builds by itself):",
    "cli.ahead-file": "    {file}: {at}",
    # progress
    "cli.progress-reading": "reading articles",
    "cli.progress-making": "making documents",
    "cli.progress-writing": "writing files",
    "cli.progress-count": "{stage}: {done:,} of {total:,}, {rate:,} a second, {left} left",
    "cli.progress-seconds": "{count} {count:second|seconds}",
    "cli.progress-minutes": "{count} {count:minute|minutes}",
    "cli.interrupted": "stopped; the same command goes on from what was there before",
    # restore, doctor
    "cli.restore": "Put a safety copy of the store back.",
    "cli.restore-more": (
        "The newest whole one, or FILE. What lies in its place is put aside; the next build takes the rest from "
        "content/."
    ),
    "cli.restore-list": "List the copies.",
    "cli.restore-none": "There is no copy yet: the first build of a day keeps one.",
    "cli.restore-line": "{file}  edition {edition} of {composed}, {entries} {entries:entry|entries}",
    "cli.restore-unreadable": "{file}  cannot be read",
    "cli.restored": "restored {file} (edition {edition})",
    "cli.restore-aside": "moved the old store to {file}",
    "cli.restore-next": "Now run: sosik build",
    "cli.doctor": "Check the store, the pictures and the published files.",
    "cli.doctor-more": "Every fault is printed with what to do about it; nothing is changed.",
    "cli.doctor-output": "Where the published files are; default: public.",
    "cli.doctor-finding": "{part}: {message}",
    "cli.doctor-hint": "    {hint}",
    "cli.doctor-sound": "no problems",
    # diff
    "cli.diff": "Show what the next build would change for subscribers.",
    "cli.diff-more": "Nothing is changed.",
    "cli.diff-now": "As at this instant.",
    "cli.diff-new": "new",
    "cli.diff-updated": "updated",
    "cli.diff-corrected": "corrected",
    "cli.diff-minor": "minor",
    "cli.diff-confirmed": "confirmed",
    "cli.diff-withdrawn": "withdrawn",
    "cli.diff-held": "held",
    "cli.diff-moved": "moved",
    "cli.diff-linked": "linked",
    "cli.diff-refused": "refused",
    "cli.diff-warning": "warning",
    "cli.diff-changed": "changed",
    "cli.diff-removed": "removed",
    "cli.diff-nothing": "nothing would change",
    "cli.diff-published-at": "published {at}",
    "cli.diff-link": "link {before} → {after}",
    "cli.diff-updated-at": "updated {at}",
    "cli.diff-no-longer-updated": "no longer updated {at}",
    "cli.diff-correction": "{label} {note}",
    "cli.diff-replaced-by": "replaced-by {title}",
    "cli.diff-replaces": "replaces {title}",
    "cli.diff-related": "related {title}",
    "cli.diff-appears": "appears in {feeds}",
    "cli.diff-leaves": "leaves {feeds}",
    # serve
    "cli.serve": "Build, serve and watch.",
    "cli.serve-more": (
        "Feeds are built again whenever content/ or feeds/ change.\n\n"
        "SIGTERM ends it once the answers under way are given. SIGHUP starts its processes anew without losing a "
        "request."
    ),
    "cli.serve-host": "The address to listen on; default: {default}.",
    "cli.serve-port": "The port to listen on; default: {default}.",
    "cli.serve-one-process": "--socket, --workers, --access-log and --proxy need Linux, macOS or WSL2",
    "cli.serve-socket": "Listen on this Unix socket instead, behind a proxy on this machine.",
    "cli.serve-workers": "How many processes answer; default: one a core, two to four.",
    "cli.serve-no-watch": "Do not rebuild on changes.",
    "cli.serve-access-log": "Write a line for each request to this file, or to standard output.",
    "cli.serve-proxy": "Trust this proxy's X-Forwarded-For in the access log; repeatable.",
    "cli.serve-drafts": "Show drafts; on this machine only.",
    "cli.serve-no-network": "{text!r} is neither an address (10.0.0.1) nor a network (10.0.0.0/8, fd00::/8)",
    "cli.serve-socket-and-port": "--socket takes the place of --host and --port: give one or the other.",
    "cli.serving-socket": "socket:     {path}",
    "cli.serving-start-page": "start page: {address}",
    "cli.serving-feed": "feed:       {address}",
    "cli.serving-stop": "Press Ctrl-C to stop.",
    # list and show
    "cli.list": "List the entries.",
    "cli.list-more": (
        "The newest first: when published, id, section, title. Drafts are counted at the end.\n\n"
        "With --json, drafts come last: their status is draft, and published is null."
    ),
    "cli.list-unpublished": "{line} (not yet published)",
    "cli.list-missing": "{line} (missing since {since})",
    "cli.list-count": "{count} {count:entry|entries}",
    "cli.show": "Show one entry as normalized, with its history.",
    "cli.show-more": "ID may be the last part of an id, a file or part of a headline. A draft is only named.",
    # date
    "cli.date": "Explain how a date text is read.",
    "cli.date-more": "For a text that cannot be read: where, and why.",
    "cli.date-slot": "Where the text was found.",
    "cli.date-reference": "The time that relative dates count from.",
    # correct, withdraw and pin
    "cli.correct": "Stamp a correction into an entry file.",
    "cli.correct-more": "The stamp is the time of now; NOTE is what readers are told.",
    "cli.correct-without-note": "say what is corrected: readers see it above the article",
    "cli.corrected": "{file}: {label} {at} {note}",
    "cli.withdraw": "Withdraw an entry.",
    "cli.withdraw-more": (
        "The entry in FILE leaves every feed, now; its id is remembered for ever.\n\n"
        "To put it back, take the two lines out again that this writes into the file."
    ),
    "cli.withdrawn": "{file}: withdrawn {at}",
    "cli.retire": "End feeds for good.",
    "cli.retire-more": (
        "ADDRESS is a path (/local/rss.xml) or an address of a feed that nothing in feeds/ defines any more; * stands "
        "for any text in it. It is written into feeds/publication.yaml; with the next build whoever asks is told that "
        "the feed is gone (410). Taken out of the file again, it answers as before."
    ),
    "cli.retire-unknown": "no feed was ever at {address!r}",
    "cli.retired": "{file}: {paths} retired",
    "cli.retired-before": "{file}: {paths} was retired before; nothing was changed",
    "cli.retire-defined": "{paths} {n:is|are} still defined in feeds/, and {n:ends|end} once the definition is removed",
    "cli.withdrawn-before": "{file}: was withdrawn before; nothing was changed",
    "cli.pin": "Write ids into files that have none.",
    "cli.pin-more": (
        "A file without an id has one derived from its path; once it is written in, the file can be renamed. "
        "A file that was renamed before gets the id that its article has.\n\n"
        "Without FILE, into every file that has none and is not held back because its article has an id already."
    ),
    "cli.pin-count": "{count} pinned",
    # config
    "cli.config": "Print a configuration of nginx or Caddy, or robots.txt.",
    "cli.config-more": (
        "It tells another web server of the published files: nginx and caddy are configurations of these servers; "
        "headers and redirects are the files _headers and _redirects, which static hosts read; robots are lines for "
        "robots.txt."
    ),
    "cli.config-location": "Print only what serves the feeds below this path of an existing site.",
    "cli.config-location-server": "--location is for nginx, caddy and apache, not for {server}",
    "cli.config-location-other": "feeds_url is {feeds_url}; set it to {wanted} for this location",
    "cli.config-root-private": "{private} would be public; name the folder of the published files, such as {public}",
    "cli.config-root": "Where the files lie on the server; default: public.",
    # import
    "cli.import": "Turn old articles into entry files.",
    "cli.import-more": "What had to be inferred is marked unconfirmed.",
    "cli.import-page": "Import article pages that were saved as text or HTML.",
    "cli.import-into": "Where entry files go; default: content/YEAR/MONTH.",
    "cli.import-masthead": "What a date in the page's masthead (최종편집 …) means for the article.",
    "cli.import-dry-run": "Write nothing.",
    "cli.import-feed": "Import the articles of old feeds, under their old ids.",
    "cli.import-feed-more": (
        "RSS, RDF, Atom and JSON Feed, saved as files; of folders all feeds in them. A second import changes nothing."
    ),
    "cli.import-page-feed": "An old feed of the same articles, which has their ids; may be given several times.",
    "cli.import-draft": "draft: {file}: {reasons}",
    "cli.import-drafts-more": "{count} more {count:draft|drafts}: sosik check lists them",
    "cli.import-alike": "    the same of {count} more {count:article|articles}",
    "cli.import-filled": "completed {path}",
    "cli.import-would-fill": "would complete {path}",
    "cli.import-unchanged": "unchanged {path}",
    "cli.page-other-id": (
        "{file}: {path} is this article under the id {id}; readers know it by {old}\n"
        '    hint: before it is published, write id: "{old}"'
    ),
    "cli.import-read": (
        "{items:,} {items:item|items} of {feeds} {feeds:feed|feeds}: {entries:,} {entries:article|articles}"
    ),
    "cli.import-done": "{counts}",
    "cli.import-would": "in a dry run: {counts}",
    "cli.import-counts": (
        "{new:,} new, {filled:,} completed, {unchanged:,} unchanged, {kept:,} kept, {misnamed:,} under another id; "
        "{drafts:,} {drafts:draft|drafts}, {refused:,} refused"
    ),
    "cli.import-report": "report: {path}",
    "cli.page-taken": (
        "{file}: {path} is there already, and stays as it is\n"
        "    hint: if this is another article, import it alone with --into and another folder"
    ),
    "cli.page-unreadable": "{file} cannot be read: {reason}",
    "cli.would-write": "would write {path}",
    "cli.unconfirmed": "    unconfirmed: {key}. Check it, then remove it from unconfirmed:",
    # audience
    "cli.audience": "Report from access logs who polls the feeds.",
    "cli.audience-more": (
        "Subscribers by service, readers, the share of 304, wasteful clients.\n\n"
        "LOG is an access log in the combined format (nginx, Apache) or Caddy's JSON, plain or gzip; - is standard "
        "input."
    ),
    "cli.audience-html": "Write a page with plots.",
    "cli.audience-top": "How many wasteful clients to list.",
    # announce
    "cli.announce": "Notify hubs and search engines of changes.",
    "cli.announce-more": (
        "WebSub hubs and search engines (IndexNow) are told once the new bytes are at their addresses.\n\n"
        "What cannot be told waits in the store, and the exit status is 1."
    ),
    "cli.announce-dry-run": "Notify nobody; show what waits, and the last results.",
    "cli.announce-nobody": "nobody to notify: no hubs: and no indexnow: in feeds/publication.yaml",
    "cli.announce-failed": "nobody was told of the changes: {reason}",
    "cli.announcements": "announcements: {told} told, {waiting} waiting",
    "cli.announce-untried": "not tried yet",
    "cli.announce-waiting": "    {target}: {reason}",
    "cli.announce-later": "    what waits is told by the next build, or by `sosik announce`",
    "cli.target-told": "told {count}, last {last}",
    "cli.target-never-told": "never told",
    "cli.target-failed": "failed {at}: {outcome}",
    "cli.target-waits": "it asked us to wait until {until}",
    "cli.init-from-feed": "Go on with an old feed: its title, language, home page, old address and id. May be repeated",
    "cli.init-doubt": "{file}: is {offset} Korean time? {evidence}. If so, uncomment dates: in feeds/publication.yaml",
    "cli.init-no-address": "{file}: old address unknown; write it as aliases: in feeds/, or ADDRESS=FILE here",
    "cli.no-feeds": "{names}: no feeds",
    "cli.moved": "Compare old feeds with what is about to be published.",
    "cli.moved-more": (
        "What their readers would see again, miss or find under another date makes the exit status 1. ADDRESS is where"
        " the file was saved from. Nothing is changed."
    ),
    "cli.moved-same": "same",
    "cli.moved-older": "older",
    "cli.moved-repost": "re-post",
    "cli.moved-missing": "missing",
    "cli.moved-redated": "redated",
    "cli.moved-feed": "{file} → feeds/{feed}.yaml",
    "cli.moved-unanswered": "{file}: no feed answers at {paths}; write the address as aliases: in feeds/",
    "cli.moved-none": "{file}: feeds/ defines no feed",
    "cli.moved-no-address": "{file}: old address unknown; write ADDRESS=FILE to check that it answers",
    "cli.moved-counts": "{counts}; {new} new",
    "cli.moved-unknowable": (
        "{count} {count:item has|items have} no id, and newsboat shows them again. Shorten the window in"
        " feeds/{feed}.yaml for the first day: window: {{entries: {entries}, hours: 0, at_most: {entries}}}"
    ),
}
