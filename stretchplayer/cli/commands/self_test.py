"""The command that checks whether all the program needs is there."""

from argparse import Namespace

from stretchplayer.app.self_test import Finding, run_self_test
from stretchplayer.cli.output import ExitCode, say


def self_test(_arguments: Namespace) -> int:
    """Print a line for each check."""
    return ExitCode.DONE if run_self_test(_tell) else ExitCode.FAILURE


def _tell(finding: Finding) -> None:
    say([f"{finding.verdict:4}  {finding.name:13}  {finding.words}"])
