"""The command `twoway`: one file per subcommand, loaded only when it is called.

A file here that holds a click command named `command` is a subcommand; `import_.py` is `import`.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from twoway import __version__

FOLDER = Path(__file__).parent


class Rooms(click.Group):
    """Finds subcommands by their files; loading all of them would cost half a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands."""
        del ctx
        names = (p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("_"))
        return sorted(name.rstrip("_").replace("_", "-") for name in names if name != "terminal")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a subcommand by its name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        stem = cmd_name.replace("-", "_")
        if not (FOLDER / f"{stem}.py").exists():
            stem += "_"
        found: click.Command = import_module(f"twoway.cli.{stem}").command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; whatever goes wrong is said in a sentence, never as a trace back."""
        from twoway.cli.terminal import failing_plainly  # noqa: PLC0415  saved for --version

        # In here rather than around click, which would end Ctrl-C and `| head` with 1.
        with failing_plainly():
            return super().invoke(ctx)


@click.group(
    cls=Rooms,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nStart with an account, an archive or any table; or with the desk:"
    "\n  twoway audit nytimes.com\n  twoway audit archive.zip\n  twoway audit posts.csv\n  twoway desk",
)
@click.version_option(__version__, prog_name="twoway")
def twoway() -> None:
    """Tell whether an organisation talks with people on social networks, or at them."""


def main() -> None:
    """Run the command."""
    twoway(prog_name="twoway")
