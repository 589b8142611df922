"""The Korean texts of click, by their English: `LC_MESSAGES/sosik.mo` is generated from them, for gettext."""

TEXTS = {
    "Usage:": "사용법:",
    "Options": "옵션",
    "Commands": "명령",
    "Positional arguments": "인수",
    "Aborted!": "중단했습니다.",
    "Missing command.": "명령이 없습니다.",
    "Error: {message}": "오류: {message}",
    "Try '{command} {option}' for help.": "도움말: {command} {option}",
    "Invalid value: {message}": "잘못된 값: {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}: 잘못된 값입니다. {message}",
    "Missing argument": "필수 인수가 빠졌습니다:",
    "Missing option": "필수 옵션이 빠졌습니다:",
    "Missing parameter": "필요한 값이 빠졌습니다:",
    "Missing {param_type}": "{param_type} 없음",
    "Missing parameter: {param_name}": "값이 없습니다: {param_name}",
    "No such option {name!r}.": "{name!r} 옵션이 없습니다.",
    "No such option: {name}": "옵션이 없습니다: {name}",
    "No such command {name!r}.": "{name!r} 명령이 없습니다.",
    "Option {name!r} does not take a value.": "{name!r} 옵션에는 값을 쓸 수 없습니다.",
    "Argument {name!r} takes {nargs} values.": "{name!r} 인수에는 값이 {nargs}개 필요합니다.",
    "Choose from:\n\t{choices}": "다음 중에서 고르세요:\n\t{choices}",
    "{value!r} is not a valid {number_type}.": "{value!r}: 숫자가 아닙니다.",
    "{value} is not in the range {range}.": "{value}: 범위({range})를 벗어났습니다.",
    "{name} {filename!r} does not exist.": "없는 {name}입니다: {filename!r}",
    "{name} {filename!r} is a file.": "{filename!r}: 폴더가 아니라 파일입니다.",
    "{name} {filename!r} is a directory.": "{filename!r}: 파일이 아니라 폴더입니다.",
    "{name} {filename!r} is not readable.": "읽을 수 없는 {name}입니다: {filename!r}",
    "{name} {filename!r} is not writable.": "쓸 수 없는 {name}입니다: {filename!r}",
    "Could not open file {filename!r}: {message}": "파일을 열 수 없습니다({filename!r}): {message}",
    "unknown error": "알 수 없는 오류",
    "file": "파일",
    "directory": "폴더",
    "path": "경로",
    "File": "파일",
    "Directory": "폴더",
    "Path": "경로",
    "default: {default}": "기본값: {default}",
    "required": "필수",
    "(dynamic)": "(상황에 따라 다름)",
    "Show this message and exit.": "도움말을 표시하고 끝냅니다.",
    "Show the version and exit.": "버전을 표시하고 끝냅니다.",
    "%(prog)s, version %(version)s": "%(prog)s, 버전 %(version)s",
    "Error: invalid input": "오류: 잘못된 입력",
}

PLURALS = {
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"): "비슷한 이름: {possibilities}",
    (
        "Got unexpected extra argument ({args})",
        "Got unexpected extra arguments ({args})",
    ): "남는 인수가 있습니다: {args}",
    ("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."): (
        "값이 {nargs}개 필요합니다."
    ),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."): (
        "{name!r} 옵션에 값이 없습니다."
    ),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."): (
        "{value!r}: 다음 중 하나를 쓰세요: {choices}."
    ),
}
"""What click says in two forms, for one and for many: Korean has one."""
