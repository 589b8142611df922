"""What sosik, Hugo and Pelican are told, so that they make the same feeds of the same articles."""

from collections.abc import Callable
from typing import Literal

Shape = Literal["links", "pages"]
"""`links`: the articles have their pages elsewhere. `pages`: the program makes them."""

WINDOW = 50
"""The articles of a feed."""

# --- sosik

_PUBLICATION = """\
title: 견줌일보
url: https://www.bench.example/
feeds_url: https://feeds.bench.example/
sample: true
authority: bench.example,2010
publisher: {name: 견줌일보, email: newsroom@bench.example}
"""
FAMILIES = {"desks": "section", "tags": "tag", "authors": "author"}
"""The folders of the feeds, and what sosik calls that of which there is a feed each."""


def sosik(shape: Shape) -> dict[str, str]:
    """Return the files of `feeds/`, by path."""
    common = f"window: {{entries: {WINDOW}, hours: 0, at_most: {WINDOW}}}\n"
    common += "formats: [rss, atom]\n" if shape == "links" else ""
    files = {"feeds/publication.yaml": _PUBLICATION}
    files["feeds/all.yaml"] = "title: 전체기사\n" + common + ("archive: month\n" if shape == "pages" else "")
    for folder, each in FAMILIES.items():
        files[f"feeds/{folder}.yaml"] = f'each: {each}\ntitle: "{{value}}"\npath: "{folder}/{{slug}}"\n{common}'
    return files


# --- Hugo: its templates are plain text, which it fills faster than HTML

_HUGO = """\
baseURL = "https://www.bench.example/"
title = "견줌일보"
locale = "ko"
timeZone = "Asia/Seoul"
disableKinds = [{disabled}]
[taxonomies]
desk = "desks"
tag = "tags"
author = "authors"
[outputFormats.rss]
mediaType = "application/rss+xml"
baseName = "rss"
isPlainText = true
noUgly = true
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
isPlainText = true
noUgly = true
[outputFormats.jsonfeed]
mediaType = "application/json"
baseName = "feed"
isPlainText = true
noUgly = true
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputs]
home = [{formats}]
term = [{formats}]
taxonomy = []
{pages}"""
_HUGO_LINKS = "page = []\n"
_HUGO_PAGES = 'page = ["html"]\n'
_HUGO_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{{ .Title | transform.XMLEscape }}</title><link>{{ .Permalink }}</link>
<description>{{ .Title | transform.XMLEscape }}</description>
{{ range first 50 .Pages }}<item><title>{{ .Title | transform.XMLEscape }}</title><link>LINK</link>
<guid isPermaLink="false">{{ .Params.id }}</guid><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
{{ range .Params.authors }}<dc:creator>{{ . }}</dc:creator>{{ end }}
{{ range .Params.desks }}<category>{{ . }}</category>{{ end }}
{{ range .Params.tags }}<category>{{ . }}</category>{{ end }}
<description>{{ with .Params.summary }}{{ . | transform.XMLEscape }}{{ end }}</description>
<content:encoded>{{ .Content | transform.XMLEscape }}</content:encoded></item>
{{ end }}</channel></rss>
"""
_HUGO_ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title | transform.XMLEscape }}</title><id>{{ .Permalink }}</id>
<updated>{{ .Lastmod.Format "2006-01-02T15:04:05Z07:00" }}</updated><link href="{{ .Permalink }}"/>
{{ range first 50 .Pages }}<entry><title>{{ .Title | transform.XMLEscape }}</title><id>{{ .Params.id }}</id>
<link href="LINK"/><published>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</published>
<updated>{{ .Lastmod.Format "2006-01-02T15:04:05Z07:00" }}</updated>
{{ range .Params.authors }}<author><name>{{ . }}</name></author>{{ end }}
{{ range .Params.desks }}<category term="{{ . }}"/>{{ end }}{{ range .Params.tags }}<category term="{{ . }}"/>{{ end }}
<summary>{{ with .Params.summary }}{{ . | transform.XMLEscape }}{{ end }}</summary>
<content type="html">{{ .Content | transform.XMLEscape }}</content></entry>
{{ end }}</feed>
"""
_HUGO_JSON = """\
{{- $items := slice -}}
{{- range first 50 .Pages -}}
{{- $authors := slice -}}
{{- range .Params.authors -}}{{- $authors = $authors | append (dict "name" .) -}}{{- end -}}
{{- $items = $items | append (dict "id" .Params.id "url" LINKVALUE "title" .Title "content_html" (printf "%s" .Content)
"summary" .Params.summary "authors" $authors "tags" .Params.tags
"date_published" (.Date.Format "2006-01-02T15:04:05Z07:00")) -}}
{{- end -}}
{{- dict "version" "https://jsonfeed.org/version/1.1" "title" .Title "items" $items | jsonify }}
"""
_HUGO_PAGE = """\
<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"><meta property="og:title" content="{{ .Title }}">
<meta name="description" content="{{ .Params.summary }}"></head><body><article><h1>{{ .Title }}</h1>
<p>{{ range .Params.authors }}{{ . }} {{ end }}<time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">
{{ .Date.Format "2006-01-02 15:04" }}</time></p>{{ .Content }}</article></body></html>
"""
_HUGO_LIST = """\
<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
<ul>{{ range first 50 .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
"""


def hugo(shape: Shape) -> dict[str, str]:
    """Return the configuration and the templates, by path."""
    is_paged = shape == "pages"
    formats = ["rss", "atom", "jsonfeed", "html"] if is_paged else ["rss", "atom"]
    disabled = ["section", "404", "robotsTXT"] + ([] if is_paged else ["sitemap"])
    link = ".Permalink" if is_paged else ".Params.link"
    templates = {"rss.xml": _HUGO_RSS, "atom.xml": _HUGO_ATOM, "jsonfeed.json": _HUGO_JSON, "html": _HUGO_LIST}
    files = {
        "hugo.toml": _HUGO.format(
            disabled=", ".join(f'"{kind}"' for kind in disabled),
            formats=", ".join(f'"{name}"' for name in formats),
            pages=_HUGO_PAGES if is_paged else _HUGO_LINKS,
        ),
        "layouts/_default/single.html": _HUGO_PAGE,
    }
    for name, text in templates.items():
        filled = text.replace("LINKVALUE", link).replace("LINK", f"{{{{ {link} }}}}")
        files[f"layouts/_default/list.{name}"] = filled
        # The home page lists all articles below it, a term those that have it.
        files[f"layouts/index.{name}"] = filled.replace(".Pages", ".Site.RegularPages")
    return files


# --- Pelican: feeds alone, with its cache of what it read

_PELICAN = """\
SITENAME = "견줌일보"
SITEURL = "https://www.bench.example"
FEED_DOMAIN = SITEURL
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "ko"
PATH = "content"
OUTPUT_PATH = "public"
CACHE_PATH = "cache"
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
SLUGIFY_USE_UNICODE = True
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL = "news/{slug}/"
ARTICLE_SAVE_AS = AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
DIRECT_TEMPLATES = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
PLUGINS = []
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_RSS = "rss.xml"
FEED_ALL_ATOM = "atom.xml"
CATEGORY_FEED_RSS = "desks/{slug}/rss.xml"
CATEGORY_FEED_ATOM = "desks/{slug}/atom.xml"
TAG_FEED_RSS = "tags/{slug}/rss.xml"
TAG_FEED_ATOM = "tags/{slug}/atom.xml"
AUTHOR_FEED_RSS = "authors/{slug}/rss.xml"
AUTHOR_FEED_ATOM = "authors/{slug}/atom.xml"
TRANSLATION_FEED_ATOM = TRANSLATION_FEED_RSS = None
"""


def pelican(_shape: Shape) -> dict[str, str]:
    """Return the settings, by path."""
    return {"pelicanconf.py": _PELICAN}


CONFIGURATIONS: dict[str, Callable[[Shape], dict[str, str]]] = {"sosik": sosik, "hugo": hugo, "pelican": pelican}
