"""`python -m tawsiya`."""

import sys

from tawsiya.cli import main

sys.exit(main())
