"""What Windows lacks is used in `systems.py` alone, and in what never runs there; each place says why."""

import ast
from collections.abc import Iterator
from pathlib import Path

from newsrooms import ROOT

SOURCE = ROOT / "src" / "sosik"

MODULES = frozenset(
    "crypt curses fcntl grp nis ossaudiodev posix pty pwd readline resource spwd syslog termios tty".split()  # noqa: SIM905
)
"""Modules of the standard library that Windows has none of (docs.python.org, Unix-specific services)."""

NAMES = {
    "os": """
        fork forkpty register_at_fork getuid geteuid getgid getegid getgroups setuid seteuid setgid setegid setgroups
        initgroups chown fchown lchown chroot fchdir mkfifo mknod nice getpriority setpriority killpg setsid getsid
        getpgid setpgid getpgrp setpgrp tcgetpgrp tcsetpgrp wait wait3 wait4 waitid WIFEXITED WIFSIGNALED WEXITSTATUS
        WTERMSIG WNOHANG pipe2 pread preadv pwrite pwritev readv writev sendfile statvfs fstatvfs sync fdatasync
        posix_fadvise posix_fallocate posix_spawn posix_spawnp sched_getaffinity sched_setaffinity sched_yield
        sched_getscheduler sched_setscheduler uname getloadavg memfd_create eventfd openpty login_tty ttyname ctermid
        confstr sysconf pathconf fpathconf lockf getxattr setxattr listxattr removexattr copy_file_range splice
        O_CLOEXEC O_NOCTTY O_SYNC O_DSYNC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_ASYNC O_DIRECT O_PATH O_TMPFILE
    """,
    "signal": """
        SIGHUP SIGUSR1 SIGUSR2 SIGCHLD SIGALRM SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGCONT SIGWINCH SIGTTIN SIGTTOU
        SIG_BLOCK SIG_UNBLOCK SIG_SETMASK pthread_sigmask pthread_kill alarm setitimer getitimer pause siginterrupt
        sigpending sigwait sigwaitinfo sigtimedwait ITIMER_REAL
    """,
    "socket": """
        AF_UNIX AF_NETLINK AF_PACKET AF_ALG SO_REUSEPORT SO_PEERCRED SO_BINDTODEVICE TCP_INFO TCP_DEFER_ACCEPT
        TCP_USER_TIMEOUT TCP_CORK TCP_QUICKACK MSG_DONTWAIT MSG_NOSIGNAL SCM_RIGHTS send_fds recv_fds sethostname
    """,
    "select": "poll epoll kqueue kevent devpoll PIPE_BUF",
    "mmap": "MAP_SHARED MAP_PRIVATE MAP_ANONYMOUS MAP_ANON PROT_READ PROT_WRITE",
    "asyncio": "create_unix_server open_unix_connection start_unix_server",
    "multiprocessing.reduction": "DupFd sendfds recvfds",
}
"""What of other modules there is not on Windows, by typeshed's stubs."""

WORKERS = "workers are processes that inherit a listener; on Windows `serve` is one process, in preview.py"

ELSEWHERE = {
    "cli/importing_feeds": ("sync", "asked for only where the module has it"),
    "systems": (
        "fcntl",
        "register_at_fork",
        "setitimer",
        "what differs between systems, each with what Windows does instead",
    ),
    "pool/jobs": ("sched_getaffinity", "asked for only where the module has it"),
    "pool/worker": (
        "SIG_UNBLOCK",
        "pthread_sigmask",
        "setitimer",
        "no worker is started where `systems.CAN_END_SPINNING` is false",
    ),
    "serve/admission": ("resource", "TCP_INFO", WORKERS),
    "serve/access_log": ("PIPE_BUF", "`serve --access-log` is refused where there are no workers"),
    "serve/run": ("SIGHUP", "pthread_sigmask", "SIG_BLOCK", WORKERS),
    "serve/worker": ("AF_UNIX", "SIGHUP", "SIGUSR1", "sched_getscheduler", "sched_setscheduler", WORKERS),
    "serve/workers": ("O_NOCTTY", "SIGHUP", "SIG_BLOCK", "SIG_UNBLOCK", "pthread_sigmask", WORKERS),
    "serve/listening": ("AF_UNIX", "`serve --socket` is refused where there are no workers"),
    "serve/start": ("AF_UNIX", "asked for only where the module has it"),
    "serve/bell": ("eventfd", "epoll", "DupFd", "only on Linux, and handed to workers"),
    "serve/newest": ("DupFd", "memfd_create", "asked for where there is one, or handed to workers"),
    "serve/rounds": ("register_at_fork", "only where a process can fork"),
    "serve/editions": ("register_at_fork", "only where a process can fork"),
}
"""The files that name what Windows lacks: which names, and at the end why nothing of it runs there."""


def named(path: Path) -> Iterator[str]:
    """Yield what a file uses that Windows lacks: modules, and names of other modules, also in texts for `getattr`."""
    tree = ast.parse(path.read_text("utf-8"))
    lacking = {module: frozenset(names.split()) for module, names in NAMES.items()}
    called: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            called |= {alias.asname or alias.name: alias.name for alias in node.names}
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module,) if node.module in MODULES else ()
            yield from (alias.name for alias in node.names if alias.name in lacking.get(node.module, ()))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = called.get(node.value.id, "")
            yield from (node.attr,) if node.attr in lacking.get(module, ()) else ()
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hasattr":
            owner, name = node.args
            if isinstance(owner, ast.Name) and isinstance(name, ast.Constant):
                yield from (str(name.value),) if name.value in lacking.get(called.get(owner.id, ""), ()) else ()


def test_what_windows_lacks_stands_where_it_is_allowed() -> None:
    files = {path.relative_to(SOURCE).with_suffix("").as_posix(): {*named(path)} for path in SOURCE.rglob("*.py")}

    assert {file: names for file, names in files.items() if names} == {
        file: {*names} for file, (*names, _) in ELSEWHERE.items()
    }
