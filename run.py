#!/usr/bin/env python3
"""
The way in: `python3 run.py demo`, `python3 run.py test`, `python3 run.py check`, or any `goldthread` command.

Standard library only, so that it runs on a fresh machine. It makes its own
environment in `.venv` once, from locked and hashed requirements, and again
only when those change.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
LEAST_PYTHON = (3, 11)

CHECKS = (
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("lint", ["-m", "ruff", "check", "."]),
    ("types", ["-m", "mypy"]),
    ("imports", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    ("promises", ["-m", "pytest", "tests/promises"]),
)


def interpreter() -> Path:
    """The environment's own Python."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def say(words: str) -> None:
    """Tell the person at the keyboard, without getting into the output of the command."""
    print(words, file=sys.stderr, flush=True)


def stop(words: str) -> None:
    """End with one clear sentence."""
    say(words)
    raise SystemExit(2)


def stamp_of(names: list[str]) -> str:
    """What the environment was made from: it is made again when this changes."""
    made_from = hashlib.sha256(f"{sys.version_info[:2]} {HERE}".encode())
    for name in ["installer", *names]:
        made_from.update((HERE / "requirements" / f"{name}.txt").read_bytes())
    return made_from.hexdigest()


def make_environment() -> None:
    """Make `.venv` with the installer in it, or say what the machine lacks."""
    if interpreter().exists():
        return
    say("Making Goldthread's own environment in .venv (once).")
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, OSError):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        stop(
            "This Python cannot make an environment, because its venv part is not installed. "
            "On Debian or Ubuntu: apt install python3-venv. Then run the same command again."
        )


def install(names: list[str]) -> None:
    """Install locked, hashed requirements: with uv, which is quicker, or else with pip."""
    python = str(interpreter())
    quiet = ["-q", "--disable-pip-version-check", "--no-input"]
    locks = [word for name in names for word in ("-r", str(HERE / "requirements" / f"{name}.txt"))]
    installer = ["-r", str(HERE / "requirements/installer.txt")]
    fetched = subprocess.run([python, "-m", "pip", "install", *quiet, "--require-hashes", *installer])
    if fetched.returncode == 0:
        quick = [python, "-m", "uv", "pip", "install", "-q", "--python", python, "--require-hashes", *locks]
        if subprocess.run(quick).returncode == 0:
            return
        say("The quick installer did not manage; trying pip, which takes longer.")
    if subprocess.run([python, "-m", "pip", "install", *quiet, "--require-hashes", *locks]).returncode:
        stop("The parts could not be installed. Check that this machine reaches its package index, and try again.")


def put_on_path() -> None:
    """Let the environment find Goldthread where it lies, so that an edit needs no new installation."""
    [packages] = {Path(p) for p in (ENVIRONMENT / "lib").glob("python3*/site-packages")} or {
        ENVIRONMENT / "Lib/site-packages"
    }
    (packages / "goldthread-here.pth").write_text(f"{HERE / 'src'}\n", encoding="utf-8")
    if os.name != "nt":
        command = ENVIRONMENT / "bin/goldthread"
        command.write_text(f"#!{interpreter()}\nfrom goldthread.cli import main\nmain()\n", encoding="utf-8")
        command.chmod(0o755)


def set_up(names: list[str]) -> None:
    """Make and fill the environment unless it is already as the locks say."""
    if sys.version_info < LEAST_PYTHON:
        stop(f"Goldthread needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    stamp = ENVIRONMENT / f"made-for-{'-'.join(names)}"
    wanted = stamp_of(names)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted and interpreter().exists():
        return
    make_environment()
    say("Fetching Goldthread's parts (once; about a minute on a home connection).")
    install(names)
    put_on_path()
    stamp.write_text(wanted, encoding="utf-8")


def check() -> int:
    """Run what every change must pass, all of it, and say which parts failed."""
    failed = []
    for name, words in CHECKS:
        say(f"— {name}")
        if subprocess.run([interpreter(), *words], cwd=HERE).returncode:
            failed.append(name)
    say(f"Failed: {', '.join(failed)}." if failed else "Every check passed.")
    return 1 if failed else 0


def for_tests() -> list[str]:
    """The locks that tests need: with GOLDTHREAD_EXTRAS=scale, those of the cluster too."""
    return ["run", "scale" if os.environ.get("GOLDTHREAD_EXTRAS") == "scale" else "test"]


def run(words: list[str]) -> int:
    """Do what the words ask."""
    if words[:1] == ["test"]:
        set_up(for_tests())
        at_once = [] if any(w.startswith("-n") for w in words) else ["-n", "auto"]
        return subprocess.run([interpreter(), "-m", "pytest", *at_once, *words[1:]], cwd=HERE).returncode
    if words == ["check"]:
        set_up(for_tests())
        return check()
    set_up(["run"])
    command = [str(interpreter()), "-m", "goldthread", *(words or ["--help"])]
    if os.name != "nt":
        os.execv(command[0], command)  # so that Ctrl-C and the exit code are the command's own
    return subprocess.run(command).returncode


if __name__ == "__main__":
    try:
        raise SystemExit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
