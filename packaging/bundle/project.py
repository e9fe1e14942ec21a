"""What the scripts of this folder share: where things are, which version this is, and how programs are run."""

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGING: Final = ROOT / "packaging"
NAME: Final = "stretchplayer"
TITLE: Final = "Stretch Player"
SUMMARY: Final = "A guided player for three hamstring stretches, followed from the floor"
REVERSE_DNS: Final = "org.stretchplayer.StretchPlayer"
HOME_VARIABLE: Final = "STRETCHPLAYER_HOME_PAGE"
"""Names the project's page in what is built; the workflow sets it."""
_FALLBACK_EPOCH: Final = 1_767_225_600  # 2026-01-01, where there is neither a commit nor a variable


def version() -> str:
    """The program's version, from the one place where it stands."""
    tree = ast.parse((ROOT / NAME / "__init__.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "__version__" for target in targets):
                return str(ast.literal_eval(node.value))
    sys.exit(f"{NAME}/__init__.py names no version.")


def source_date_epoch() -> int:
    """The moment that stands for when this was built: SOURCE_DATE_EPOCH, or that of the commit."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return _FALLBACK_EPOCH


def home_page() -> str:
    """The project's page, from the variable or pyproject.toml; empty when neither names one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(os.environ.get(HOME_VARIABLE) or project.get("urls", {}).get("Homepage", "")).rstrip("/")


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None, log: Path | None = None) -> str:
    """Run a program; its output is returned, and written to `log`. Ends this one, with that output, when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if log is not None:
        log.write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} … failed:\n{done.stdout[-4000:]}")
    return done.stdout
