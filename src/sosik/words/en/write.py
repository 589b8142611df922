"""What `sosik.write` says."""

TEXTS: dict[str, str] = {
    "write.unwritable": "the file cannot be changed safely: {reason}. Write into it by hand:\n{lines}",
    "write.suffix": "{suffix} is not .yaml, .md or .json",
    "write.front-matter": "it does not begin with front matter between lines of ---",
    "write.has-id": "it has the id {id} already",
    "write.repeated": "`{key}` repeats `{first}`",
    "write.no-place": "no place was found where a new line would leave the others as they are",
    "write.not-plain": "`{key}` is not one plain value",
    "write.not-list": "`{key}` is not a list",
    "write.not-json": "it is not a JSON object",
    "write.empty": "it is empty",
    "write.aliases": "it repeats values by YAML aliases",
    "write.not-yaml": "it is not valid YAML",
    "write.not-block": "it is not written as one `key: value` a line",
    "write.key": "one of its keys is not plain text",
    "write.line": "something else stands on the line",
}
