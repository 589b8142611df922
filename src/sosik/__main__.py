"""Runs the command line: `python -m sosik`."""

from sosik.cli import program

if __name__ == "__main__":
    program()
