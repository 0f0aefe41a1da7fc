"""What a serving process loads before its first request."""

import subprocess
import sys

ASK = """
import gc
from tawsiya.config import wsgi
from django.template import engines
(loader,) = engines["django"].engine.template_loaders
print("base.html" in loader.get_template_cache, gc.get_freeze_count() > len(gc.get_objects()))
"""


def test_templates_are_ready_and_what_stands_is_no_garbage() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("True True\n", "")
