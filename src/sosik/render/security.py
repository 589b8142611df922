"""The Content Security Policy (level 3) of the pages: protects readers from faults elsewhere."""

CONTENT_SECURITY = "; ".join(
    (
        "default-src 'none'",
        "img-src * data:",
        "media-src *",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""Pictures, sound and films from anywhere, as articles show them; style sheets and scripts that are documents of ours;
no frames, no fonts, no forms, and nothing that stands in the page itself.
"""
