"""What `sosik.starter` says."""

TEXTS = {
    "starter.url-invalid": "{url!r} is no address of a home page. Write it like https://news.example.kr/",
}
