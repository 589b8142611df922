"""The Korean of `sosik.words.en.cli`."""

TEXTS = {
    # mistakes
    "cli.failed": "sosik: {reason}",
    "cli.own-mistake": (
        "내부 오류({kind}: {error})입니다. 개발자에게 알려 주세요. SOSIK_TRACEBACK=1을 붙이면 발생 위치가 표시됩니다."
    ),
    "cli.file-fault": "{file}: {reason}.",
    "cli.machine-fault": "{error}. 디스크에 빈 공간이 있는지, 폴더에 쓰기 권한이 있는지 확인하세요.",
    "cli.file-missing": "파일이 없습니다: {name}",
    "cli.no-entry": "{name}: 기사 파일이 아닙니다. 기사는 {folder}에 있습니다. 변경한 내용이 없습니다.",
    "cli.file-there": "{path}: 이미 있는 파일입니다. 변경한 내용이 없습니다.",
    "cli.file-not-utf8": "{path}: UTF-8이 아닙니다. 먼저 UTF-8로 저장하세요.",
    "cli.in-file": "{path}: {reason}",
    # problems
    "cli.more-warnings": "… 외 경고 {count}건: sosik check로 확인하세요",
    "cli.same-problem": "    같은 문제가 파일 {count}개에 더 있습니다: {files}",
    "cli.not-published": "이대로는 기사 {count}건이 발행되지 않습니다",
    "cli.severities": "오류 {errors}건, 경고 {warnings}건",
    "cli.no-problems": "문제가 없습니다",
    # counts
    "cli.counts-entries": "기사: {counts}",
    "cli.counts-documents": "문서: {counts}",
    "cli.count-new": "신규 {count}건",
    "cli.count-updated": "수정 {count}건",
    "cli.count-corrected": "정정 {count}건",
    "cli.count-minor": "단순 수정 {count}건",
    "cli.count-confirmed": "확인 {count}건",
    "cli.count-withdrawn": "내림 {count}건",
    "cli.count-held": "보류 {count}건",
    "cli.count-unchanged": "그대로 {count}건",
    "cli.count-changed": "변경 {count}건",
    "cli.count-removed": "삭제 {count}건",
    "cli.count-none": "없음",
    # the program
    "cli.program": (
        "소식: 기사를 RSS·Atom·JSON Feed로 발행하는 프로그램.\n"
        "\n"
        "\b\n"
        "시작:  sosik init my-paper\n"
        "       sosik -C my-paper serve"
    ),
    "cli.program-directory": "이 폴더의 발행물에서 작업합니다. 파일 옵션의 경로도 이 폴더 기준입니다.",
    "cli.program-language": "출력 언어(ko, en). 기본값: 발행물의 언어.",
    "cli.json": "프로그램용 JSON으로 출력합니다.",
    "cli.store": (
        "발행 기록을 둘 PostgreSQL 주소(postgresql://사용자@호스트/DB?schema=이름). 기본값: SOSIK_STORE 또는 .sosik/"
    ),
    "cli.strict": "경고도 오류로 처리합니다.",
    "cli.command-unknown": "{name!r} 명령이 없습니다. {close!r} 명령을 쓰려고 했나요?",
    # init
    "cli.init": "새 발행물을 만듭니다.",
    "cli.init-more": "폴더를 적지 않으면 현재 폴더에 만듭니다. 바로 발행할 수 있습니다.",
    "cli.init-title": "발행물(신문) 이름.",
    "cli.init-url": "홈페이지 주소.",
    "cli.init-language": "발행물의 언어. 파일 안의 설명도 이 언어로 씁니다.",
    "cli.init-import": "feeds/를 살펴본 뒤 기사를 가져오세요: {command}",
    "cli.init-next": "feeds/publication.yaml에 공개 주소를 적은 뒤 실행하세요: {command}",
    "cli.publication-there": "{folder}: 이미 발행물이 있습니다. 변경한 내용이 없습니다.",
    "cli.wrote": "만든 파일: {path}",
    # new
    "cli.new": "새 기사 파일을 초안으로 만듭니다.",
    "cli.new-more": (
        "파일에 기사 ID와 따옴표로 감싼 제목을 적어 둡니다. `sosik release`로 출고하기 전에는 발행되지 않습니다."
    ),
    "cli.new-section": "기사의 섹션.",
    "cli.new-author": "기사를 쓴 기자.",
    "cli.new-next": "미리보기: `{command} serve --drafts`, 출고: `{command} release {file}`",
    "cli.new-untitled": "기사 제목이 필요합니다",
    "cli.new-option": "알 수 없는 옵션 {name!r}. 제목에 들어 있으면 제목을 따옴표로 감싸세요",
    # release
    "cli.release": "초안을 출고합니다.",
    "cli.release-more": (
        "초안 표시를 지우고, _drafts에 있는 파일은 밖으로 옮깁니다. 입력 시각이 없으면 지금 시각을 `입력:`에 "
        "적습니다.\n\n파일은 경로, 기사 ID, 제목의 일부로 적습니다. 오류가 있는 파일은 변경하지 않습니다."
    ),
    "cli.release-at": "입력 시각이 없는 기사의 발행 시각. 기본값: 지금.",
    "cli.release-flash": "본문 없이 제목만 발행합니다.",
    "cli.released": "{file}: 출고했습니다(입력 {at}). 다음 발행 때 나갑니다(`sosik serve`는 자동으로 발행합니다)",
    "cli.released-ahead": "{file}: 출고했습니다. {at}에 발행됩니다",
    "cli.released-before": "{file}: 초안이 아닙니다. 변경한 내용이 없습니다",
    "cli.release-bodiless": "{file}: 본문이 없습니다. 본문을 쓰거나, 제목만 내보내려면 --flash를 쓰세요.",
    "cli.release-dated": (
        "{file}: 입력 시각이 이미 {published}입니다. 파일에서 고치거나 --at을 빼세요. 변경한 내용이 없습니다."
    ),
    "cli.release-past": "{at}: 이미 지난 시각입니다. 날짜까지 모두 적거나, 파일에 입력 시각을 적으세요",
    "cli.release-withdrawn": "{file}: 내린 기사입니다. 다시 발행하려면 {@status}:와 {@withdrawn}: 줄을 지우세요.",
    "cli.edit-draft": "{file}: 공개되지 않은 기사입니다. 변경한 내용이 없습니다.",
    "cli.now-ahead": "{now} 시점으로 발행했습니다. 아직 오지 않은 시각이므로 그때까지 대기할 기사도 공개됩니다",
    "cli.release-refused": "출고하지 않았습니다. 변경한 내용이 없습니다",
    # entries by name
    "cli.entry-unknown": (
        "{name!r}: 경로, 기사 ID, 제목이 일치하는 기사가 없습니다. 발행한 기사는 `sosik list`로 확인하세요"
    ),
    "cli.entry-ambiguous": "제목에 {name!r} 문구가 있는 기사가 {count}건입니다. 경로나 기사 ID를 쓰세요: {files}",
    # check
    "cli.check": "모든 파일의 문제와 해결 방법을 표시합니다.",
    "cli.check-more": (
        "아무것도 변경하지 않습니다. 문제마다 한 줄씩 '파일:행:열: 구분: 코드: 내용' 형식으로 표시합니다."
    ),
    "cli.check-feeds": (
        "발행한 피드와 페이지를 docs/conformance.md의 규칙으로 검사합니다. 경로를 적지 않으면 public을 검사합니다."
    ),
    "cli.feeds-missing": "파일이나 폴더가 없습니다: {name}. public/ 폴더는 `sosik build`가 만듭니다.",
    "cli.documents-checked": "문서 {documents}건, 오류 {errors}건, 경고 {warnings}건",
    # build
    "cli.build": "피드를 정적 파일로 발행합니다.",
    "cli.build-more": "바뀐 문서만 쓰고, 기사와 문서의 건수를 결과별로 표시합니다.",
    "cli.unshown": "    새 기사 중 {count}건은 더 새로운 기사에 밀려 어느 피드에도 실리지 않았습니다",
    "cli.build-output": "파일을 쓸 폴더. 기본값: public.",
    "cli.build-to": "버킷에 발행합니다: s3://버킷/접두사, gs://…, az://…. 폴더는 --output을 줄 때만 씁니다.",
    "cli.to-invalid": "s3://버킷, gs://버킷, az://계정/컨테이너 꼴이어야 하고, 암호나 물음표 뒤는 쓸 수 없습니다",
    "cli.to-folder-only": "{option:은} 폴더에 발행할 때 씁니다. --output을 함께 쓰세요",
    "cli.written-bucket": "{bucket}: 객체 {written}개 기록, {removed}개 삭제",
    "cli.build-gzip": "텍스트 파일마다 압축 파일(.gz)을 함께 씁니다.",
    "cli.build-replace": "발행할 자리에 있는 다른 프로그램의 파일도 덮어씁니다.",
    "cli.build-durable": "발행한 파일이 모두 디스크에 기록될 때까지 기다립니다(정전 대비).",
    "cli.build-now": "이 시각을 현재로 보고 발행합니다.",
    "cli.build-allow-redate": "이 ID의 기사가 입력 시각을 바꿀 수 있게 합니다. 여러 번 쓸 수 있습니다.",
    "cli.build-allow-withdrawals": "전체의 10분의 1이 넘는 기사를 한꺼번에 내릴 수 있게 합니다.",
    "cli.build-withdraw-now": "파일이 사라진 기사를 기다리지 않고(withdraw_after:) 바로 내립니다.",
    "cli.build-or-new": "--previous와 함께: 아직 발행한 피드가 없으면(404) 새로 시작합니다.",
    "cli.or-new-alone": "--or-new는 --previous와 함께 쓰세요",
    "cli.build-new-store": "손상된 발행 기록을 다른 이름으로 옮기고 새로 시작합니다. 이전 발행 기록은 사라집니다.",
    "cli.no-copy": "백업 사본을 만들지 못했습니다: {reason}",
    "cli.build-previous": "없어진 발행 기록을 이미 발행한 피드(폴더나 URL)에서 되살립니다.",
    "cli.would-withdraw": "다음 발행에서 내려갈 기사 {count}건: {files}",
    "cli.withdrew": "    내린 기사: {files}",
    "cli.missing": "파일이 사라진 기사 {count}건(아직 내리지 않음): {files}",
    "cli.missing-files": "{files}",
    "cli.missing-more": "{files}, …",
    "cli.nothing-changed": "변경한 내용이 없습니다",
    "cli.written": "{folder}: 파일 {written}개 기록, {removed}개 삭제",
    "cli.drafts": "출고를 기다리는 초안 {count}건(`sosik release`): {files}",
    "cli.ahead": "발행 시각을 기다리는 기사 {count}건(`sosik serve`는 자동으로 발행합니다):",
    "cli.ahead-file": "    {file}: {at}",
    # progress
    "cli.progress-looking": "기사 찾기",
    "cli.progress-found": "{stage}: 파일 {done:,}개",
    "cli.progress-reading": "기사 읽기",
    "cli.progress-making": "문서 만들기",
    "cli.progress-writing": "파일 쓰기",
    "cli.progress-count": "{stage}: {total:,}건 중 {done:,}건, 초당 {rate:,}건, 남은 시간 {left}",
    "cli.progress-seconds": "{count}초",
    "cli.progress-minutes": "{count}분",
    "cli.interrupted": "중단했습니다. 계속하려면 같은 명령을 다시 실행하세요",
    # restore, doctor
    "cli.restore": "발행 기록을 백업 사본에서 복구합니다.",
    "cli.restore-more": (
        "손상되지 않은 최신 사본이나 지정한 파일에서 복구합니다. 지금 있는 발행 기록은 다른 이름으로 옮깁니다. 그 "
        "뒤의 변경은 다음 발행 때 content/에서 읽습니다."
    ),
    "cli.restore-list": "사본 목록을 표시합니다.",
    "cli.restore-none": "아직 사본이 없습니다. 하루의 첫 발행 때 한 부씩 만듭니다.",
    "cli.restore-line": "{file}  {composed} 발행본 {edition}, 기사 {entries}건",
    "cli.restore-unreadable": "{file}  읽을 수 없습니다",
    "cli.restored": "복구한 사본: {file}(발행본 {edition})",
    "cli.restore-aside": "이전 발행 기록을 옮긴 곳: {file}",
    "cli.restore-next": "이제 실행하세요: sosik build",
    "cli.doctor": "발행 기록과 사진, 발행한 파일을 점검합니다.",
    "cli.doctor-more": "문제마다 해결 방법을 함께 표시합니다. 아무것도 변경하지 않습니다.",
    "cli.doctor-output": "발행한 파일이 있는 폴더. 기본값: public.",
    "cli.doctor-finding": "{part}: {message}",
    "cli.doctor-store": "발행 기록",
    "cli.doctor-media": "사진",
    "cli.doctor-ledger": "기사 파일",
    "cli.doctor-output-files": "발행한 파일",
    "cli.doctor-hint": "    {hint}",
    "cli.doctor-sound": "문제가 없습니다",
    # diff
    "cli.diff": "다음 발행에서 구독자에게 달라지는 내용을 보여 줍니다.",
    "cli.diff-more": "아무것도 변경하지 않습니다.",
    "cli.diff-now": "이 시각을 현재로 봅니다.",
    "cli.diff-new": "신규",
    "cli.diff-updated": "수정",
    "cli.diff-corrected": "정정",
    "cli.diff-minor": "단순 수정",
    "cli.diff-confirmed": "확인",
    "cli.diff-withdrawn": "내림",
    "cli.diff-held": "보류",
    "cli.diff-moved": "피드 이동",
    "cli.diff-linked": "연결 변경",
    "cli.diff-refused": "거부",
    "cli.diff-changed": "변경",
    "cli.diff-removed": "삭제",
    "cli.diff-nothing": "달라지는 내용이 없습니다",
    "cli.diff-published-at": "입력 {at}",
    "cli.diff-link": "링크 {before} → {after}",
    "cli.diff-updated-at": "수정 {at}",
    "cli.diff-no-longer-updated": "수정 시각 {at} 삭제",
    "cli.diff-correction": "{label} {note}",
    "cli.diff-replaced-by": "대체 기사 {title}",
    "cli.diff-replaces": "이전 기사 {title}",
    "cli.diff-related": "관련 기사 {title}",
    "cli.diff-appears": "추가되는 피드: {feeds}",
    "cli.diff-leaves": "빠지는 피드: {feeds}",
    # serve
    "cli.serve": "피드를 서버로 제공하고, 파일이 바뀌면 다시 발행합니다.",
    "cli.serve-more": (
        "content/나 feeds/가 바뀌면 자동으로 다시 발행합니다.\n\nSIGTERM을 받으면 처리 중인 요청을 마치고 "
        "종료합니다. SIGHUP을 받으면 요청을 끊지 않고 프로세스를 새로 시작합니다."
    ),
    "cli.serve-host": "접속을 받을 주소. 기본값: {default}.",
    "cli.serve-port": "접속을 받을 포트. 기본값: {default}.",
    "cli.serve-one-process": "--socket, --workers, --access-log, --proxy는 Linux, macOS, WSL2에서만 쓸 수 있습니다",
    "cli.serve-socket": "포트 대신 이 Unix 소켓으로 접속을 받습니다(같은 기기의 프록시용).",
    "cli.serve-workers": "응답 프로세스 수. 기본값: 코어마다 하나, 2~4개.",
    "cli.serve-no-build": "제공만 합니다(발행은 다른 프로세스가). PostgreSQL이면 파일이 없어도 됩니다.",
    "cli.serve-drafts-unbuilt": "--drafts와 --no-build는 함께 쓸 수 없습니다.",
    "cli.serve-no-watch": "변경되어도 다시 발행하지 않습니다.",
    "cli.serve-access-log": "요청마다 한 줄을 이 파일이나 표준 출력(-)에 기록합니다.",
    "cli.serve-proxy": "접속 로그에서 이 프록시의 X-Forwarded-For를 신뢰합니다(여러 번 사용 가능).",
    "cli.serve-to": "발행본마다 버킷에도 발행합니다: s3://버킷/접두사, gs://…, az://….",
    "cli.serve-to-alone": "--to는 --no-build·--no-watch·--drafts와 함께 쓸 수 없습니다.",
    "cli.serve-drafts": "초안도 표시합니다(이 기기에서만).",
    "cli.serve-no-network": "{text!r}: 주소(10.0.0.1)나 네트워크(10.0.0.0/8, fd00::/8)가 아닙니다",
    "cli.serve-socket-and-port": "--socket과 --host·--port는 함께 쓸 수 없습니다. 하나만 쓰세요.",
    "cli.serving-socket": "소켓:        {path}",
    "cli.serving-start-page": "시작 페이지: {address}",
    "cli.serving-feed": "피드:        {address}",
    "cli.serving-stop": "멈추려면 Ctrl-C를 누르세요.",
    # list and show
    "cli.list": "기사 목록을 표시합니다.",
    "cli.list-more": (
        "최신 기사부터 입력 시각, 기사 ID, 섹션, 제목을 표시합니다. 초안은 끝에 건수만 표시합니다.\n\n"
        "--json을 쓰면 초안은 맨 뒤에 나옵니다. status는 draft, published는 null입니다. status의 다른 값: "
        "published(발행), scheduled(나갈 예정), unbuilt(아직 발행되지 않음), "
        "held(파일에 오류가 있어 보류), withdrawn(내림)."
    ),
    "cli.list-unpublished": "{line} (아직 발행되지 않음)",
    "cli.list-scheduled": "{line} ({at}에 나갈 예정)",
    "cli.list-held": "{line} (보류: {code})",
    "cli.show-scheduled": "{at}에 나갈 예정",
    "cli.show-unbuilt": "아직 발행되지 않음",
    "cli.show-held": "보류: {code}: {reason}",
    "cli.show-held-before": "보류: {code}: {reason} (아래는 마지막 정상본)",
    "cli.list-missing": "{line} (파일 없음: {since}부터)",
    "cli.list-count": "기사 {count}건",
    "cli.show": "기사 한 건의 내용과 이력을 보여 줍니다.",
    "cli.show-more": (
        "ID 자리에는 기사 ID의 끝부분, 파일, 제목의 일부를 적어도 됩니다. 초안은 ID, 제목, 파일만 표시합니다."
    ),
    # date
    "cli.date": "날짜 표기를 어떻게 읽는지 설명합니다.",
    "cli.date-more": "읽을 수 없는 표기는 위치와 이유를 표시합니다.",
    "cli.date-slot": (
        "표기가 있던 곳: 날짜 줄(`stamp`), 기사 항목(`key`), 피드(`feed`), 제호 옆(`masthead`), 발행 정보(`imprint`), "
        "본문(`body`), 사진 설명(`caption`), 파일 이름(`filename`), 페이지(`page`), 메타 태그(`meta`)."
    ),
    "cli.date-reference": "상대적인 날짜(3시간 전)의 기준 시각.",
    # correct, withdraw and pin
    "cli.correct": "기사 파일에 정정을 추가합니다.",
    "cli.correct-more": (
        "정정 시각은 현재 시각입니다. 적은 내용은 독자에게 표시됩니다. 파일은 경로, 기사 ID, 제목의 일부로 적습니다."
    ),
    "cli.correct-without-note": "정정 내용이 없습니다. 무엇을 바로잡는지 적으세요. 기사 위에 표시됩니다",
    "cli.corrected": "{file}: {label} {at} {note}",
    "cli.withdraw": "기사를 내립니다(철회).",
    "cli.withdraw-more": (
        "기사를 다음 발행 때 모든 피드에서 내립니다. 기사 ID는 기록에 남아 다시 쓰이지 않습니다. 파일은 경로, 기사 ID, "
        "제목의 일부로 적습니다.\n\n다시 "
        "발행하려면 이 명령이 파일에 적은 두 줄을 지우세요."
    ),
    "cli.withdrawn": "{file}: 기사를 내렸습니다({at})",
    "cli.retire": "피드를 영구히 종료합니다.",
    "cli.retire-more": (
        "feeds/에서 더 이상 정의하지 않는 피드의 경로(/local/rss.xml)나 전체 주소를 적습니다. *는 그 자리의 모든 "
        "글자를 뜻합니다. 종료한 주소는 feeds/publication.yaml에 적히고, 다음 발행부터 410으로 응답합니다. "
        "되돌리려면 파일에서 지우세요."
    ),
    "cli.retire-unknown": "{address!r}: 이 주소로 발행한 피드가 없습니다",
    "cli.retired": "{file}: 종료한 피드 {paths}",
    "cli.retired-before": "{file}: {paths} 피드는 이미 종료했습니다. 변경한 내용이 없습니다",
    "cli.retire-defined": "feeds/에 아직 정의된 피드 {n}개입니다: {paths}. 정의를 지우면 종료됩니다",
    "cli.withdrawn-before": "{file}: 이미 내린 기사입니다. 변경한 내용이 없습니다",
    "cli.pin": "기사 ID가 없는 파일에 ID를 적습니다.",
    "cli.pin-more": (
        "ID가 없는 파일은 경로로 만든 ID를 씁니다. 파일에 ID를 적어 두면 파일 이름을 바꿔도 됩니다. 이미 이름을 "
        "바꾼 파일에는 그 기사의 ID를 적습니다.\n\n파일을 지정하지 않으면 ID가 없는 모든 파일에 적습니다. 이미 "
        "발행한 기사와 중복되어 보류된 파일은 제외합니다."
    ),
    "cli.pin-count": "ID를 적은 파일 {count}개",
    # config
    "cli.config": "nginx, Caddy, Apache, 정적 호스팅의 설정을 출력합니다.",
    "cli.config-more": (
        "nginx, caddy, apache는 각 웹 서버의 설정입니다. headers와 redirects는 정적 호스팅이 읽는 _headers와 "
        "_redirects 파일입니다. robots는 robots.txt에 넣을 내용입니다."
    ),
    "cli.config-location": "기존 사이트의 이 경로 아래에서 피드를 제공하는 부분만 출력합니다.",
    "cli.config-location-server": "--location은 nginx, caddy, apache에만 쓸 수 있습니다: {server}",
    "cli.config-location-other": "feeds_url이 {feeds_url}입니다. 이 경로에서 제공하려면 {wanted} 주소로 바꾸세요",
    "cli.config-root-private": "{private}까지 공개됩니다. {public}처럼 발행한 파일의 폴더를 지정하세요",
    "cli.config-root": "서버에서 파일이 있는 폴더. 기본값: public.",
    # import
    "cli.import": "예전 기사를 기사 파일로 바꿉니다.",
    "cli.import-more": "추정한 값은 `미확인:`(unconfirmed)에 적습니다.",
    "cli.import-page": "텍스트나 HTML로 저장한 기사 페이지를 가져옵니다.",
    "cli.import-into": "기사 파일을 만들 폴더. 기본값: content/연도/월.",
    "cli.import-masthead": (
        "페이지 상단 날짜(최종편집 …): 수정 시각(use), 확인할 수정 시각(unconfirmed), 무시(ignore)."
    ),
    "cli.import-dry-run": "파일을 쓰지 않고 결과만 표시합니다.",
    "cli.import-feed": "예전 피드의 기사를 예전 ID 그대로 가져옵니다.",
    "cli.import-feed-more": (
        "파일로 저장한 RSS, RDF, Atom, JSON Feed를 읽습니다. 폴더를 적으면 그 안의 피드를 모두 읽습니다. "
        "다시 가져와도 바뀌지 않습니다."
    ),
    "cli.import-page-feed": "같은 기사의 ID가 있는 예전 피드. 여러 번 쓸 수 있습니다.",
    "cli.import-draft": "초안: {file}: {reasons}",
    "cli.import-drafts-more": "초안이 {count}건 더 있습니다. 목록 보기: sosik check",
    "cli.import-alike": "    같은 내용의 기사가 {count}건 더 있습니다",
    "cli.import-filled": "채운 파일: {path}",
    "cli.import-would-fill": "채울 파일: {path}",
    "cli.import-unchanged": "그대로 둔 파일: {path}",
    "cli.page-other-id": (
        "{file}: {path} 파일에 다른 ID로 이미 있는 기사입니다(파일의 ID: {id}, 독자가 아는 ID: {old})\n"
        '    도움말: 발행하기 전에 파일의 ID를 고치세요: id: "{old}"'
    ),
    "cli.import-read": "피드 {feeds}개, 항목 {items:,}건: 기사 {entries:,}건",
    "cli.import-done": "결과: {counts}",
    "cli.import-would": "실행하면: {counts}",
    "cli.import-counts": (
        "새 기사 {new:,}건, 채운 기사 {filled:,}건, 그대로 {unchanged:,}건, 직접 고친 기사 {kept:,}건, ID가 다른 "
        "기사 {misnamed:,}건. 초안 {drafts:,}건, 가져오지 못한 항목 {refused:,}건"
    ),
    "cli.import-report": "보고서: {path}",
    "cli.page-taken": (
        "{file}: {path} 파일이 이미 있어 그대로 둡니다\n"
        "    도움말: 다른 기사라면 --into로 다른 폴더를 지정해 이 파일만 가져오세요"
    ),
    "cli.page-unreadable": "{file} 파일을 읽을 수 없습니다: {reason}",
    "cli.would-write": "만들 파일: {path}",
    "cli.unconfirmed": "    {@unconfirmed}: {key}. 값을 확인한 뒤 {@unconfirmed}:에서 지우세요",
    # audience
    "cli.audience": "접속 로그에서 피드 구독 현황을 집계합니다.",
    "cli.audience-more": (
        "서비스별 구독자, 리더, 304 비율, 낭비가 많은 클라이언트를 표시합니다.\n\n로그는 combined 형식(nginx, "
        "Apache)이나 Caddy의 JSON 접속 로그입니다. gzip 파일도 읽습니다. -는 표준 입력입니다."
    ),
    "cli.audience-html": "그래프가 있는 웹페이지로 씁니다.",
    "cli.audience-top": "표시할 낭비 클라이언트 수.",
    # announce
    "cli.announce": "변경 사항을 WebSub 허브와 IndexNow에 알립니다.",
    "cli.announce-more": (
        "feeds/publication.yaml의 hubs:와 indexnow:에 적은 곳입니다. 새 내용이 공개 주소에 올라온 뒤에 알립니다.\n\n"
        "실패한 알림은 다음 발행 때 다시 보내며, 이때 종료 상태는 "
        "1입니다."
    ),
    "cli.announce-dry-run": "알리지 않고, 대기 중인 알림과 지난 결과만 표시합니다.",
    "cli.announce-nobody": "알릴 곳이 없습니다: feeds/publication.yaml에 hubs:와 indexnow:가 없습니다",
    "cli.announce-failed": "변경 사항을 알리지 못했습니다: {reason}",
    "cli.announcements": "알림: 완료 {told}건, 대기 {waiting}건",
    "cli.announce-untried": "아직 시도하지 않음",
    "cli.announce-waiting": "    {target}: {reason}",
    "cli.announce-later": "    대기 중인 알림은 다음 발행이나 `sosik announce` 때 보냅니다",
    "cli.target-told": "알림 {count}건, 마지막 {last}",
    "cli.target-never-told": "알린 적 없음",
    "cli.target-failed": "{at} 실패: {outcome}",
    "cli.target-waits": "{until}까지 기다려 달라는 요청을 받음",
    "cli.init-from-feed": "예전 피드를 이어받습니다(제목, 언어, 홈페이지, 주소, ID). 여러 번 쓸 수 있습니다.",
    "cli.init-doubt": (
        "{file}: {offset} 시각이 실제로는 한국 시각인가요? {evidence}. 맞으면 feeds/publication.yaml의 dates: 앞에 "
        "있는 #을 지우세요"
    ),
    "cli.init-no-address": "{file}: 예전 피드의 주소를 모릅니다. feeds/의 aliases:에 적거나 '주소=파일'로 실행하세요",
    "cli.no-feeds": "{names}: 피드가 없습니다",
    "cli.moved": "예전 피드와 곧 발행할 피드를 비교합니다.",
    "cli.moved-more": (
        "구독자에게 다시 보이거나, 빠지거나, 시각이 바뀌는 기사가 있으면 종료 상태가 1입니다. '주소='에는 파일을 "
        "저장한 주소를 적습니다. 아무것도 변경하지 않습니다."
    ),
    "cli.moved-same": "그대로",
    "cli.moved-older": "지난 기사",
    "cli.moved-repost": "다시 보임",
    "cli.moved-missing": "없음",
    "cli.moved-redated": "시각 바뀜",
    "cli.moved-feed": "{file} → feeds/{feed}.yaml",
    "cli.moved-unanswered": "{file}: {paths}에 응답하는 피드가 없습니다. feeds/의 aliases:에 적으세요",
    "cli.moved-none": "{file}: feeds/에 피드 정의가 없습니다",
    "cli.moved-no-address": "{file}: 예전 피드의 주소를 모릅니다. 응답하는지 확인하려면 '주소=파일'로 적으세요",
    "cli.moved-counts": "{counts}, 새 기사 {new}건",
    "cli.moved-unknowable-few": "ID가 없던 {count}건은 newsboat에 다시 보입니다",
    "cli.moved-unknowable": (
        "ID가 없던 {count}건은 newsboat에 다시 보입니다. 첫날은 feeds/{feed}.yaml의 window를 줄이세요:"
        " window: {{entries: {entries}, hours: 0, at_most: {entries}}}"
    ),
}
