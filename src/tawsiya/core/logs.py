"""Keep secrets out of the log: an address that is a key must not stand where others read."""

import logging
import re

# A keyed hash of 64 hexadecimal digits (invitations, calendars), and the key of a new password.
_SECRET = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])|(?<=/reset/key/)[^/\s]+", re.IGNORECASE)
HIDDEN = "[secret]"


def without_secrets(text: str) -> str:
    """Return a line of the log with each secret of an address hidden."""
    return _SECRET.sub(HIDDEN, text)


class WithoutSecrets(logging.Filter):
    """Hide secrets in every line: Django names the address of each request that it refuses."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Write the line anew where it holds one, and let it pass."""
        text = record.getMessage()
        if (hidden := without_secrets(text)) != text:
            record.msg, record.args = hidden, ()
        return True
