"""What Redis is told and holds, with the tasks in it unpacked."""

import base64
import re
import subprocess
from contextlib import suppress

PACKED = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")


class Listening:
    """Every command that Redis gets, and in the end every value it holds."""

    def __init__(self, redis, folder):
        self.redis, self.file = redis, folder / "monitor"
        with self.file.open("wb") as out:
            command = ["redis-cli", "-p", str(redis.port), "MONITOR"]
            self.process = subprocess.Popen(command, stdout=out, stdin=subprocess.DEVNULL)

    def end(self):
        self.process.terminate()
        self.process.wait()
        return unpacked(self.file.read_text(errors="replace") + self.values())

    def values(self):
        from redis import Redis

        said = []
        with Redis.from_url(self.redis.url) as server:
            for database in range(16):
                server.select(database)
                said += [f"{key!r} {self.value(server, key)!r}" for key in server.scan_iter()]
        return "\n".join(said)

    def value(self, server, key):
        read = {
            b"string": server.get,
            b"hash": server.hgetall,
            b"set": server.smembers,
            b"list": lambda key: server.lrange(key, 0, -1),
            b"zset": lambda key: server.zrange(key, 0, -1),
            b"none": lambda key: None,  # gone since it was named; the monitor has heard what it held
        }
        return read[server.type(key)](key)


def unpacked(said):
    """With what is packed as base64 in it beside it: that is how tasks stand in the queue."""
    found = []
    for run in PACKED.findall(said):
        with suppress(ValueError):
            found.append(base64.b64decode(run[: len(run) // 4 * 4]).decode(errors="replace"))
    return "\n".join([said, *found])
