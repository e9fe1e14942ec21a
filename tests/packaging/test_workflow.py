"""The workflow asks for no more than it needs, and runs nothing that could change behind our back."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SYSTEMS = ("ubuntu", "windows", "macos")


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A workflow, parsed."""
    loaded = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def runners(job: dict[str, Any]) -> list[str]:
    """The systems a job runs on."""
    return job["strategy"]["matrix"]["os"] if "strategy" in job else [job["runs-on"]]


def test_it_may_only_read(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert not [name for name, job in workflow["jobs"].items() if "permissions" in job]


def test_actions_are_pinned_by_hash(workflow: dict[str, Any]) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name) for name in used)


def test_no_credentials_stay_behind(workflow: dict[str, Any]) -> None:
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) == len(workflow["jobs"])
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_nothing_from_outside_gets_into_a_script(workflow: dict[str, Any]) -> None:
    assert not [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")]


def test_every_system_is_tested_and_gets_its_bundle(workflow: dict[str, Any]) -> None:
    jobs = workflow["jobs"]
    tested = [jobs["linux"]["runs-on"], *jobs["elsewhere"]["strategy"]["matrix"]["os"]]
    built = [runner for name, job in jobs.items() if name.startswith("bundle-") for runner in runners(job)]
    for found in (tested, built):
        assert {runner.partition("-")[0] for runner in found} == set(SYSTEMS)
    for name, job in jobs.items():
        assert job["timeout-minutes"] <= 40
        uploads = [step for step in job["steps"] if step.get("uses", "").startswith("actions/upload-artifact@")]
        assert len(uploads) == name.startswith("bundle-")


def test_what_it_calls_is_there(workflow: dict[str, Any]) -> None:
    scripts = " ".join(step.get("run", "") for step in steps(workflow))
    for path in re.findall(r"packaging/[\w./-]+\w", scripts):
        assert (ROOT / path).is_file(), path


def test_tests_elsewhere_use_every_core_and_make_nothing_up(workflow: dict[str, Any]) -> None:
    """One after another, with what Hypothesis makes up, they might not end in time."""
    (tests,) = [step for step in workflow["jobs"]["elsewhere"]["steps"] if "pytest" in step.get("run", "")]
    assert "--numprocesses auto" in tests["run"]
    assert tests["env"] == {"HYPOTHESIS_PROFILE": "explicit"}
