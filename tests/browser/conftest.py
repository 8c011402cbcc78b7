"""Stories are told in Chromium, before a club that is really served; each file of stories has a club of its own."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.arriving import PATIENCE_S, arrivals
from tests.browser.arriving import Arrive as Arrive
from tests.browser.club import Club, demo_club
from tests.browser.person import NARROW as NARROW
from tests.browser.tours import Tour, tour_of
from tests.conftest import DATA_FOLDER

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Each new window would render the address bar's popups in processes of their own, which costs more than a page does.
_NO_FEATURES = "WebUIOmniboxPopup WebUIOmniboxAimPopup SpareRendererForSitePerProcess".split()
# Only the last list counts: what Playwright leaves out comes along.
_NO_FEATURES += """
AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsUpgrades HttpsFirstBalancedModeAutoEnable
LensOverlay MediaRouter PaintHolding ThirdPartyStoragePartitioning AvoidCorsURLLoaderRestartOnRedirect
TcpPortRandomizationWin OptimizationHints NetworkTimeServiceQuerying AimEnabled PreconnectToSearch
""".split()
_FLAGS = [
    "--no-sandbox",  # which root cannot have
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(_NO_FEATURES)}",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for all stories of a test process."""
    expect.set_options(timeout=PATIENCE_S * 1000)
    async with async_playwright() as playwright:
        executable = _executable(playwright.chromium.executable_path)
        browser = await playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        yield browser
        await browser.close()


def _executable(downloaded: str) -> str:
    """The distribution's Chromium, else Playwright's; without either nothing is told, which CI does not let pass."""
    system = next(filter(None, map(shutil.which, _NAMES)), None)
    if system is not None or Path(downloaded).exists():
        return system or downloaded
    missing = "No Chromium is here, so no story was told: `make browser` gets one."
    if os.environ.get("CI"):
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


@pytest.fixture(scope="module")
def club(server: str) -> Iterator[Club]:
    """The demo club, open for the stories of one file."""
    with demo_club(server, Path(os.environ[DATA_FOLDER])) as club:
        yield club


@pytest.fixture
async def arrive(chromium: Browser, club: Club) -> AsyncIterator[Arrive]:
    """People come with `await arrive()`, each at a browser of her own; options are those of a browser context."""
    async with arrivals(chromium, club) as come:
        yield come


@pytest.fixture(scope="module")
async def tour(chromium: Browser, club: Club) -> Tour:
    return await tour_of(chromium, club, Path(os.environ[DATA_FOLDER]))
