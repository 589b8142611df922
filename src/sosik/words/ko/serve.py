"""The Korean of `sosik.words.en.serve`."""

TEXTS: dict[str, str] = {
    # where it cannot start
    "serve.one-process": "프로세스 하나로 발행하고 응답하는 미리보기입니다. 독자에게는 Linux나 WSL2에서 제공하세요.",
    "serve.no-host": "--host {host}: 이 기기에 없는 주소입니다.",
    "serve.other-host": (
        "--host {host}: 이 기기의 주소가 아닙니다. 127.0.0.1이나, 모든 주소를 뜻하는 0.0.0.0을 쓰세요."
    ),
    "serve.port": (
        "{address}:{port} 포트를 쓸 수 없습니다: {reason}. 다른 서버가 실행 중인지 확인하거나 --port를 바꾸세요."
    ),
    "serve.socket": "--socket {path} 소켓을 쓸 수 없습니다: {reason}.",
    "serve.socket-long": (
        "--socket {path} 소켓을 쓸 수 없습니다: 경로가 {length}바이트입니다. {most}바이트까지 쓸 수 있습니다."
    ),
    "serve.socket-no-folder": "--socket {path} 소켓을 쓸 수 없습니다: {folder} 폴더가 없습니다.",
    "serve.socket-other-file": "--socket {path} 소켓을 쓸 수 없습니다: 다른 종류의 파일입니다. 경로를 바꾸세요.",
    "serve.socket-taken": (
        "--socket {path} 소켓을 쓸 수 없습니다: 다른 서버가 쓰고 있습니다. 서버를 멈추거나 경로를 바꾸세요."
    ),
    "serve.no-log-folder": "--access-log {log} 파일을 쓸 수 없습니다: {folder} 폴더가 없습니다.",
    "serve.drafts-host": "--drafts는 미공개 기사를 보여 주므로 이 기기에서만 쓸 수 있습니다: --host {host}",
    "serve.drafts-socket": "--drafts는 미공개 기사를 보여 주므로 이 기기에서만 쓸 수 있습니다: --socket {path}",
    # processes
    "serve.builder-died": "발행 프로세스가 종료되어 다시 시작합니다.",
    "serve.builder-not-started": "발행 프로세스를 시작할 수 없어 다시 시도합니다: {reason}",
    "serve.worker-died": "응답 프로세스가 예기치 않게 종료되어(상태 {status}) 교체합니다.",
    "serve.worker-not-started": (
        "새 응답 프로세스를 시작하지 못했습니다. 다시 읽기를 취소하고 기존 프로세스를 유지합니다."
    ),
    "serve.reloaded": "다시 읽기 완료: 응답 프로세스 {count}개를 교체했습니다.",
    # answering
    "serve.crowded": "프로세스당 {most}개인 연결이 모자라, 응답을 받지 않는 연결 {count}개를 끊었습니다.",
    "serve.request-failed": "요청 처리 실패: {reason}",
    "serve.unreadable": "{path!r}: 읽을 수 없습니다({reason})",
    "serve.store-unreadable": "발행 기록을 읽을 수 없어 새 내용을 제공하지 못합니다: {reason}",
    "serve.away": (
        "발행 기록을 읽을 수 없습니다. 발행본 {number:을} 캐시에서 제공합니다({documents}개 중 {count}개): {reason}"
    ),
    "serve.back": "발행 기록을 다시 읽을 수 있습니다. 발행본 {number:을} 제공합니다.",
    "serve.behind": (
        "발행 기록에는 발행본 {number}까지 있는데 서버는 {known}까지 제공했습니다. 복제본이 따라잡기를 기다리세요. "
        "백업을 복원했다면 서버를 다시 시작하세요."
    ),
    "serve.edition-not-taken": "새 발행본을 가져오지 못했습니다: {reason}",
    "serve.round-failed": "백그라운드 작업 실패: {reason}",
    "serve.not-counted": "/metrics의 확인 횟수를 셀 수 없습니다: {reason}. 응답은 계속합니다.",
    "serve.log-file": "접속 로그 {path}",
    "serve.log-output": "표준 출력의 접속 로그",
    "serve.log-unwritable": "{log}: 쓸 수 없습니다({reason}). 응답은 계속합니다.",
    "serve.log-again": "{log}: 다시 기록합니다.",
    "serve.log-lacks": "{log}: 제때 기록하지 못한 요청 {count}건이 빠졌습니다.",
    # building
    "serve.no-copy": "백업 사본을 만들지 못했습니다: {reason}",
    "serve.edition": "발행본 {number}: {changes}.",
    "serve.edition-no-entry": "발행본 {number}: 바뀐 기사가 없습니다.",
    "serve.edition-new": "새 기사 {count}건",
    "serve.edition-updated": "수정 {count}건",
    "serve.edition-corrected": "정정 {count}건",
    "serve.edition-minor": "단순 수정 {count}건",
    "serve.edition-confirmed": "확인 {count}건",
    "serve.edition-withdrawn": "내림 {count}건",
    "serve.edition-held": "보류 {count}건",
    "serve.withdrawn": "내린 기사: {files}.",
    "serve.held-back": "발행 보류: {problem}",
    "serve.leader": "이 서버가 발행을 맡습니다.",
    "serve.leader-lost": "데이터베이스 연결이 끊겨 이 서버는 발행을 더 맡지 않습니다.",
    "serve.standby": "이 서버는 대기합니다. 다른 서버가 발행을 맡고 있습니다.",
    "serve.nothing-new": "새 내용을 발행하지 않았습니다: {problem}",
    "serve.waits": "그대로 둠: {problem}",
    "serve.drafts": "출고를 기다리는 초안 {count}건(`sosik release`): {files}.",
    "serve.waiting": "{file}: 발행 시각 대기 중({at}).",
    "serve.warned": "확인 필요: {problem}",
    "serve.all-solved": "모든 문제가 해결됐습니다.",
    "serve.bucket": "{bucket}: 발행본 {number}, 객체 {written}개 기록, {removed}개 삭제.",
    "serve.bucket-failed": "버킷을 업데이트하지 못했습니다: {reason}",
    "serve.build-failed": "발행 중 내부 오류({error}: {reason}).",
    "serve.status-unwritable": "/healthz의 발행 상태를 기록할 수 없습니다: {reason}",
    "serve.mount-silent": (
        "{place}: {type} 파일 시스템은 변경을 알려 주지 않을 수 있어 1분마다 모든 파일을 확인합니다"
    ),
    "serve.not-watched": "시스템이 변경을 알려 주지 않아 1초마다 파일을 비교합니다: {reason}",
    # announcing
    "serve.not-announced": "알리지 못함: {reason}",
    "serve.announcing-failed": "알림 중 내부 오류({error}: {reason})",
    "serve.not-told": "{target}: 알리지 못했습니다({reason})",
    "serve.hindered": "허브와 검색 엔진 알림 대기({code}): {reason}",
    "serve.told": "알림 {count}건: {targets}.",
    # metrics
    "serve.metric-edition": "최신 발행본의 번호.",
    "serve.metric-composed": "최신 발행본을 만든 시각.",
    "serve.metric-documents": "최신 발행본의 문서 수.",
    "serve.metric-build-ok": "마지막 발행의 성공 여부.",
    "serve.metric-problems": "마지막 발행에서 찾은 문제 수.",
    "serve.metric-waiting": "대기 중인 알림.",
    "serve.metric-told": "보낸 알림.",
    "serve.metric-failures": "실패한 요청.",
    "serve.metric-polls": "문서 요청 수.",
    "serve.metric-sent": "보낸 본문 바이트.",
    "serve.metric-saved": "304로 아낀 본문 바이트.",
}
