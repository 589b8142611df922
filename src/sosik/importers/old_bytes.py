"""Bytes of an old feed as text: decoded as Korean systems wrote them, and refused where they declare entities."""

from sosik.errors import ImportingError
from sosik.patterns import pattern
from sosik.source import decode
from sosik.words import Message

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of one file."""

_DECLARED = pattern(rb"""\A\s{0,100}<\?xml[^>]{0,200}?\sencoding\s{0,20}=\s{0,20}["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION = pattern(r"\A\s{0,100}<\?xml[^>]{0,1000}\?>")
_LATIN = pattern(r"(?i)(?:us-?)?ascii|iso[-_]?8859-?1|latin-?1|(?:windows-|cp)125[0-9]|utf-?8|unicode")
_OTHERS = pattern(
    r"(?i)iso[-_]?8859-?\d{1,2}|(?:windows|cp|ibm)[-_]?\d{3,4}|koi8[-_]?[ru]|shift[-_]?jis|sjis|euc[-_]?jp|iso-2022-jp"
    r"|gbk?|gb2312|gb18030|big5\w{0,6}|mac\w{0,12}|tis-?620|utf-?(?:16|32)(?:le|be)?|johab|(?:us-?)?ascii|latin-?\d{1,2}"
)
"""Encodings that a declaration is believed of; all others are read as Korean systems write."""

_FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0\ufffe\uffff]")
_HANGUL = pattern("[가-힣ㄱ-ㅎㅏ-ㅣ一-鿿]")
_MOSTLY = 0.8


def text_of(data: bytes, name: str) -> str:
    """Return the text of a feed's bytes, without characters that no XML may hold.

    Bytes that are UTF-8 are read so, whatever is declared. Raises ImportingError, naming the file, where they are too
    many or in no known encoding.
    """
    if len(data) > MOST_BYTES:
        raise ImportingError(Message("importers.feed-bytes", file=name, most=MOST_BYTES // 1024**2))
    declared = _DECLARED.match(data)
    text = _as_declared(data, declared[1].decode("ascii")) if declared else None
    if text is None:
        text, problems = decode(data, name)
        if text is None:
            said = problems[0]
            raise ImportingError(
                Message(
                    "importers.undecodable",
                    place=str(said.location),
                    code=said.code,
                    message=said.message,
                    hint=said.hint,
                )
            )
    return _FORBIDDEN.sub("", text)


def _as_declared(data: bytes, encoding: str) -> str | None:
    """Return the text in the declared encoding, None where the bytes rather tell their encoding themselves.

    UTF-8 cannot be taken for anything else; and many Korean systems declared Latin-1 over EUC-KR.
    """
    if not _OTHERS.fullmatch(encoding) or _is(data, "utf-8"):
        return None
    if _LATIN.fullmatch(encoding) and _is_korean(data):
        return None
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_korean(data: bytes) -> bool:
    """Tell whether the bytes are CP949 that reads as Korean."""
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return False
    foreign = sum(character > "\x7f" for character in text)
    return len(_HANGUL.findall(text)) >= _MOSTLY * foreign


def without_doctype(text: str, name: str) -> str:
    """Return the text of an XML document without its declaration and its document type.

    Nothing is fetched, so a document type that only names one says nothing. Raises ImportingError, naming the file,
    where it declares entities or anything else of its own.
    """
    declaration = _DECLARATION.match(text)
    place = declaration.end() if declaration else 0
    kept = []
    while (opening := _opening(text, place)) is not None:
        start, end, mark = opening
        if mark == "<!DOCTYPE":
            if "[" in text[start:end] or "<!" in text[start + 2 : end]:
                raise ImportingError(Message("importers.feed-entities", file=name))
        elif mark == "<!ENTITY":
            raise ImportingError(Message("importers.feed-entities", file=name))
        else:
            kept.append(text[start:end])
        place = end
    return "".join(kept) + text[place:]


_MARKS = (("<?", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">"), ("<!ENTITY", ">"))


def _opening(text: str, place: int) -> tuple[int, int, str] | None:
    """Where what may stand in front of the root begins and ends at *place*, and its mark; None at the root itself."""
    while text[place : place + 1].isspace():
        place += 1
    for mark, closing in _MARKS:
        if text[place : place + len(mark)].upper() == mark:
            end = text.find(closing, place + len(mark))
            return (place, end + len(closing), mark) if end >= 0 else None
    return None
