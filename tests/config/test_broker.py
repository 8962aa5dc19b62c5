import threading
import time
from queue import Empty

from kombu import Connection
from kombu.transport import filesystem

from config import broker

MESSAGES = 200


class Dawdling:
    """Part of a message that takes a moment to write down, so that a reader may come in between."""

    def __json__(self):
        time.sleep(0.001)
        return "written"


def channel(transport, folder):
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder / "control")}
    (folder / "control").mkdir(exist_ok=True)
    return Connection(transport=transport, transport_options=options).channel()


def read_while_written(transport, folder):
    """How many of the messages a reader got, and how many times it met half a file."""
    writer, reader = channel(transport, folder), channel(transport, folder)
    thread = threading.Thread(target=lambda: [writer._put("mail", {"part": Dawdling()}) for _ in range(MESSAGES)])
    thread.start()
    read = broken = 0
    while True:
        was_alive = thread.is_alive()
        try:
            read += bool(reader._get("mail"))
        except Empty:
            if not was_alive:
                return read, broken
        except ValueError:
            broken += 1


def test_a_reader_never_meets_half_a_message(tmp_path):
    assert read_while_written(broker.Transport, tmp_path) == (MESSAGES, 0)


def test_a_reader_of_the_library_does(tmp_path):
    """The control: once this passes without a broken message, config/broker.py can go."""
    _, broken = read_while_written(filesystem.Transport, tmp_path)
    assert broken > 0


def test_queues_bound_at_once_are_all_kept(tmp_path):
    channels = [channel(broker.Transport, tmp_path) for _ in range(8)]
    threads = [
        threading.Thread(target=bound._queue_bind, args=("mail", "mail", "", f"queue-{number}"))
        for number, bound in enumerate(channels)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {row.queue for row in channels[0].get_table("mail")} == {f"queue-{number}" for number in range(8)}


def test_the_site_uses_it():
    from config.celery import app

    assert type(app.connection_for_write("filesystem://").transport) is broker.Transport
