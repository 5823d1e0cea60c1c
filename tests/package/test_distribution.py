"""What is given away: a wheel and a source archive, with the package in them and nothing else.

Both are built once. `make wheel` names the folder of those that it built, so that what was tested
is what is given away.
"""

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

import firstneuron

PROJECT = Path(__file__).parents[2]
SOURCE = PROJECT / "src" / "firstneuron"
NAME = f"firstneuron-{firstneuron.__version__}"
MODULES = {f"firstneuron/{path.name}": path.read_bytes() for path in SOURCE.glob("*.*")}
BESIDE = ["CHANGELOG.md", "CITATION.cff", "LICENSE", "README.md", "pyproject.toml"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(built):
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def archive(built):
    (path,) = built.glob("firstneuron-*.tar.gz")
    return path


@pytest.fixture(scope="module")
def in_wheel(wheel):
    with zipfile.ZipFile(wheel) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture(scope="module")
def in_archive(archive):
    with tarfile.open(archive) as packed:
        files = [it for it in packed.getmembers() if it.isfile()]
        return {it.name: packed.extractfile(it).read() for it in files}


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """The Python of a new environment: the wheel is installed, and NumPy and pytest are lent."""
    folder = tmp_path_factory.mktemp("new") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = ["-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([sys.executable, *install, wheel], check=True)
    library = sysconfig.get_path("purelib", vars={"base": str(folder)})
    # What .pth files there say is not followed: nothing but the wheel can be the package.
    Path(library, "lent.pth").write_text(sysconfig.get_path("platlib") + "\n", "utf-8")
    return python


def documented():
    """What has examples in its docstring."""
    nodes = [it for text in MODULES.values() for it in ast.walk(ast.parse(text))]
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return [it for it in nodes if isinstance(it, kinds) and ">>> " in (ast.get_docstring(it) or "")]


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_files_are_called_by_name_and_version(built):
    names = sorted(path.name for path in built.glob("firstneuron-*"))
    assert names == [f"{NAME}-py3-none-any.whl", f"{NAME}.tar.gz"]


def test_the_wheel_holds_the_package_as_it_is_and_nothing_else(in_wheel):
    about = {it for it in in_wheel if it.startswith(f"{NAME}.dist-info/")}
    assert {it: in_wheel[it] for it in in_wheel.keys() - about} == MODULES
    assert "firstneuron/py.typed" in MODULES
    assert {it.partition("/")[2] for it in about} == {
        *("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    }


def test_the_source_archive_holds_what_the_wheel_is_built_of_and_nothing_else(in_archive):
    modules = {f"{NAME}/src/{name}": content for name, content in MODULES.items()}
    beside = {f"{NAME}/{name}": (PROJECT / name).read_bytes() for name in BESIDE}
    more = {f"{NAME}/PKG-INFO", f"{NAME}/.gitignore"}
    assert {it: in_archive[it] for it in in_archive.keys() - more} == modules | beside


def test_both_say_the_same_of_themselves(in_wheel, in_archive):
    texts = in_wheel[f"{NAME}.dist-info/METADATA"], in_archive[f"{NAME}/PKG-INFO"]
    assert texts[0] == texts[1]
    about = message_from_bytes(texts[0])
    assert about["Name"] == "firstneuron"
    assert about["Version"] == firstneuron.__version__
    assert about["Requires-Python"] == ">=3.11"
    assert about.get_all("Requires-Dist") == ["numpy>=2.0"]
    assert (about["License-Expression"], about.get_all("License-File")) == ("MIT", ["LICENSE"])
    assert "Typing :: Typed" in about.get_all("Classifier")
    assert about["Description-Content-Type"] == "text/markdown"
    described = about.get_payload(decode=True).decode()
    assert described.strip() == (PROJECT / "README.md").read_text("utf-8").strip()


def test_the_licence_goes_along_with_both_names_in_it(in_wheel):
    licence = in_wheel[f"{NAME}.dist-info/licenses/LICENSE"]
    assert licence == (PROJECT / "LICENSE").read_bytes()
    assert b"Milo Spencer-Harper" in licence


def test_elsewhere_and_later_the_same_bytes_are_built(tmp_path, wheel, archive):
    copy, again = tmp_path / "another place", tmp_path / "again"
    shutil.copytree(SOURCE, copy / "src" / "firstneuron", copy_function=shutil.copyfile)
    for name in [*BESIDE, ".gitignore"]:
        shutil.copyfile(PROJECT / name, copy / name)
    (copy / "LICENSE").chmod(0o600)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", again, copy, cwd=tmp_path)
    assert (again / wheel.name).read_bytes() == wheel.read_bytes()
    assert (again / archive.name).read_bytes() == archive.read_bytes()


def test_another_package_would_be_other_bytes(tmp_path, wheel):
    """So the test above can fail."""
    shutil.copytree(SOURCE, tmp_path / "src" / "firstneuron")
    for name in BESIDE:
        shutil.copyfile(PROJECT / name, tmp_path / name)
    with (tmp_path / "src" / "firstneuron" / "data.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    again = tmp_path / "again"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", again]
    run(*build, tmp_path, cwd=tmp_path)
    assert (again / wheel.name).read_bytes() != wheel.read_bytes()


def test_installed_in_a_new_environment_it_answers(python, tmp_path):
    where = run(python, "-c", "import firstneuron; print(firstneuron.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(python.parents[1])
    expected = "Considering new situation [1, 0, 0] -> ?:\n[0.99993704]\n"
    assert run(python, "-m", "firstneuron", cwd=tmp_path).endswith(expected)
    assert run(python.with_name("firstneuron"), cwd=tmp_path).endswith(expected)
    with pytest.raises(AssertionError, match="No module named"):
        run(python, "-c", "import provenpages", cwd=tmp_path)


def test_installed_in_a_new_environment_its_examples_print_what_they_say(python, tmp_path):
    options = ["--pyargs", "--doctest-modules", "-c", "none.ini", "-p", "no:cacheprovider"]
    (tmp_path / "none.ini").write_text("[pytest]\n", "utf-8")
    said = run(python, "-m", "pytest", "-q", *options, "firstneuron", cwd=tmp_path)
    assert int(re.search(r"(\d+) passed", said)[1]) == len(documented()), said
