"""Rendering: entries and feeds in, bytes out; the same values give the same bytes on every machine and day.

Each format is a row of `sosik.render.formats.FORMATS` and a module with the same two functions, `render_entry` and
`render_envelope`; `sosik.render.pages` makes the pages for people. This package itself imports nothing: what needs
lxml, feedgen or Jinja2 is imported when it is first asked for.
"""
