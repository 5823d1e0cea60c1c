"""Run the article's program: `python -m firstneuron`."""

import sys

from firstneuron.cli import main

if __name__ == "__main__":
    sys.exit(main())
