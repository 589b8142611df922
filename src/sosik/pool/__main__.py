"""Starts a worker process: `python -m sosik.pool`."""

import gc

from sosik.quick_start import import_msgspec

if __name__ == "__main__":
    # What is imported stays, and answers leave little: looking for garbage takes longer than it is worth.
    gc.disable()
    import_msgspec()
    from sosik.pool.worker import main

    main()
