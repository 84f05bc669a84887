"""Where the files that come with the program lie: profiles and catalogues.

Guarantee: the same call works from a checkout, where `profiles/` and `locales/` stand at the top, and from an installed wheel, where
they are packed inside the package as `bot/_data/`.
"""

from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parent


def data_directory(name: Literal["profiles", "locales"]) -> Path:
    """The directory with that name. Raises FileNotFoundError, with both places looked at, when the installation is broken."""
    places = (PACKAGE / "_data" / name, PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    looked = " and ".join(str(place) for place in places)
    raise FileNotFoundError(f"The directory {name} that comes with Samråd is missing. Looked at {looked}. Install Samråd again.")
