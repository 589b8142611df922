"""What `sosik.audience` says, in the table of the terminal and on the page."""

TEXTS = {
    # logs
    "audience.log-unreadable": "{name} cannot be read to its end: {reason}",
    "audience.log-damaged": "it is damaged or ends too early",
    "audience.line-not-combined": "this is no line of the combined format",
    "audience.line-not-caddy": "this is no line of Caddy's",
    "audience.minute-unknown": "there is no such minute",
    "audience.minute-impossible": "there was no such minute for a server",
    # what was found
    "audience.kind-service": "service",
    "audience.kind-reader": "reader",
    "audience.kind-search": "search",
    "audience.kind-browser": "browser",
    "audience.kind-other": "other",
    "audience.other-robots": "other robots",
    "audience.browsers": "browsers",
    "audience.others": "others",
    "audience.never-asks": "never asks whether anything changed",
    "audience.too-often": "polls too often",
    "audience.unbelieved": (
        "{count} polls said a number of subscribers that is not believed "
        "(more than {most:,}, or too many feed-ids for one feed)"
    ),
    "audience.requests-uncounted": "{count} requests on more feeds and days than are counted apart",
    "audience.clients-forgotten": ("{count} clients that were forgotten, for there were too many to watch them all"),
    "audience.estimates": "there were so many readers that their numbers are estimates",
    "audience.seconds": "{count:,} s",
    # on the terminal
    "audience.summary-lines": (
        "{lines:,} lines: {polls:,} polls of feeds, {elsewhere:,} other requests, "
        "{refused:,} refused, {malformed:,} malformed"
    ),
    "audience.summary-span": "from {first} to {last}",
    "audience.summary-people": "{subscribers:,} subscribers as services say, about {readers:,} readers besides",
    "audience.summary-traffic": "{share} answered with 304; {sent} sent, about {saved} saved",
    "audience.feeds": "Feeds",
    "audience.services": "Services and readers",
    "audience.days": "Days",
    "audience.wasteful": "Wasteful clients",
    "audience.column-feed": "feed",
    "audience.column-name": "name",
    "audience.column-kind": "kind",
    "audience.column-day": "day",
    "audience.column-client": "client",
    "audience.column-agent": "agent",
    "audience.column-why": "why",
    "audience.subscribers": "Subscribers",
    "audience.readers": "Readers",
    "audience.polls": "Polls",
    "audience.sent": "Sent",
    "audience.saved": "Saved",
    "audience.every": "Every",
    "audience.wasted": "Wasted",
    # on the page
    "audience.title": "The audience of the feeds",
    "audience.page-lines": "{lines:,} lines, {malformed:,} of them malformed.",
    "audience.page-span": "{first} to {last}, {lines:,} lines, {malformed:,} of them malformed.",
    "audience.readers-besides": "Readers besides",
    "audience.unchanged": "Answered with 304",
    "audience.explanation": (
        "Subscribers are what services such as Feedly say that they fetch for, the greatest number of a day; it is not "
        "verified. Readers besides are different clients a day that say no number, an estimate."
    ),
    "audience.day-by-day": "Day by day",
    "audience.chart-subscribers": "Subscribers, as services say",
    "audience.chart-readers": "Readers without a number (estimate)",
    "audience.chart-unchanged": "Polls answered with an empty 304",
    "audience.wasteful-page": "Clients that waste the most",
    "audience.head-feed": "Feed",
    "audience.head-name": "Name",
    "audience.head-kind": "Kind",
    "audience.head-client": "Client",
    "audience.head-why": "Why",
}
