"""Takes away what Windows lacks, and gives its locks, in any process that finds this folder on its path."""

import errno
import fcntl
import os
import signal
import socket
import subprocess  # noqa: F401  # it asks for msvcrt to know where it is, and is to know that before there is one
import sys
from types import ModuleType

MODULES = ("fcntl", "resource", "termios", "pwd", "grp", "pty", "tty", "syslog")

NAMES = {
    os: "fork O_CLOEXEC O_NOCTTY register_at_fork pread pwrite memfd_create geteuid getuid statvfs killpg setsid",
    signal: "SIGHUP SIGUSR1 SIGUSR2 pthread_sigmask SIG_BLOCK SIG_UNBLOCK setitimer ITIMER_PROF SIGPROF",
    socket: "AF_UNIX",
}


class Locks(ModuleType):
    """What sosik uses of `msvcrt`: locks that end with the file, on a byte that is not to be one of what it holds."""

    LK_NBLCK, LK_UNLCK = 2, 0

    @staticmethod
    def locking(handle: int, mode: int, count: int) -> None:
        """Lock `count` bytes where the file stands, or give them back. Raises `OSError`."""
        if count != 1 or os.lseek(handle, 0, os.SEEK_CUR) < os.fstat(handle).st_size:
            raise OSError(errno.EACCES, "nobody could read that file")
        try:
            fcntl.flock(handle, fcntl.LOCK_UN if mode == Locks.LK_UNLCK else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PermissionError(errno.EACCES, "locked") from error


for module, names in NAMES.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
for missing in MODULES:
    sys.modules[missing] = None  # type: ignore[assignment]  # Python's own way to say that there is none
sys.modules["msvcrt"] = Locks("msvcrt")
