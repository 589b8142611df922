"""Codes of other programs are translated where their meaning is certain, and told otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

FILM = '<p><a href="https://www.youtube.com/watch?v=aB3_dE-fG9h{}">영상 보기: www.youtube.com</a></p>'
FIGURE = '<figure><img src="https://img.example/다리.jpg" alt="">{}</figure>'.replace("다리", "%EB%8B%A4%EB%A6%AC")

TRANSLATED = [
    ("{{< youtube aB3_dE-fG9h >}}", FILM.format("")),
    ('{{% youtube id="aB3_dE-fG9h" start="30" %}}', FILM.format("&amp;t=30")),
    ("{% youtube aB3_dE-fG9h %}", FILM.format("")),
    ("{% include youtube.html id='aB3_dE-fG9h' %}", FILM.format("")),
    ('{% include video id="aB3_dE-fG9h" provider="youtube" %}', FILM.format("")),
    ("[embed]https://www.youtube.com/watch?v=aB3_dE-fG9h[/embed]", FILM.format("")),
    (
        '{{< figure src="https://img.example/다리.jpg" caption="해오름교" attr="해누리시" >}}',
        FIGURE.format("<figcaption>해오름교 <small>해누리시</small></figcaption>"),
    ),
    (
        '[caption id="attachment_7" width="600"]<img src="https://img.example/다리.jpg" alt=""> 전경[/caption]',
        FIGURE.format("<figcaption>전경</figcaption>"),
    ),
    (
        "![다리]({{ site.url }}{{ site.baseurl }}/1.png)",
        '<p><img src="https://news.haenuri.example/1.png" alt="다리"></p>',
    ),
    ('[글]({{ "/posts/1" | relative_url }})', '<p><a href="https://news.haenuri.example/posts/1">글</a></p>'),
    ("{% raw %}{{ 그대로 }}{% endraw %}", "<p>{{ 그대로 }}</p>"),
    ("{% highlight sh %}\necho {{ x }}\n{% endhighlight %}", "<pre><code>echo {{ x }}</code></pre>"),
    ("`{{< youtube x >}}`와 `[gallery]`", "<p><code>{{&lt; youtube x &gt;}}</code>와 <code>[gallery]</code></p>"),
    ("```\n{: .notice}\n```", "<pre><code>{: .notice}\n</code></pre>"),
]

KEPT = [
    "{{ page.title }}",
    "주소는 {{ site.url }} 이다",
    '{{< ref "/about" >}}',
    "{% include toc.html %}",
    '[gallery ids="1,2"]',
    "[contact-form-7 id='3']",
    "[b]굵게[/b]",
    "[[해누리시]]",
    "[##_Image|kage@haenuri/1.png|CDM|1.3||_##]",
    "{이미지:0}",
    ":::tip 알림",
]

LEFT_OUT = [
    ("문단이다.\n{: .notice--info}", "<p>문단이다.</p>"),
    ('[글](https://haenuri.kr/1){:target="_blank"}이다', '<p><a href="https://haenuri.kr/1">글</a>이다</p>'),
    ("## 제목 {#intro}", "<h2>제목</h2>"),
    ("{% comment %}숨긴 말{% endcomment %}보이는 말", "<p>보이는 말</p>"),
]

PROSE = [
    "[문의] 062-123-4567",
    "[단독] 시장 사퇴…[종합2보]",
    "[해누리=빛소식] 홍길동 기자 = 밝혔다.",
    "{가} {나} 중에서 고르고, 지지율은 {50%}다.",
    "[AI] [KBS] [e스포츠] [sic] [주] [표 1] [사진=한빛통신] [a] [video] 보기",
    "[링크](https://haenuri.kr/1)와 [글][가]\n\n[가]: https://haenuri.kr/2",
]


@pytest.mark.parametrize(("body", "html"), TRANSLATED)
def test_a_code_whose_meaning_is_certain_is_translated(normalized_markdown: Normalize, body: str, html: str) -> None:
    made = normalized_markdown(body)

    assert made.entry.body == html
    assert made.problems == ()


@pytest.mark.parametrize("body", KEPT)
def test_any_other_code_stays_and_is_told(normalized: Normalize, normalized_markdown: Normalize, body: str) -> None:
    for made in (normalized(body=body), normalized_markdown(body)):
        assert [problem.code for problem in made.problems] == ["shortcode"]
        assert made.entry.body


@pytest.mark.parametrize(("body", "html"), LEFT_OUT)
def test_what_no_reader_was_to_see_is_left_out_and_told(normalized_markdown: Normalize, body: str, html: str) -> None:
    made = normalized_markdown(body)

    assert made.entry.body == html
    assert [problem.code for problem in made.problems] == ["shortcode"]


@pytest.mark.parametrize("body", PROSE)
def test_korean_prose_is_no_code(normalized: Normalize, normalized_markdown: Normalize, body: str) -> None:
    assert normalized(body=body).problems == ()
    assert normalized_markdown(body).problems == ()
