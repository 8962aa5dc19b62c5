from config.cache import Soft
from tools.services import free_port


def test_cache_counts_on_without_redis():
    cache = Soft(f"redis://127.0.0.1:{free_port()}/0", {})
    assert cache.add("tries", 1)
    assert not cache.add("tries", 1)
    assert cache.incr("tries") == 2
    assert cache.get("tries") == 2
    assert cache.get_many(["tries", "other"]) == {"tries": 2}
