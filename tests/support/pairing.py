"""On which store, path and fan-out tests run that do not say so themselves; `python -m tests.matrix` tries all of them."""
import os

DATABASE = os.environ.get("WORKSHOP_TEST_DATABASE", "sqlite")  # or postgres
STORE = os.environ.get("WORKSHOP_TEST_STORE", "fast")  # or plain
FANOUT = os.environ.get("WORKSHOP_TEST_FANOUT", "direct")  # or stock
