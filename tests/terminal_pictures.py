"""docs/images/check.png and check.ko.png, taken of a terminal: `PYTHONPATH=src python tests/terminal_pictures.py`.

It needs Xvfb, xterm and the fonts DejaVu Sans Mono and Noto Sans Mono CJK KR, whose Hangul is as wide as two letters.
What they show is held by test_docs; look at both before they are committed.
"""

import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageGrab

from newsrooms import ROOT, Newsroom
from test_docs import PICTURED

COLUMNS, MOST_ROWS = 112, 14
BACKGROUND, FOREGROUND = "#1c1c20", "#f0f0f0"
MARGIN = 12
FONTS = {"en": "DejaVu Sans Mono:size=12", "ko": "Noto Sans Mono CJK KR:pixelsize=18:charwidth=9"}
FILES = {"en": "check.png", "ko": "check.ko.png"}
PROMPT = r"\033[1;92m해오름신문\033[0m:\033[1;36m~/paper\033[0m$ "


def shown(folder: Path, language: str) -> str:
    """The command that fills the terminal: what somebody would type, between two prompts."""
    sosik = f"SOSIK_LANG={language} {shlex.quote(sys.executable)} -m sosik -C {shlex.quote(str(folder))} check"
    return f"printf '{PROMPT}sosik check\\n'; {sosik}; printf '{PROMPT}'; sleep 60"


def take(folder: Path, language: str, display: str) -> Image.Image:
    """Return a picture of the terminal, cut to what it shows."""
    colours = ["-bg", BACKGROUND, "-fg", FOREGROUND, "-cr", FOREGROUND]
    colours += ["-xrm", "XTerm*color1: #e08080", "-xrm", "XTerm*color3: #e0b070", "-xrm", "XTerm*color6: #80b0c0"]
    colours += ["-xrm", "XTerm*color10: #90d890"]
    size = ["-geometry", f"{COLUMNS}x{MOST_ROWS}+0+0", "-b", str(MARGIN), "-bw", "0", "+sb"]
    letters = ["-fa", FONTS[language], "-u8", "-xrm", "XTerm*boldColors: false"]
    command = ["xterm", *colours, *size, *letters, "-e", "bash", "-c", shown(folder, language)]
    environment = {**os.environ, "DISPLAY": display, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, env=environment) as terminal:
        time.sleep(8)
        whole = ImageGrab.grab(xdisplay=display)
        terminal.terminate()
    window = whole.crop(whole.getbbox())  # all around it is black
    bottom = max(
        y for y in range(window.height) if len(window.crop((0, y, window.width, y + 1)).getcolors() or "ab") > 1
    )
    return window.crop((0, 0, window.width, bottom + MARGIN))


def main() -> None:
    display = ":97"
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(["Xvfb", display, "-screen", "0", "1600x600x24"]) as x,
    ):
        time.sleep(2)
        room = Newsroom(Path(folder) / "paper")
        room.write(PICTURED)
        for language, name in FILES.items():
            picture = take(room.root, language, display).convert("P", palette=Image.Palette.ADAPTIVE, colors=64)
            picture.save(ROOT / "docs" / "images" / name, optimize=True)
        x.terminate()


if __name__ == "__main__":
    main()
