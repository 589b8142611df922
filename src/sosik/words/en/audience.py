"""What `sosik.audience` says, in the table of the terminal and on the page."""

TEXTS = {
    # logs
    "audience.log-unreadable": "{name} cannot be read to its end: {reason}",
    "audience.log-damaged": "damaged or truncated",
    "audience.line-not-combined": "line is not in the combined format",
    "audience.line-not-caddy": "line is not in Caddy's format",
    "audience.minute-unknown": "invalid time",
    "audience.minute-impossible": "impossible time for a server log",
    # what was found
    "audience.kind-service": "service",
    "audience.kind-reader": "reader",
    "audience.kind-search": "search",
    "audience.kind-browser": "browser",
    "audience.kind-other": "other",
    "audience.other-robots": "other robots",
    "audience.browsers": "browsers",
    "audience.others": "others",
    "audience.never-asks": "ignores ETag and Last-Modified",
    "audience.too-often": "polls too often",
    "audience.unbelieved": (
        "{count} polls with an implausible number of subscribers (over {most:,}, or too many feed-ids for a feed)"
    ),
    "audience.requests-uncounted": "{count} requests not counted separately: too many feeds and days",
    "audience.clients-forgotten": "{count} clients not tracked: too many at once",
    "audience.estimates": "reader numbers are estimates: too many to count exactly",
    "audience.seconds": "{count:,} s",
    # on the terminal
    "audience.summary-lines": (
        "{lines:,} lines: {polls:,} feed polls, {elsewhere:,} other requests, {refused:,} refused, {malformed:,} "
        "malformed"
    ),
    "audience.summary-span": "from {first} to {last}",
    "audience.summary-people": "{subscribers:,} subscribers reported by services, about {readers:,} other readers",
    "audience.summary-traffic": "{share} of responses were 304; {sent} sent, about {saved} saved",
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
    "audience.title": "Audience of the feeds",
    "audience.page-lines": "{lines:,} lines, {malformed:,} malformed.",
    "audience.page-span": "{first} to {last}, {lines:,} lines, {malformed:,} malformed.",
    "audience.readers-besides": "Other readers",
    "audience.unchanged": "304 responses",
    "audience.explanation": (
        "Subscribers as reported by services such as Feedly (daily maximum, unverified). Other readers: distinct "
        "clients a day that report no number (estimate)."
    ),
    "audience.day-by-day": "Day by day",
    "audience.chart-subscribers": "Subscribers reported by services",
    "audience.chart-readers": "Other readers (estimate)",
    "audience.chart-unchanged": "Polls with a 304 response",
    "audience.wasteful-page": "Most wasteful clients",
    "audience.head-feed": "Feed",
    "audience.head-name": "Name",
    "audience.head-kind": "Kind",
    "audience.head-client": "Client",
    "audience.head-why": "Why",
}
