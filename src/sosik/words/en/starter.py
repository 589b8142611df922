"""What `sosik.starter` says."""

TEXTS = {
    "starter.url-invalid": "invalid home page address {url!r}. Write it like https://news.example.kr/",
    "starter.no-address": "{file}: no address of a home page; add --url https://news.example.kr/",
    "starter.old-file": "The old feed: {file}",
    "starter.aliases": "The address of the old feed is not known. Write it like: aliases: [/rss/allArticle.xml]",
    "starter.select-section": "Compare this name with the section of the articles.",
    "starter.select-tag": "Correct this name, then import: the articles of this feed get the tag.",
    "starter.window": "As many as the old feed has. A week after the move this line may go.",
    "starter.doubt": "The times of the old feed are doubtful: {evidence}\nIf they are Korean, uncomment:",
}
