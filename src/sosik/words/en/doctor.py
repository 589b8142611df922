"""What `sosik.doctor` says: what is not as it should be, and what to do."""

TEXTS: dict[str, str] = {
    "doctor.no-store": "{path} is missing, and feeds are published.",
    "doctor.no-store-hint": "run `sosik restore`; without a copy `sosik build --previous public`",
    "doctor.documents": "Documents are not what they were composed as.",
    "doctor.build-hint": "run `sosik build`: it makes them anew",
    "doctor.media": "{count} {count:picture is|pictures are} missing or damaged in .sosik/media: {files}",
    "doctor.media-hint": "run `sosik build`: it takes them from content/ again",
    "doctor.ledger": "{count} published {count:entry has|entries have} no file: {files}",
    "doctor.ledger-hint": "put the files back, or see `sosik check` for when they are withdrawn",
    "doctor.output-missing": "{count} published {count:file is|files are} missing: {files}",
    "doctor.output": "{count} published {count:file differs|files differ} from the edition: {files}",
}
