"""The site as its readers get it: built once, with the real builder, strictly, and served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from serving import serving

ROOT = Path(__file__).parents[1]

# The same examples each time, so that a test fails for a change and not by chance. To look for
# new ones, as long as you like: HYPOTHESIS_PROFILE=search.
set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
_QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("same", derandomize=True, max_examples=100, **_QUIET)
settings.register_profile("search", max_examples=3000, print_blob=True, **_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The folder of the site and the address at which it is served."""
    folder = tmp_path_factory.mktemp("site")
    with serving(folder) as address:
        build = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
            cwd=ROOT,
            env=os.environ | {"SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert build.returncode == 0, build.stderr
        yield folder, address


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder with the package as it is given away, built once: or the one that is named."""
    if named := os.environ.get("FIRST_NEURON_DIST"):
        return Path(named)
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def site(served):
    return served[0]


@pytest.fixture(scope="session")
def base_url(served):
    return served[1]
