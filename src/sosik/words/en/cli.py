"""The texts of `sosik.cli`: help, outcomes, wrong usage."""

TEXTS = {
    # mistakes
    "cli.failed": "sosik: {reason}",
    "cli.own-mistake": "internal error ({kind}: {error}). Please report it. Set SOSIK_TRACEBACK=1 for a traceback.",
    "cli.file-fault": "{file}: {reason}.",
    "cli.machine-fault": "{error}. Check the free disk space and the permissions of the folder.",
    "cli.file-missing": "file not found: {name}",
    "cli.no-entry": "{name} is not an entry file of {folder}; nothing was changed",
    "cli.file-there": "{path} exists; nothing was changed.",
    "cli.file-not-utf8": "{path} is not UTF-8; save it as UTF-8 first.",
    "cli.in-file": "{path}: {reason}",
    # problems
    "cli.more-warnings": "… and {count} more warnings: run `sosik check`",
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
    "cli.program-directory": "Work on the publication in this folder; option paths are relative to it.",
    "cli.program-language": "Language of messages (ko, en); default: the publication's.",
    "cli.json": "Print JSON, for programs.",
    "cli.store": "Store in PostgreSQL: postgresql://USER@HOST/DATABASE?schema=NAME; default: SOSIK_STORE, or .sosik/.",
    "cli.strict": "Treat warnings as errors.",
    "cli.command-unknown": "unknown command {name!r}. Did you mean {close!r}?",
    # init
    "cli.init": "Create a new publication.",
    "cli.init-more": "It is created in the current folder, or in DIR, and can be published immediately.",
    "cli.init-title": "Name of the publication",
    "cli.init-url": "Address of its home page",
    "cli.init-language": "Language of the publication and of the comments in its files",
    "cli.init-import": "Look through feeds/, then import the articles: {command}",
    "cli.init-next": "Set your public address in feeds/publication.yaml, and run: {command}",
    "cli.publication-there": "{folder} already contains a publication; nothing was changed.",
    "cli.wrote": "wrote {path}",
    # new
    "cli.new": "Create an entry file, as a draft.",
    "cli.new-more": "The file has an id and the headline in quotation marks. `sosik release` publishes it.",
    "cli.new-section": "The section of the article.",
    "cli.new-author": "The author of the article.",
    "cli.new-next": "preview it with `{command} serve --drafts`, publish it with `{command} release {file}`",
    "cli.new-untitled": "missing headline",
    "cli.new-option": "unknown option {name!r}; quote a headline that contains it",
    # release
    "cli.release": "Publish a draft.",
    "cli.release-more": (
        "The draft mark is removed, and a file in _drafts is moved out. Without a publication time, the current time "
        "is written as `published`.\n\n"
        "FILE is a path, an id or part of a headline. A file with errors is not changed."
    ),
    "cli.release-at": "Publication time, such as 23:00, for an entry without one; default: now.",
    "cli.release-flash": "Publish a headline without a body.",
    "cli.released": (
        "{file}: released, published {at}; the next build publishes it (`sosik serve` builds automatically)"
    ),
    "cli.released-ahead": "{file}: released for {at}",
    "cli.released-before": "{file}: not a draft; nothing was changed",
    "cli.release-bodiless": "{file}: missing body. Write one, or use --flash to publish the headline alone.",
    "cli.release-dated": (
        "{file} already has the publication time {published}; change it there, or omit --at. Nothing was changed."
    ),
    "cli.release-past": "{at} is past; write the whole date, or write the time into the file",
    "cli.release-withdrawn": "{file} is withdrawn. To publish it again, remove {@status}: and {@withdrawn}: from it.",
    "cli.edit-draft": "{file} is not published; nothing was changed.",
    "cli.now-ahead": "built for {now}, ahead of the clock: articles scheduled until then are public",
    "cli.release-refused": "not released; nothing was changed",
    # entries by name
    "cli.entry-unknown": "no entry with the path, id or headline {name!r}; `sosik list` lists the published entries",
    "cli.entry-ambiguous": "{count} articles have {name!r} in the headline; use a path or an id: {files}",
    # check
    "cli.check": "List the problems of all files, with hints.",
    "cli.check-more": "Nothing is changed. One line for each problem: file:line:column: severity: code: message.",
    "cli.check-feeds": (
        "Check published feeds and pages by the rules of docs/conformance.md; default: the folder public."
    ),
    "cli.feeds-missing": "file or folder not found: {name}. `sosik build` creates public/.",
    "cli.documents-checked": (
        "{documents} {documents:document|documents}, {errors} {errors:error|errors}, "
        "{warnings} {warnings:warning|warnings}"
    ),
    # build
    "cli.build": "Publish the feeds as static files.",
    "cli.build-more": "Only changed documents are written. The numbers of entries and documents are printed by result.",
    "cli.unshown": "    {count} new {count:entry is|entries are} in no feed: newer entries fill the windows",
    "cli.build-output": "Output folder; default: public.",
    "cli.build-to": "Publish to a bucket: s3://BUCKET/PREFIX, gs://… or az://…; a folder only with --output.",
    "cli.to-invalid": "s3://BUCKET, gs://BUCKET or az://ACCOUNT/CONTAINER expected, without password or query",
    "cli.to-folder-only": "{option} is for a folder; add --output",
    "cli.written-bucket": "{bucket}: {written} objects written, {removed} removed",
    "cli.build-gzip": "Write FILE.gz next to each text file.",
    "cli.build-replace": "Overwrite files of other programs in the output folder.",
    "cli.build-durable": "Sync every published file to the disk, against power cuts.",
    "cli.build-now": "Build as if it were this time.",
    "cli.build-allow-redate": "Allow the entry with this id to change its publication time. Repeatable",
    "cli.build-allow-withdrawals": "Allow more than a tenth of all entries to be withdrawn at once.",
    "cli.build-withdraw-now": "Withdraw entries of missing files without the usual delay (withdraw_after:).",
    "cli.build-or-new": "With --previous: start with an empty store if nothing is published yet (404).",
    "cli.or-new-alone": "--or-new requires --previous",
    "cli.build-new-store": "Replace a damaged store with an empty one; the record of published entries is lost.",
    "cli.no-copy": "safety copy not saved: {reason}",
    "cli.build-previous": "Recover a lost store from the published feeds in DIR or at URL.",
    "cli.would-withdraw": "{count} published {count:article|articles} will be withdrawn: {files}",
    "cli.withdrew": "    withdrawn: {files}",
    "cli.missing": "{count} missing, not withdrawn yet: {files}",
    "cli.missing-files": "{files}",
    "cli.missing-more": "{files}, …",
    "cli.nothing-changed": "nothing was changed",
    "cli.written": "{folder}: {written} files written, {removed} removed",
    "cli.drafts": "{count} {count:draft|drafts} not released (`sosik release`): {files}",
    "cli.ahead": "{count} scheduled {count:article|articles} (`sosik serve` builds automatically):",
    "cli.ahead-file": "    {file}: {at}",
    # progress
    "cli.progress-looking": "looking for articles",
    "cli.progress-found": "{stage}: {done:,} {done:file|files}",
    "cli.progress-reading": "reading articles",
    "cli.progress-making": "making documents",
    "cli.progress-writing": "writing files",
    "cli.progress-count": "{stage}: {done:,} of {total:,}, {rate:,} a second, {left} left",
    "cli.progress-seconds": "{count} {count:second|seconds}",
    "cli.progress-minutes": "{count} {count:minute|minutes}",
    "cli.interrupted": "interrupted; run the same command to continue",
    # restore, doctor
    "cli.restore": "Restore a safety copy of the store.",
    "cli.restore-more": (
        "The newest undamaged copy is restored, or FILE. The current store is moved aside. The next build reads "
        "newer changes from content/."
    ),
    "cli.restore-list": "List the copies.",
    "cli.restore-none": "no safety copy yet: the first build of a day saves one",
    "cli.restore-line": "{file}  edition {edition} of {composed}, {entries} {entries:entry|entries}",
    "cli.restore-unreadable": "{file}  unreadable",
    "cli.restored": "restored {file} (edition {edition})",
    "cli.restore-aside": "moved the old store to {file}",
    "cli.restore-next": "Now run: sosik build",
    "cli.doctor": "Check the store, the pictures and the published files.",
    "cli.doctor-more": "Each problem has a hint. Nothing is changed.",
    "cli.doctor-output": "Folder of the published files; default: public.",
    "cli.doctor-finding": "{part}: {message}",
    "cli.doctor-store": "store",
    "cli.doctor-media": "media",
    "cli.doctor-ledger": "ledger",
    "cli.doctor-output-files": "output",
    "cli.doctor-hint": "    {hint}",
    "cli.doctor-sound": "no problems",
    # diff
    "cli.diff": "Show the changes that the next build would publish.",
    "cli.diff-more": "Nothing is changed.",
    "cli.diff-now": "Compare as if it were this time.",
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
    "cli.serve": "Build, serve and watch the publication.",
    "cli.serve-more": (
        "Changes in content/ or feeds/ are built and served automatically.\n\n"
        "SIGTERM shuts down gracefully. SIGHUP reloads without dropping requests."
    ),
    "cli.serve-host": "Address to listen on; default: {default}.",
    "cli.serve-port": "Port to listen on; default: {default}.",
    "cli.serve-one-process": "--socket, --workers, --access-log and --proxy need Linux, macOS or WSL2",
    "cli.serve-socket": "Listen on this Unix socket, behind a proxy on this machine.",
    "cli.serve-workers": "Number of worker processes; default: one per core, two to four.",
    "cli.serve-no-build": "Only serve; another process builds. In PostgreSQL, no files are needed.",
    "cli.serve-drafts-unbuilt": "--drafts cannot be combined with --no-build.",
    "cli.serve-no-watch": "Do not rebuild on changes.",
    "cli.serve-access-log": "Log requests to this file, or to standard output (-).",
    "cli.serve-proxy": "Trust this proxy's X-Forwarded-For in the access log; repeatable.",
    "cli.serve-to": "Publish every edition to a bucket, too: s3://BUCKET/PREFIX, gs://… or az://….",
    "cli.serve-to-alone": "--to cannot be combined with --no-build, --no-watch or --drafts.",
    "cli.serve-drafts": "Show drafts, on this machine only.",
    "cli.serve-no-network": "{text!r} is not an address (10.0.0.1) or a network (10.0.0.0/8, fd00::/8)",
    "cli.serve-socket-and-port": "--socket cannot be combined with --host or --port.",
    "cli.serving-socket": "socket:     {path}",
    "cli.serving-start-page": "start page: {address}",
    "cli.serving-feed": "feed:       {address}",
    "cli.serving-stop": "Press Ctrl-C to stop.",
    # list and show
    "cli.list": "List the entries.",
    "cli.list-more": (
        "Newest first: publication time, id, section, title. Drafts are counted at the end.\n\n"
        "With --json, drafts come last, with the status draft and null as published. Other values of status: "
        "published, scheduled (until its time), unbuilt (not yet published), held (its file has an error), "
        "withdrawn."
    ),
    "cli.list-unpublished": "{line} (not yet published)",
    "cli.list-scheduled": "{line} (scheduled for {at})",
    "cli.list-held": "{line} (held: {code})",
    "cli.show-scheduled": "scheduled for {at}",
    "cli.show-unbuilt": "not yet published",
    "cli.show-held": "held: {code}: {reason}",
    "cli.show-held-before": "held: {code}: {reason} (shown here: the last good version)",
    "cli.list-missing": "{line} (missing since {since})",
    "cli.list-count": "{count} {count:entry|entries}",
    "cli.show": "Show the content and history of one entry.",
    "cli.show-more": (
        "ID is an id or its last part, a file, or part of a headline. A draft has only id, title and file."
    ),
    # date
    "cli.date": "Explain how a date is read.",
    "cli.date-more": "For an unreadable date, the position and the reason are printed.",
    "cli.date-slot": (
        "Source of the text. `stamp`: the date line of an article; `key`: an entry file; `meta`: metadata of a page; "
        "`page`: any line of a page; the others by their names."
    ),
    "cli.date-reference": "Time from which relative dates (3시간 전) count.",
    # correct, withdraw and pin
    "cli.correct": "Add a correction to an entry.",
    "cli.correct-more": (
        "The correction has the current time. NOTE is shown to readers. FILE is a path, an id or part of a headline."
    ),
    "cli.correct-without-note": "missing note: describe the correction; it is shown above the article",
    "cli.corrected": "{file}: {label} {at} {note}",
    "cli.withdraw": "Withdraw an entry.",
    "cli.withdraw-more": (
        "The entry is removed from every feed at the next build. Its id stays reserved. FILE is a path, an id or "
        "part of a headline.\n\n"
        "To publish it again, delete the two lines that this command writes into the file."
    ),
    "cli.withdrawn": "{file}: withdrawn {at}",
    "cli.retire": "End feeds permanently.",
    "cli.retire-more": (
        "ADDRESS is the path (/local/rss.xml) or address of a feed that feeds/ no longer defines; * matches any "
        "text. It is added to feeds/publication.yaml. From the next build on, it responds with 410 Gone. To undo "
        "this, delete it from the file."
    ),
    "cli.retire-unknown": "no published feed has the address {address!r}",
    "cli.retired": "{file}: {paths} retired",
    "cli.retired-before": "{file}: {paths} already retired; nothing was changed",
    "cli.retire-defined": "{paths} {n:is|are} still defined in feeds/; delete the definition to end {n:it|them}",
    "cli.withdrawn-before": "{file}: already withdrawn; nothing was changed",
    "cli.pin": "Write ids into files without one.",
    "cli.pin-more": (
        "A file without an id has an id derived from its path. With the id in the file, it can be renamed. A renamed "
        "file gets the id of its article.\n\n"
        "Without FILE, all files without an id are pinned, except duplicates of published articles that are held "
        "back."
    ),
    "cli.pin-count": "{count} pinned",
    # config
    "cli.config": "Print configuration for nginx, Caddy, Apache or a static host.",
    "cli.config-more": (
        "nginx, caddy and apache are configurations with which these servers serve the published files. headers and "
        "redirects are the files _headers and _redirects of static hosts. robots is for robots.txt."
    ),
    "cli.config-location": "Print only the part for feeds below this path of an existing site.",
    "cli.config-location-server": "--location requires nginx, caddy or apache, not {server}",
    "cli.config-location-other": "feeds_url is {feeds_url}; set it to {wanted} for this location",
    "cli.config-root-private": "{private} would be public; use the folder of the published files, such as {public}",
    "cli.config-root": "Folder of the published files on the server; default: public.",
    # import
    "cli.import": "Convert old articles to entry files.",
    "cli.import-more": "Inferred values are listed under unconfirmed:.",
    "cli.import-page": "Import article pages saved as text or HTML.",
    "cli.import-into": "Folder for entry files; default: content/YEAR/MONTH.",
    "cli.import-masthead": (
        "Date in the masthead of the page (최종편집 …): edit time (use), edit time to confirm (unconfirmed), ignore."
    ),
    "cli.import-dry-run": "Print the result; write nothing.",
    "cli.import-feed": "Import the articles of old feeds, under their old ids.",
    "cli.import-feed-more": (
        "RSS, RDF, Atom and JSON Feed, saved as files; of folders all feeds in them. ADDRESS is the address of the "
        "saved file. A second import changes nothing."
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
        "{file}: {path} exists; it was not changed\n    "
        "hint: if this is another article, import it alone with --into and another folder"
    ),
    "cli.page-unreadable": "{file} cannot be read: {reason}",
    "cli.would-write": "would write {path}",
    "cli.unconfirmed": "    {@unconfirmed}: {key}. Check the value, then remove it from {@unconfirmed}:",
    # audience
    "cli.audience": "Report subscribers and polling clients from access logs.",
    "cli.audience-more": (
        "The report has subscribers by service, readers, the share of unchanged responses (304) and wasteful "
        "clients.\n\n"
        "LOG is an access log in the combined format (nginx, Apache) or Caddy's JSON, plain or gzip; - is standard "
        "input."
    ),
    "cli.audience-html": "Write an HTML page with charts.",
    "cli.audience-top": "Number of wasteful clients to list.",
    # announce
    "cli.announce": "Notify WebSub hubs and IndexNow of changes.",
    "cli.announce-more": (
        "They are the hubs: and indexnow: of feeds/publication.yaml, notified once the new version is at the public "
        "address.\n\n"
        "Failed notifications are retried by the next build; the exit status is 1."
    ),
    "cli.announce-dry-run": "Notify no hub; show pending notifications and the last results.",
    "cli.announce-nobody": "nothing to notify: no hubs: or indexnow: in feeds/publication.yaml",
    "cli.announce-failed": "notification failed: {reason}",
    "cli.announcements": "notifications: {told} sent, {waiting} pending",
    "cli.announce-untried": "not tried yet",
    "cli.announce-waiting": "    {target}: {reason}",
    "cli.announce-later": "    pending ones are sent by the next build, or by `sosik announce`",
    "cli.target-told": "notified {count} times, last {last}",
    "cli.target-never-told": "never notified",
    "cli.target-failed": "failed {at}: {outcome}",
    "cli.target-waits": "asked to wait until {until}",
    "cli.init-from-feed": (
        "Continue an old feed, saved as FILE from ADDRESS: title, language, home page, address, ids. Repeatable"
    ),
    "cli.init-doubt": "{file}: is {offset} Korean time? {evidence}. If so, uncomment dates: in feeds/publication.yaml",
    "cli.init-no-address": "{file}: old address unknown; write it as aliases: in feeds/, or ADDRESS=FILE here",
    "cli.no-feeds": "{names}: no feeds",
    "cli.moved": "Compare old feeds with the next build.",
    "cli.moved-more": (
        "Items that readers would see again, miss or find under another date make the exit status 1. ADDRESS is the"
        " address of the saved file. Nothing is changed."
    ),
    "cli.moved-same": "same",
    "cli.moved-older": "older",
    "cli.moved-repost": "re-post",
    "cli.moved-missing": "missing",
    "cli.moved-redated": "redated",
    "cli.moved-feed": "{file} → feeds/{feed}.yaml",
    "cli.moved-unanswered": "{file}: no feed has the address {paths}; add it to aliases: in feeds/",
    "cli.moved-none": "{file}: feeds/ defines no feed",
    "cli.moved-no-address": "{file}: unknown old address; use ADDRESS=FILE to check it",
    "cli.moved-counts": "{counts}; {new} new",
    "cli.moved-unknowable-few": "{count} {count:item has|items have} no id, and newsboat shows them again",
    "cli.moved-unknowable": (
        "{count} {count:item has|items have} no id, and newsboat shows them again. Shorten the window in"
        " feeds/{feed}.yaml for the first day: window: {{entries: {entries}, hours: 0, at_most: {entries}}}"
    ),
}
