"""The gateway: one socket for each client, over which all its threads are heard and written to."""

from ssc.messaging.gateway.gateway import Gateway
from ssc.messaging.gateway.polling import router as polling
from ssc.messaging.gateway.socket import router as socket

routers = (socket, polling)

__all__ = ["Gateway", "routers"]
