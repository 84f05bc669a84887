"""What the secure page needs to know of where it runs.

Here: its address and the two providers people log in with. Not here: where the values come from (`bot.settings`). Guarantee: an
inhabitant's login is worth nothing without the level and the ways to log in that are named here.
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from bot.store.logins import Provider as ProviderName
from bot.store.mini_app import Signers

HIGH: Final = "idporten-loa-high"
TEST_LOGINS: Final = frozenset({"testid"})
WEAK_LOGINS: Final = frozenset({"minid", "minid-pin", "minid-otc", "minid passport", "minid app"})
"""ID-porten's ways to log in that do not reach the highest level, whatever else a token says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """An OpenID Connect provider. `acr`: the levels that are accepted (empty: not asked about). `secret` is not shown when printed.

    `amr_needed`: the token must say how the person logged in. `amr_refused`: ways that are not enough, in lower case.
    """

    name: ProviderName
    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    acr: tuple[str, ...] = ()
    amr_needed: bool = False
    amr_refused: frozenset[str] = frozenset()
    scope: str = "openid profile"


def citizens(issuer: str, client_id: str, client_secret: str | None, *, made_up_people: bool = False) -> Provider:
    """ID-porten, or what stands in for it: the highest level, and no test logins except where all people are made up."""
    return Provider(
        name="citizen",
        issuer=issuer,
        client_id=client_id,
        client_secret=client_secret,
        acr=(HIGH,),
        amr_needed=True,
        amr_refused=WEAK_LOGINS if made_up_people else WEAK_LOGINS | TEST_LOGINS,
    )


def staff(issuer: str, client_id: str, client_secret: str | None) -> Provider:
    """The municipality's own login for those who work there."""
    return Provider(name="staff", issuer=issuer, client_id=client_id, client_secret=client_secret, scope="openid profile email")


@dataclass(frozen=True, kw_only=True, slots=True)
class PageSettings:
    """Where people reach the page, and how they log in. Without a provider for them, inhabitants use the page without a login."""

    public_url: str
    citizen: Provider | None = None
    staff: Provider | None = None
    mini_app: Signers | None = None
    """Whom to believe when the page is opened inside Telegram; None: it cannot be opened there."""

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        """The one name the page answers to, with its port where that is not the usual one."""
        return urlsplit(self.public_url).netloc.casefold()

    @property
    def origin(self) -> str:
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}".casefold()

    def provider(self, name: str) -> Provider | None:
        """The provider of this name, if there is one."""
        return {"citizen": self.citizen, "staff": self.staff}.get(name)
