"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tawsiya.config.settings")
application = get_wsgi_application()

from tawsiya.core.warmup import make_ready  # noqa: E402 - models load only once Django is set up

make_ready()
