"""What an import did, in numbers and in words."""

from dataclasses import dataclass
from pathlib import Path

from twoway.collection.records import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """One source: which reader took it, the posts it held, the rows that could not be read."""

    name: str
    reader: str
    posts: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What became of every row: `read` = `added` + `duplicates`, and `rejected` ones are kept aside.

    `duplicates` were in the sources twice or in the collection already; the newest observation
    of each won. `examples` are the first rejected rows, `rejects` the files that hold them all.
    """

    sources: tuple[SourceSummary, ...]
    posts: int
    added: int
    duplicates: int
    rejected: int
    accounts: int
    examples: tuple[Rejected, ...] = ()
    rejects: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """Posts that the sources held."""
        return sum(source.posts for source in self.sources)

    def __str__(self) -> str:
        """Say it as the command does."""
        lines = [f"{source.name}: {source.reader}" for source in self.sources]
        lines.append(
            f"{_count(self.read, 'post')} read: {self.added:,} new, "
            f"{self.duplicates:,} known already. The collection holds "
            f"{_count(self.posts, 'post')} and {_count(self.accounts, 'account')}."
        )
        lines += [f"Note: {note}" for note in self.notes]
        return "\n".join([*lines, *self._rejected_lines()])

    def _rejected_lines(self) -> list[str]:
        if not self.rejected:
            return []
        is_one = self.rejected == 1
        what = "row" if is_one else "rows"
        if any(not one.line for one in self.examples):  # a file as a whole has no line
            what += " or file" if is_one else " or files"
        files = ", ".join(map(str, self.rejects))
        lie = "lies" if is_one else "lie"
        lines = [f"{self.rejected:,} {what} could not be read and {lie} aside in {files}:"]
        lines += [f"  {place(rejected)}: {rejected.reason}" for rejected in self.examples]
        return lines if self.rejected <= len(self.examples) else [*lines, "  …"]


def place(rejected: Rejected) -> str:
    """Say where a rejected row stood."""
    return f"{rejected.file}, line {rejected.line}" if rejected.line else rejected.file


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
