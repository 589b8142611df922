"""The texts of `sosik.publish`, also in the comments of generated configurations."""

TEXTS: dict[str, str] = {
    "picture-lost.output": (
        "picture not written: its stored copy is damaged or missing; the published file was not changed"
    ),
    "publish.unwritable": "{file} cannot be written: {reason}.",
    "publish.not-alone": "{folder} contains articles, definitions or the store; choose a separate folder.",
    "file-foreign.output": "file of another program; it was not changed",
    "file-foreign.output-hint": "publish into a separate folder with --output, or overwrite it with --replace-files",
    "file-foreign.bucket-hint": "publish below a separate prefix, or overwrite it with --replace-files",
    "publish.bucket-package": "Package obstore is missing; install it with: pip install 'sosik[s3]'",
    "publish.bucket-failed": "{bucket}: {reason}.",
    "publish.bucket-denied": "access denied; check the credentials in the environment",
    "publish.bucket-missing": "bucket not found",
    "publish.bucket-unreachable": "no response from the object store; check the endpoint and the region",
    "publish.bucket-unconditional": "Object store ignores If-Match; sosik cannot publish to it safely.",
    "publish.bucket-taken": "{name} is reserved in a bucket; change the path of the document.",
    "publish.bucket-pointer": "{name} in the bucket was not written by this version of sosik.",
    "publish.bucket-newer": (
        "Bucket holds edition {there}; the store has edition {number}. Nothing was written. "
        "Recover the store with --previous."
    ),
    "publish.bucket-other": (
        "Bucket holds another edition {number}, published from another store. Nothing was written. "
        "Recover the store with --previous."
    ),
    "publish.bucket-overtaken": "Another process published edition {number} to the bucket; this one stopped.",
    "publish.bucket-busy": "Objects in the bucket keep changing; run the command again.",
    "file-unnamed.output": "file name not valid on Windows; the document is left out",
    "file-unnamed.output-hint": "change the path or slug of the feed, or rename the picture",
    # comments of configurations
    "publish.nginx-about": (
        "nginx serves the files of {root} like `sosik serve`. Save this as /etc/nginx/conf.d/sosik.conf.\n"
        "It lists all feeds and withdrawn addresses: print it again and reload nginx after adding feeds or "
        "withdrawing articles."
    ),
    "publish.location-about": (
        "Feeds of {root}, below {path} of a site. Put this into the site's block.\n"
        "Printed by `sosik config`. Print it again after adding feeds or withdrawing articles."
    ),
    "publish.location-dollar": (
        "{path} with a query is left out: nginx cannot lead to {feed}, which has a dollar sign in its path."
    ),
    "publish.apache-about": (
        "Feeds of {root}, below {path} of a site. Put this into the site's <VirtualHost>.\n"
        "Modules: alias, dir, headers, mime, rewrite. Printed by `sosik config`.\n"
        "Print it again after adding feeds or withdrawing articles."
    ),
    "publish.apache-gzip": "No compression here: files of `sosik build --gzip` would be compressed twice.",
    "publish.nginx-https": "For HTTPS, add the certificate here, or run `certbot --nginx`.",
    "publish.nginx-redirect": "Redirect by path only, not by the requested host.",
    "publish.nginx-gzip": "Only files compressed by `sosik build --gzip`, which have separate ETags.",
    "publish.nginx-since": "The default (exact) fails for clients that round times.",
    "publish.nginx-vary": "Instead of gzip_vary, which omits 304 responses.",
    "publish.caddy-about": (
        "Caddy serves the files of {root} like `sosik serve`.\n"
        "This lists all feeds and withdrawn addresses: print it again and reload Caddy after adding feeds or "
        "withdrawing articles."
    ),
    "publish.caddy-vary": "Deferred: the file server adds it only to compressed responses.",
    "publish.headers-about": (
        "_headers, for the root of the site to which {root} is uploaded. Print it again after adding feeds.\n"
        "{count} rules"
    ),
    "publish.headers-about-many": (
        "_headers, for the root of the site to which {root} is uploaded. Print it again after adding feeds.\n"
        "{count} rules; Cloudflare Pages reads only the first {most}"
    ),
    "publish.redirects-about": (
        "_redirects, for the root of the site to which {root} is uploaded. Print it again after ending feeds.\n"
        "Deleted addresses respond with 410, so that readers stop polling. Hosts without support for 410 skip these "
        "lines."
    ),
    "publish.robots-about": (
        "For {address}robots.txt. Feeds, pages and pictures are allowed for all: feed readers, Yeti (Naver),\n"
        'Daum, Googlebot. A rule such as "Disallow: /*.xml" would block subscribers.\n\n'
        "Daum's webmaster tools need a separate line, the first of the file:\n"
        "#DaumWebMasterTool:…"
    ),
    # what readers are told in place of a document
}
