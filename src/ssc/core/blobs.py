"""Files that people upload: kept in the data folder or in an object store, under keys we make."""

from obstore import delete_async, get_async, put_async
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from ssc.core.config import Settings


class Blobs:
    """Puts, gets and deletes bytes. Keys are ours (`photos/<id>/256.webp`), never a person's file name."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, key: str, content: bytes) -> None:
        await put_async(self._store, key, content)

    async def get(self, key: str) -> bytes | None:
        """The bytes, or None when there is no such file."""
        try:
            found = await get_async(self._store, key)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            return None

    async def delete(self, *keys: str) -> None:
        """Deletes; a key that is not there is no error."""
        for key in keys:
            try:
                await delete_async(self._store, key)
            except FileNotFoundError:
                continue


def opened(settings: Settings) -> Blobs:
    """The store that the settings name."""
    if settings.blob_url is None:
        folder = settings.data_dir / "files"
        folder.mkdir(parents=True, exist_ok=True)
        return Blobs(LocalStore(folder.resolve()))
    if settings.blob_url.startswith("memory:"):
        return Blobs(MemoryStore())
    return Blobs(from_url(settings.blob_url))
