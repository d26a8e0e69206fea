"""`make reset`: forget the data of `make run`, demonstration and all.

python -m config.local.reset
"""

import shutil
import sys
from pathlib import Path

from config.local.folders import RUN_FOLDER, FolderLock


def reset(folder: Path = RUN_FOLDER) -> int:
    """Remove `folder` unless Daybook runs in it; return the exit code."""
    lock = FolderLock(folder)
    if lock.is_held():
        sys.stderr.write(f"Daybook is running (process {lock.holder()}): stop it with Ctrl-C, then reset.\n")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        sys.stderr.write(f"{folder} could not be removed: another account owns files in it.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(reset())
