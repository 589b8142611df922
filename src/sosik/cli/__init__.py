"""The command line: thin commands over the façade. Only this package prints.

Exit status: 0 success (also with warnings), 1 errors, 2 wrong usage.
"""

__all__ = ["main"]


def main() -> None:
    """Run the command line, in the language that its arguments ask for."""
    from sosik.cli.arguments import arguments
    from sosik.cli.language import speak_as_asked

    given = arguments()
    speak_as_asked(given)
    # Help is made of messages where commands are made.
    from sosik.cli.root import main as run

    run(given)
