"""The texts of `sosik.doctor`: faults and repairs."""

TEXTS: dict[str, str] = {
    "doctor.no-store": "{path} is missing, but published feeds exist.",
    "doctor.no-store-hint": "run `sosik restore`; without a copy, run `sosik build --previous public`",
    "doctor.documents": "damaged documents in the store",
    "doctor.build-hint": "run `sosik build` to compose them again",
    "doctor.media": "{count} {count:picture is|pictures are} missing or damaged in .sosik/media: {files}",
    "doctor.media-hint": "run `sosik build` to copy them from content/ again",
    "doctor.ledger": "{count} published {count:entry has|entries have} no file: {files}",
    "doctor.ledger-hint": "restore the files; `sosik check` shows when they are withdrawn",
    "doctor.output-missing": "{count} published {count:file is|files are} missing: {files}",
    "doctor.output": "{count} published {count:file differs|files differ} from the edition: {files}",
}
