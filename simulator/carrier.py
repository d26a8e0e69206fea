"""The parts of the simulator, put together once per process."""

from dataclasses import dataclass
from functools import cache

from simulator import settings
from simulator.faults import FaultBoard
from simulator.store import Store, record
from simulator.tuning import Tuning, TuningBoard
from simulator.worker import Worker


@dataclass(frozen=True)
class Carrier:
    """The database, the switches and the worker."""

    store: Store
    faults: FaultBoard
    tuning: TuningBoard
    worker: Worker

    def reset(self, *, accounts: bool) -> None:
        """Forget texts, opt-outs, faults, settings and the log; accounts and phones too when asked."""
        self.faults.clear()
        self.tuning.clear()
        with self.store.write() as db:
            db.execute("DELETE FROM jobs")
            db.execute("DELETE FROM messages")
            db.execute("DELETE FROM posts")
            db.execute("DELETE FROM blocks")
            db.execute("DELETE FROM paces")
            db.execute("DELETE FROM log")
            if accounts:
                db.execute("DELETE FROM accounts")
                db.execute("DELETE FROM phones")
                db.execute("DELETE FROM phone_lines")
            record(db, "reset", accounts=accounts)


@cache
def carrier() -> Carrier:
    """Return this process's carrier; the first call opens the database."""
    store = Store(settings.SIMULATOR_DATABASE)
    defaults = Tuning(delay_min=settings.SIMULATOR_DELAY_MIN, delay_max=settings.SIMULATOR_DELAY_MAX)
    faults = FaultBoard(store, seed=settings.SIMULATOR_SEED)
    return Carrier(
        store=store,
        faults=faults,
        tuning=TuningBoard(store, defaults=defaults),
        worker=Worker(store, faults=faults),
    )
