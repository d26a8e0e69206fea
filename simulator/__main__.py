"""`python -m simulator` starts the simulator on 127.0.0.1:$SIMULATOR_PORT (8001)."""

import os
import signal
import sys
import threading
from types import FrameType

from simulator import settings
from simulator.carrier import carrier
from simulator.server import Handler, Server
from simulator.wsgi import application


def main() -> int:
    """Serve until SIGTERM or SIGINT; return 1 with a sentence when the port is taken."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    port = settings.SIMULATOR_PORT
    try:
        server = Server(("127.0.0.1", port), Handler)
    except OSError as error:
        sys.stderr.write(
            f"The simulator cannot listen on port {port}: {error.strerror}. Set SIMULATOR_PORT.\n"
        )
        return 1
    server.set_app(application)
    simulated = carrier()
    simulated.worker.start()
    threading.Thread(target=server.serve_forever, name="server", daemon=True).start()
    sys.stderr.write(f"Simulator: http://127.0.0.1:{port}/ (phones)\n")
    sys.stderr.flush()
    stopping.wait()
    simulated.worker.stop()
    sys.stderr.flush()
    os._exit(0)  # requests that hang on purpose must not hold the process; SQLite has committed what it said


if __name__ == "__main__":
    sys.exit(main())
