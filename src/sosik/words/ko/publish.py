"""The Korean of `sosik.words.en.publish`."""

TEXTS: dict[str, str] = {
    "picture-lost.output": "사본이 손상됐거나 없어 이 사진을 쓸 수 없습니다. 그대로 둡니다",
    "publish.unwritable": "{file}: 쓸 수 없습니다({reason}).",
    "publish.not-alone": "{folder}: 기사, 피드 정의, 발행 기록이 있는 폴더입니다. 다른 폴더를 지정하세요.",
    "file-foreign.output": "sosik이 쓴 파일이 아니라 그대로 두었습니다",
    "file-foreign.output-hint": "--output으로 다른 폴더에 발행하거나, --replace-files로 덮어쓰세요",
    "file-foreign.bucket-hint": "다른 접두사 아래에 발행하거나, --replace-files로 덮어쓰세요",
    "publish.bucket-package": "obstore 패키지가 없습니다. 설치: pip install 'sosik[s3]'",
    "publish.bucket-failed": "{bucket}: {reason}.",
    "publish.bucket-denied": "접근이 거부됐습니다. 환경 변수의 인증 정보를 확인하세요",
    "publish.bucket-missing": "버킷이 없습니다",
    "publish.bucket-unreachable": "버킷이 응답하지 않습니다. 엔드포인트와 리전을 확인하세요",
    "publish.bucket-unconditional": "If-Match를 지키지 않는 버킷이라 안전하게 발행할 수 없습니다.",
    "publish.bucket-taken": "{name:은} 버킷에서 예약된 이름입니다. 문서의 경로를 바꾸세요.",
    "publish.bucket-pointer": "버킷의 {name:은} 이 버전의 sosik이 쓴 파일이 아닙니다.",
    "publish.bucket-newer": (
        "버킷은 발행본 {there}, 발행 기록은 발행본 {number}입니다. 아무것도 쓰지 않았습니다. "
        "--previous로 발행 기록을 되살리세요."
    ),
    "publish.bucket-other": (
        "버킷의 발행본 {number}: 다른 발행 기록에서 나왔습니다. 아무것도 쓰지 않았습니다. "
        "--previous로 발행 기록을 되살리세요."
    ),
    "publish.bucket-overtaken": "다른 프로세스가 버킷에 새로 발행해 멈췄습니다(발행본 {number}).",
    "publish.bucket-busy": "버킷의 객체가 계속 바뀝니다. 명령을 다시 실행하세요.",
    "file-unnamed.output": "Windows에서 쓸 수 없는 파일 이름이라 문서를 제외합니다",
    "file-unnamed.output-hint": "다른 운영체제에서 발행하거나, 피드의 path나 slug를 바꾸세요",
    # comments of configurations
    "publish.nginx-about": (
        "nginx가 {root}의 파일을 `sosik serve`처럼 제공합니다: /etc/nginx/conf.d/sosik.conf에 넣으세요.\n"
        "모든 피드와 삭제된 주소가 들어 있습니다. 피드를 추가하거나 기사를 내리면 다시 출력해 적용하세요."
    ),
    "publish.location-about": (
        "사이트의 {path} 아래에서 제공하는 {root}의 피드입니다. 사이트 블록 안에 넣으세요.\n"
        "`sosik config`로 출력했습니다. 피드를 추가하거나 기사를 내리면 다시 출력하세요."
    ),
    "publish.location-dollar": (
        "{path}의 물음표 주소는 빠졌습니다. 경로에 달러 기호가 있는 {feed:으로}는 nginx가 넘길 수 없습니다."
    ),
    "publish.apache-about": (
        "사이트의 {path} 아래에서 제공하는 {root}의 피드입니다. <VirtualHost> 안에 넣으세요.\n"
        "필요한 모듈: alias, dir, headers, mime, rewrite. `sosik config`로 출력했습니다.\n"
        "피드를 추가하거나 기사를 내리면 다시 출력하세요."
    ),
    "publish.apache-gzip": (
        "전송 중에는 압축하지 않습니다. `sosik build --gzip`이 압축한 파일을 두 번 압축하게 됩니다."
    ),
    "publish.nginx-https": "https 인증서는 여기에 적으세요. `certbot --nginx`가 대신 적어 줍니다.",
    "publish.nginx-redirect": "요청한 호스트 이름이 아니라 경로로만 리다이렉트합니다.",
    "publish.nginx-gzip": "`sosik build --gzip`으로 압축한 파일만 보냅니다. 압축본의 ETag는 따로 있습니다.",
    "publish.nginx-since": "기본값은 시각이 똑같을 때만 304인데, 초 단위를 맞추지 않는 클라이언트가 있습니다.",
    "publish.nginx-vary": "gzip_vary는 304에서 빠지므로 쓰지 않습니다.",
    "publish.caddy-about": (
        "Caddy가 {root}의 파일을 `sosik serve`처럼 제공합니다.\n"
        "모든 피드와 삭제된 주소가 들어 있습니다. 피드를 추가하거나 기사를 내리면 다시 출력해 적용하세요."
    ),
    "publish.caddy-vary": "응답을 쓸 때 적습니다. 파일 서버는 압축할 때만 이 헤더를 붙입니다.",
    "publish.headers-about": (
        "_headers: {root} 폴더를 올리는 사이트의 루트에 두세요. 피드를 추가하면 다시 출력하세요.\n규칙 {count}개"
    ),
    "publish.headers-about-many": (
        "_headers: {root} 폴더를 올리는 사이트의 루트에 두세요. 피드를 추가하면 다시 출력하세요.\n"
        "규칙 {count}개. Cloudflare Pages는 처음 {most}개만 읽습니다"
    ),
    "publish.redirects-about": (
        "_redirects: {root} 폴더를 올리는 사이트의 루트에 두세요. 피드를 종료하면 다시 출력하세요.\n"
        "삭제된 주소는 410으로 응답해 리더가 확인을 멈추게 합니다. 410을 모르는 호스팅은 이 줄을 무시합니다."
    ),
    "publish.robots-about": (
        "{address}robots.txt에 넣을 내용입니다. 피드, 페이지, 사진을 모두 허용합니다:\n"
        '피드 리더, Yeti(네이버), Daum, Googlebot. "Disallow: /*.xml" 같은 규칙은 구독자를 막습니다.\n'
        "\n"
        "Daum 웹마스터도구의 줄은 파일의 첫 줄에 적으세요:\n"
        "#DaumWebMasterTool:…"
    ),
}
