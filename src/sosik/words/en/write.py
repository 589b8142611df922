"""What `sosik.write` says."""

TEXTS: dict[str, str] = {
    "write.unwritable": "the file cannot be changed safely: {reason}. Add this by hand:\n{lines}",
    "write.suffix": "suffix {suffix} is not .yaml, .md or .json",
    "write.front-matter": "missing front matter between lines of ---",
    "write.has-id": "existing id {id}",
    "write.repeated": "`{key}` has the meaning of `{first}`",
    "write.no-place": "no place for a new line without changes to others",
    "write.not-plain": "`{key}` is not a plain value",
    "write.not-list": "`{key}` is not a list",
    "write.not-json": "not a JSON object",
    "write.empty": "empty file",
    "write.aliases": "values repeated by YAML aliases",
    "write.not-yaml": "invalid YAML",
    "write.not-block": "not written as one `key: value` per line",
    "write.key": "key that is not plain text",
    "write.line": "other text on the same line",
}
