"""What a server says of itself."""

import os
import re
import subprocess
import sys

SAY = "import logging; from sosik.serve.logs import log_to_stderr as say; say(); logging.getLogger('sosik').info('up')"


def test_a_line_of_the_log_says_in_which_zone_its_time_is() -> None:
    """A container has UTC, the newsroom its own clock; who compares the two must not have to guess."""
    done = subprocess.run(
        [sys.executable, "-c", SAY], env={**os.environ, "TZ": "Asia/Seoul"}, capture_output=True, text=True, check=True
    )

    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0900 up\n", done.stderr)
