"""The Korean of `sosik.words.en.write`."""

TEXTS: dict[str, str] = {
    "write.unwritable": "파일을 안전하게 고칠 수 없습니다: {reason}. 직접 적으세요:\n{lines}",
    "write.suffix": "{suffix}: .yaml, .md, .json이 아닙니다",
    "write.front-matter": "--- 사이의 머리말(front matter)로 시작하지 않습니다",
    "write.has-id": "이미 기사 ID가 있습니다: {id}",
    "write.repeated": "`{key}`: `{first}` 항목과 중복됩니다",
    "write.no-place": "다른 줄을 그대로 두고 새 줄을 넣을 자리가 없습니다",
    "write.not-plain": "`{key}`: 단순한 값이 아닙니다",
    "write.not-list": "`{key}`: 목록이 아닙니다",
    "write.not-json": "JSON 객체가 아닙니다",
    "write.empty": "비어 있습니다",
    "write.aliases": "YAML 별칭으로 값을 반복합니다",
    "write.not-yaml": "올바른 YAML이 아닙니다",
    "write.not-block": "한 줄에 `항목: 값` 하나씩 적은 형태가 아닙니다",
    "write.key": "단순한 글이 아닌 항목 이름이 있습니다",
    "write.line": "같은 줄에 다른 내용이 있습니다",
}
