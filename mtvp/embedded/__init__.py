"""PostgreSQL and Valkey from Python wheels, for a laptop, the demo and the tests.

Every process that needs a server *attaches* to it; the first one starts it, and it stops by itself
once the last one has let go, however that one ended. See `attach` for how.
"""

from mtvp.embedded.failure import EmbeddedServerError
from mtvp.embedded.servers import (
    Servers,
    ensure_servers,
    local_folder,
    remove_servers,
    servers_for_command,
)

__all__ = [
    "EmbeddedServerError",
    "Servers",
    "ensure_servers",
    "local_folder",
    "remove_servers",
    "servers_for_command",
]
