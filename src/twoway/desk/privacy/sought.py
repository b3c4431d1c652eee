"""What an erasure looks for of one account: its id and its handle, until nothing has them any more."""

from dataclasses import dataclass

from twoway.desk.people.erased import digest


@dataclass(frozen=True, slots=True)
class Sought:
    """One account to be erased, by what it was called on its network."""

    organisation: int
    account: int
    network: str
    remote_id: str
    handle: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return what others may have written to name it."""
        handle = self.handle.removeprefix("@")
        return (self.remote_id, handle) if handle else (self.remote_id,)

    @property
    def digest(self) -> str:
        """Return the hash by which it is known again."""
        return digest(self.organisation, self.network, self.remote_id)
