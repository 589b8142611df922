"""What `sosik.starter` says."""

TEXTS = {
    "starter.url-invalid": "invalid home page address {url!r}. Write it like https://news.example.kr/",
}
