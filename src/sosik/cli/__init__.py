"""The command line: thin commands over the façade. Only this package prints.

Exit status: 0 success (also with warnings), 1 errors, 2 wrong usage.
"""

__all__ = ["main", "program"]


def program() -> None:
    """Run the command line as a process of its own."""
    import gc

    from sosik.quick_start import import_msgspec

    # Until a command is imported only what stays is made. It looks for garbage itself (`Commands.get_command`).
    gc.disable()
    import_msgspec()
    try:
        main()
    except SystemExit as ended:
        from sosik.cli.ending import end

        if ended.code is None or isinstance(ended.code, int):
            end(ended.code or 0)
        raise


def main() -> None:
    """Run the command line, in the language that its arguments ask for."""
    from sosik.cli.arguments import arguments
    from sosik.cli.language import let_click_speak, speak_as_asked

    given = arguments()
    speak_as_asked(given)
    from sosik.cli.plain import build_plainly, is_plain_build

    if is_plain_build(given):
        build_plainly()
        raise SystemExit(0)
    # Help is made of messages where commands are made, and of click's own.
    let_click_speak()
    from sosik.cli.root import main as run

    run(given)
