"""The Korean of `sosik.words.en.doctor`."""

TEXTS: dict[str, str] = {
    "doctor.no-store": "{path}: 발행 기록이 없는데 발행한 피드가 있습니다.",
    "doctor.no-store-hint": (
        "`sosik restore`를 실행하세요. 사본이 없으면 `sosik build --previous public`을 실행하세요"
    ),
    "doctor.documents": "발행 기록의 문서가 손상됐습니다.",
    "doctor.build-hint": "`sosik build`를 실행하면 다시 만듭니다",
    "doctor.media": ".sosik/media의 사진 {count}개가 없거나 손상됐습니다: {files}",
    "doctor.media-hint": "`sosik build`를 실행하면 content/에서 다시 가져옵니다",
    "doctor.ledger": "발행한 기사 {count}건의 파일이 없습니다: {files}",
    "doctor.ledger-hint": "파일을 되돌리세요. 언제 내려가는지는 `sosik check`로 확인하세요",
    "doctor.output-missing": "발행한 파일 {count}개가 없습니다: {files}",
    "doctor.output": "발행한 파일 {count}개가 발행본과 다릅니다: {files}",
}
