"""The command line: every command a few lines over the façade. Only here is anything printed.

Exit status: 0 fine (warnings too), 1 errors, 2 usage.
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
