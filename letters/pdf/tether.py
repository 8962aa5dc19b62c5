"""The child, and the processes it forks, end with whoever started them: nobody waits for what they make any more.

As config.tether does, which loads the whole site; and by the child itself, since its parent has many threads.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def follow(parent: int) -> None:
    """Ask the kernel to end this process when `parent` ends, however it ends; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:  # it has ended already: no signal will come
        os._exit(1)
