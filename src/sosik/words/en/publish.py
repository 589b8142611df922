"""What `sosik.publish` says: to who publishes, and to who runs a web server, in the comments of its configuration."""

TEXTS: dict[str, str] = {
    "picture-lost.output": "this picture cannot be written, for its kept copy is damaged or away; it is left as it is",
    "publish.unwritable": "{file} cannot be written: {reason}.",
    "publish.not-alone": "{folder} is not a folder of its own: articles, definitions or the store lie there.",
    "file-foreign.output": "sosik did not write this file; it was left as it is",
    "file-foreign.output-hint": "publish into a folder of its own with --output, or replace it with --replace-files",
    "file-unnamed.output": "Windows has no such file name; the document is left out",
    "file-unnamed.output-hint": "give the feed another path or slug, or the picture another name",
    # comments of configurations
    "publish.nginx-about": (
        "nginx serves the files of {root} as `sosik serve` would: put this into /etc/nginx/conf.d/sosik.conf.\n"
        "It lists every feed, and what is gone: print it again and reload nginx when feeds are added or articles "
        "withdrawn."
    ),
    "publish.location-about": (
        "The feeds in {root}, below {path} of a site. Put this into the site's block.\n"
        "Printed by `sosik config`; print it again after a new feed or a withdrawal."
    ),
    "publish.apache-about": (
        "The feeds in {root}, below {path} of a site. Put this into the site's <VirtualHost>.\n"
        "Modules: alias, dir, headers, mime, rewrite. Printed by `sosik config`; print it again after a new feed or a\n"
        "withdrawal."
    ),
    "publish.apache-gzip": "Not on the way: what `sosik build --gzip` compressed would be compressed twice.",
    "publish.nginx-https": "For https, give the certificate here; `certbot --nginx` does it for you.",
    "publish.nginx-redirect": "A redirect names the path alone, not the host that a client claimed to ask.",
    "publish.nginx-gzip": "Only what `sosik build --gzip` compressed: its bytes have an ETag of their own.",
    "publish.nginx-since": "The default compares for equality, and clients may round.",
    "publish.nginx-vary": "Not gzip_vary, which forgets the 304.",
    "publish.caddy-about": (
        "Caddy serves the files of {root} as `sosik serve` would.\n"
        "This lists every feed, and what is gone: print it again and reload Caddy when feeds are added or articles "
        "withdrawn."
    ),
    "publish.caddy-vary": "When the answer is written: the file server names it only where it compresses.",
    "publish.headers-about": (
        "_headers, for the root of the site to which {root} is uploaded. Print it again when feeds are added.\n"
        "{count} rules"
    ),
    "publish.headers-about-many": (
        "_headers, for the root of the site to which {root} is uploaded. Print it again when feeds are added.\n"
        "{count} rules, of which Cloudflare Pages reads the first {most}"
    ),
    "publish.redirects-about": (
        "_redirects, for the root of the site to which {root} is uploaded. Print it again when feeds go.\n"
        "What was taken away is answered with 410, so that readers stop asking. A host that knows no 410 passes the "
        "lines over."
    ),
    "publish.robots-about": (
        "For {address}robots.txt. Feeds, pages and pictures are open to all: feed readers, Yeti (Naver),\n"
        'Daum, Googlebot. A rule such as "Disallow: /*.xml" would cut subscribers off.\n'
        "\n"
        "Daum's webmaster tools ask for a line of their own, which must be the first of the file:\n"
        "#DaumWebMasterTool:…"
    ),
    # what readers are told in place of a document
}
