"""The Korean of `sosik.words.en.previous`."""

TEXTS: dict[str, str] = {
    "previous.address": "{where}: 폴더도 http나 https 주소도 아닙니다.",
    "previous.no-feeds": "{where}: feed.json이 없어 발행한 기사를 알 수 없습니다.",
    "previous.not-ours": "{place}: sosik이 발행한 형식이 아닙니다({reason}).",
    "previous.no-json": "{place}: JSON이 아닙니다({reason}).",
    "previous.no-json-feed": "{place}: JSON Feed가 아닙니다.",
    "previous.atom": "{place} 옆의 {name} 파일을 읽을 수 없습니다({reason}).",
    "previous.not-fetched": "{address}: 가져올 수 없습니다({reason}).",
    "previous.status": "{address}: 응답 {status}.",
    "previous.too-long": "{address}: 내용이 너무 깁니다.",
    "previous.too-many": "{address}: 연결된 피드가 {most}개를 넘습니다.",
    "previous.list": "{address}: 읽을 수 없습니다({reason}).",
    "previous.no-folder": "폴더가 없습니다: {folder}",
    "previous.unreadable": "{file}: {reason}.",
    "previous.too-large": "{path}: {most}바이트를 넘습니다. sosik의 피드가 아닙니다.",
}
