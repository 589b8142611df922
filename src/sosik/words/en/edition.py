"""What `sosik.edition` says: what is left out of an edition, what ends with it, and what burdens its readers."""

TEXTS: dict[str, str] = {
    "feed-gone.feed": (
        "{paths} {n:is|are} no longer a feed: its definition is gone, or too few entries carry its value"
    ),
    "feed-gone.format": "{path} is no longer a feed: its format was taken out of formats:",
    "feed-gone.alias": "{path} no longer leads to a feed: it was taken out of aliases:, or its feed is gone",
    "feed-gone.hint": "whoever asks is told that it is gone (410); an alias of another feed keeps its subscribers",
}
