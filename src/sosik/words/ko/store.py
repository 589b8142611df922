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
    "store.address": (
        "SOSIK_STORE: 주소가 잘못됐습니다. postgresql://사용자@호스트/DB?schema=이름 형태로 쓰세요. "
        "암호의 특수 문자는 퍼센트 인코딩하세요."
    ),
    "store.schema-name": (
        "SOSIK_STORE: 스키마 이름이 잘못됐습니다({schema}). "
        "영문 소문자, 숫자, _로 48자까지 쓰세요. 숫자로 시작할 수 없습니다."
    ),
    "store.no-driver": "{address}: 드라이버가 없습니다. 설치하세요: pip install 'sosik[postgres]'",
    "store.overtaken": (
        "{address}: 그사이 다른 sosik이 발행했습니다. 아무것도 저장하지 않았습니다. 명령을 다시 실행하세요."
    ),
    "store.pg-failed": "{address}: {reason}.",
    "store.pg-empty": "{address}: 아직 발행본이 없습니다. 먼저 `sosik build`를 실행하세요.",
    "store.pg-newer": (
        "{address}: 버전이 {version}인데 이 sosik은 {ours}까지 읽습니다. 이 발행 기록을 쓴 sosik을 실행하세요."
    ),
    "store.pg-encoding": "{address}: 데이터베이스 인코딩이 {encoding}입니다. ENCODING 'UTF8'로 새로 만드세요.",
    "store.pg-pooled": "{address}: 트랜잭션 단위 연결 풀러입니다. 발행할 때는 PostgreSQL에 직접 연결하세요.",
    "store.pg-away": "서버에 연결할 수 없음",
    "store.pg-refused": "사용자나 암호가 거부됨",
    "store.pg-database": "데이터베이스가 없음",
    "store.pg-read-only": "읽기 전용 서버(복제본일 수 있음)",
    "store.pg-denied": "권한 없음",
    "store.pg-full": "서버의 디스크 공간 부족",
    "store.pg-memory": "서버의 메모리 부족",
    "store.pg-connections": "서버의 접속이 너무 많음",
    "store.pg-ended": "서버가 시작하거나 멈추는 중",
    "store.pg-table": "테이블이 없음",
    "store.pg-backup": ("{address}: 데이터베이스의 사본은 데이터베이스 도구(pg_dump, pg_restore)로 만들고 되돌립니다."),
}
