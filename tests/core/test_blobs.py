"""Files that people upload, in the data folder or elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ssc.core import blobs
from ssc.core.config import Settings

Store = Callable[[], blobs.Blobs]


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> blobs.Blobs:
    url = "memory:" if request.param == "memory" else None
    return blobs.opened(Settings(_env_file=None, data_dir=tmp_path / "data", blob_url=url))


async def test_what_is_put_can_be_got_until_it_is_deleted(store: blobs.Blobs) -> None:
    await store.put("photos/one/256.webp", b"a photo")
    assert await store.get("photos/one/256.webp") == b"a photo"
    await store.put("photos/one/256.webp", b"another")
    assert await store.get("photos/one/256.webp") == b"another"
    await store.delete("photos/one/256.webp", "photos/none")
    assert await store.get("photos/one/256.webp") is None


async def test_what_is_not_there_is_none(store: blobs.Blobs) -> None:
    assert await store.get("photos/none") is None


async def test_no_key_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    store = blobs.opened(Settings(_env_file=None, data_dir=tmp_path / "data"))
    for key in ("../../secret", "a/../../../secret", str(tmp_path / "secret")):
        try:
            found = await store.get(key)
        except Exception:  # refused by the store itself
            found = None
        assert found is None
