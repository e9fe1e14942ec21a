"""The command that checks that everything the program needs works."""

from argparse import Namespace

from stretchplayer.app.self_test import Finding, run_self_test
from stretchplayer.cli.output import ExitCode, print_lines
from stretchplayer.i18n import _


def self_test(_arguments: Namespace) -> int:
    return ExitCode.DONE if run_self_test(_print_finding) else ExitCode.FAILURE


def _print_finding(finding: Finding) -> None:
    print_lines([f"{_(finding.verdict):4}  {_(finding.name):13}  {finding.text}"])
