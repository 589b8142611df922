"""What `sosik.starter` says."""

TEXTS = {
    "starter.url-invalid": "{url!r} is no address of a home page. Write it like https://news.example.kr/",
    "starter.no-address": "{file}: no address of a home page; add --url https://news.example.kr/",
}
