"""The Korean of `sosik.words.en.store`."""

TEXTS: dict[str, str] = {
    "store.text": "{text}",
    "store.no-document": "발행 기록에 {path} 문서가 없습니다.",
    "store.in-memory": "메모리에만 있는 발행 기록에는 사진을 보관할 수 없습니다.",
    "store.picture-lost": "사진 {path}: 손상됐거나 없습니다. 다시 발행하면 content/에서 가져옵니다.",
    "store.locked": "다른 sosik이 이 폴더에서 발행 중입니다({path}). 끝날 때까지 기다리거나 멈추세요.",
    "store.damaged": (
        "{path}: 손상된 발행 기록입니다({reason}). 사본에서 복구하려면 `sosik restore`, 백업 파일에서 복구하려면 "
        "`sosik restore 파일`을 실행하세요. 둘 다 없으면 발행한 피드에서 이어 가거나(`sosik build --previous "
        "public`), 새로 시작하세요(`sosik build --new-store`)."
    ),
    "store.empty": "빈 파일",
    "store.no-version": "버전 없음",
    "store.no-such-version": "없는 버전 {version}",
    "store.foreign": "다른 프로그램의 파일(식별 번호 {id})",
    "store.no-table": "{table} 테이블이 없음",
    "store.lost-rows": "{table} 테이블의 행이 {kept}개에서 {found}개로 줄었음",
    "store.row": "{table} 테이블의 행 {row} 오류",
    "store.no-row": "{table} 테이블의 행 {row} 없음",
    "store.is-whole": "{path}: 손상되지 않았습니다. --new-store를 쓰면 발행 기록이 사라집니다. 이 옵션을 빼세요.",
    "store.no-copy": "{folder}: 온전한 사본이 없습니다. --previous나 --new-store로 발행하세요.",
    "store.no-such-copy": "파일이 없습니다: {file}",
    "store.copy-damaged": "복구하지 못했습니다: {reason}",
    "store.unlike": "{path}: 발행 기록에서 손상된 문서입니다. `sosik build`로 다시 만드세요.",
    "store.earlier-version": (
        "{path}: 버전 {version}입니다. 이 sosik은 {ours} 버전을 읽습니다. `sosik build`가 사본을 남기고 바꿉니다."
    ),
    "store.no-notes": (
        "{folder}: 쓸 수 없습니다. 계속 읽으려면 site.db 옆에 파일을 써야 합니다. 발행하는 사용자로 실행하세요."
    ),
    "store.unreadable-version": (
        "{path}: 버전 {version}입니다. 이 sosik은 {ours} 버전을 읽습니다. 이 파일을 쓴 sosik으로 실행하세요. "
        "없으면 손상된 것이니 `sosik restore`, `sosik build --previous public`, `sosik build --new-store` 중 "
        "하나를 실행하세요."
    ),
    "store.read-only": (
        "{folder}: 쓸 수 없고, 저널(site.db-wal)에 아직 site.db에 없는 내용이 있습니다. 쓸 수 있는 곳에서 sosik "
        "명령을 한 번 실행하거나 폴더를 복사하세요."
    ),
    "store.unreadable": "{path}: {reason}. 먼저 이 폴더에서 `sosik build`를 실행하세요.",
}
