"""`python -m aaa`."""

import sys

from aaa.cli import main

sys.exit(main())
