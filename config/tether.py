"""Children that do not outlive their parent, even one killed with -9."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1  # prctl(2)


def tether(death: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """A `preexec_fn` for subprocess: the kernel sends the child `death` when the parent ends, however it ends.

    Linux only, elsewhere it does nothing. The kernel watches the thread that starts the child, so start children from
    the main thread. Grandchildren are not covered: the child must stop them itself.
    """
    if sys.platform != "linux":
        return lambda: None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def bind() -> None:
        signal.signal(death, signal.SIG_DFL)  # ignored, say by a shell's background job, it would stay so in the child
        libc.prctl(PR_SET_PDEATHSIG, int(death))
        if os.getppid() != parent:  # the parent ended between fork and prctl: no signal will come
            os._exit(1)

    return bind


def follow_parent(death: signal.Signals = signal.SIGTERM) -> None:
    """The same for this process: ask for `death` when the process that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death))
