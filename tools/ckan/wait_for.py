"""``wait_for.py URL SECONDS``: ends with 0 as soon as the address answers, with 1 when it does not in that time."""

import sys
import time
import urllib.error
import urllib.request


def answers(url: str) -> bool:
    """Whether the address answers without an error."""
    try:
        with urllib.request.urlopen(url, timeout=30):
            return True
    except (OSError, urllib.error.URLError):
        return False


def main(url: str, seconds: float) -> int:
    """Asks once a second."""
    limit = time.monotonic() + seconds
    while not answers(url):
        if time.monotonic() > limit:
            return 1
        time.sleep(1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
