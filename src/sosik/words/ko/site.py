"""The Korean of `sosik.words.en.site`."""

TEXTS: dict[str, str] = {
    "site.older-content": (
        "{folder}: 커밋 {commit}에는 이미 발행한 커밋 {published:이} 들어 있지 않습니다. "
        "새 커밋을 받으세요. 이 커밋을 발행하려면 `sosik build`를 실행하세요."
    ),
    "store.gone": (
        "{path}: 발행 기록이 없어졌습니다. 디스크 연결을 확인하거나 백업을 되돌리세요. 없는 채로 다시 시작하면 "
        "모든 기사가 새 기사가 됩니다."
    ),
    "store-missing.published": (
        "{output}에 발행한 피드가 있는데 발행 기록이 없습니다. 모든 기사가 새 기사가 되고, ID가 바뀐 기사는 다시 "
        "나갑니다"
    ),
    "store-missing.hint": (
        "`sosik restore`를 실행하거나 백업에서 .sosik을 되돌리세요. 없으면 .sosik을 지우고: sosik build --previous "
        "{output}"
    ),
}
