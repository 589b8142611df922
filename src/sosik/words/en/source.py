"""What `sosik.source` says."""

TEXTS: dict[str, str] = {
    "key-duplicate.line": "{key} stands on line {line} already",
    "key-duplicate.line-hint": "keep one of them",
    # JSON
    "json-invalid.after": "text follows the end of the value",
    "json-invalid.after-hint": "keep one {{ … }} a file",
    "json-invalid.deep": "lists and objects are nested too deep",
    "json-invalid.key": "a key in quotation marks is missing here",
    "json-invalid.key-hint": 'write "key": "text"',
    "json-invalid.colon": "a colon is missing after {key}",
    "json-invalid.comma": "a comma is missing here",
    "json-invalid.comma-hint": "write , before the next value or {end} after the last",
    "json-invalid.bracket": "the bracket opened in line {line} is not closed",
    "json-invalid.last-comma": "a comma stands after the last value",
    "json-invalid.last-comma-hint": "delete the comma",
    "json-invalid.ended": "the file ends where a value should stand",
    "json-invalid.value": "this is no value",
    "json-invalid.value-hint": "write texts in double quotation marks",
    "json-invalid.escape": "a backslash stands before a character that it cannot escape",
    "json-invalid.escape-hint": 'write \\n for a line end, \\t for a tab, \\" and \\\\ for the marks themselves',
    "json-invalid.quote": "the quotation mark opened here is not closed",
    "json-invalid.quote-hint": 'write " at the end of the text',
    "json-invalid.line-end": "a line end or a tab stands within a text",
}
