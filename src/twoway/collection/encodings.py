"""The encoding of a file that does not say, told from its first bytes."""

import codecs

from charset_normalizer import from_bytes

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Windows and old databases write; with the Mac's and ISO's pages short texts are mistaken.
_LIKELY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp874", "cp932", "euc_jp", "gb18030", "big5", "cp949", "koi8_r",
]  # fmt: skip
# charset-normalizer takes 0.1 s for 64 kB; more does not make it surer.
_SAMPLE = 64 * 1024


def sniff(sample: bytes) -> str:
    """Name the encoding of a text that begins with `sample`."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if wide := _two_bytes_each(sample):
        return wide
    if _is_utf8(sample):
        return "utf-8"
    found = from_bytes(sample[:_SAMPLE], cp_isolation=_LIKELY)
    best = found.best()
    # Short texts of western Europe look like those of central Europe, which are rarer.
    if best is None or any(
        "cp1252" in (match.encoding, *match.could_be_from_charset)
        and match.chaos <= best.chaos + 0.05
        for match in found
    ):
        return "cp1252"
    return best.encoding


def decode(data: bytes) -> str:
    """Decode one line of a file that is UTF-8 but for strays, which older tools left as cp1252."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _is_utf8(sample: bytes) -> bool:
    """Tell whether it decodes, a character cut in two at its end aside."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _two_bytes_each(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark: every other byte is a NUL, but for a few scripts."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.4 * half > sample[::2].count(0):
        return "utf-16-le"
    if half and sample[::2].count(0) > 0.4 * half > sample[1::2].count(0):
        return "utf-16-be"
    return None
