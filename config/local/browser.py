"""The browser of the tests: Debian's chromium, installed when it is missing and we may.

python -m config.local.browser
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core")
NO_BROWSER = (
    "The tests drive a browser and none is on PATH: install Chromium or Google Chrome "
    "(Debian: apt-get install chromium), or run `make test` as root on Debian, which installs it."
)


def browser() -> str | None:
    """Path of a browser the tests can drive, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def install_browser() -> bool:
    """Install Debian's chromium; False when we may not or it fails."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    sys.stdout.write("Installing Chromium for the tests ...\n")
    sys.stdout.flush()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(  # noqa: S603 - apt-get with constants
            [apt, "-qq", *command], env=quiet, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            sys.stderr.write(done.stderr[-2000:])
            return False
    return browser() is not None


def main() -> int:
    """Make sure of a browser; return the exit code."""
    if browser() or install_browser():
        return 0
    sys.stderr.write(f"{NO_BROWSER}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
