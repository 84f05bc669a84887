"""The command `samrad`.

Here: what can be typed, and which exit code follows: 0 done, 1 refused, 2 typed wrongly. Not here: what is done (`bot.app`, `bot.demo`,
`bot.talk`, `bot.checks`, `bot.cli_database`, `bot.cli_records`, `bot.cli_rules`, `bot.cli_staff`) and how it looks (`bot.cli_output`).
Guarantee: what an operator can mend is said in sentences, never as a traceback.
"""

import asyncio
import signal
import socket
from typing import Annotated

import typer

from bot import __version__, cli_database, cli_figures, cli_output, cli_records, cli_rules, cli_staff, foundation
from bot.addresses import Listen
from bot.cli_output import mending
from bot.clock import SystemClock
from bot.engine.texts import Language
from bot.findings import Finding, State
from bot.settings import SettingsInvalid, load_settings
from bot.talk_cast import Player

app = typer.Typer(
    name="samrad", help="Samråd: a municipality coordinates care around one person.", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False,
)  # fmt: skip
bring = typer.Typer(help="Bring people in from a file.", no_args_is_help=True)
book = typer.Typer(help="The audit: who did and read what.", no_args_is_help=True)
keys = typer.Typer(help="The key file.", no_args_is_help=True)
app.add_typer(bring, name="import")
app.add_typer(book, name="audit")
app.add_typer(keys, name="keys")


def main() -> None:
    """The console script."""
    app()


def _version(asked: bool) -> None:
    if asked:
        cli_output.say(f"samrad {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    del version


def _try(listen: Listen, remedy: str) -> None:
    """Can this address be listened on? Asked before anything is made that would have to be cleared away. Raises `StartRefused`."""
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        try:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((listen.host, listen.port))
        except OSError as error:
            raise foundation.StartRefused(f"{listen.host}:{listen.port} cannot be listened on ({error.strerror}). {remedy}") from None


@app.command()
@mending()
def demo(port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is; 0 takes any free port.")] = 8080) -> None:
    """Try Samråd in the browser: no Telegram, no token, no internet."""
    from bot.demo import demo as run_demo

    other = port + 1 if 1024 <= port < 65535 else 8081

    def announce(address: str, secure_page: str) -> None:
        cli_output.say(f"The demo is at {address}  (Ctrl-C ends it, and nothing is kept)")
        cli_output.say(f"The secure page is at {secure_page}")

    async def until_stopped() -> None:
        _try(Listen(host="127.0.0.1", port=port), f"Choose another port: samrad demo --port {other}")
        this = asyncio.current_task()
        assert this is not None
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, this.cancel)
        await run_demo(port=port, announce=announce)

    try:
        asyncio.run(until_stopped())
    except (asyncio.CancelledError, KeyboardInterrupt):
        return


@app.command()
@mending()
def run(webhook: Annotated[bool, typer.Option("--webhook", help="Let Telegram bring updates instead of fetching them.")] = False) -> None:
    """Run the bot until it is stopped."""
    from bot import app as running

    needs = ["SAMRAD_BOT_TOKEN", "SAMRAD_PROFILE"] + (["SAMRAD_PUBLIC_URL", "SAMRAD_WEBHOOK_SECRET"] if webhook else [])
    settings = load_settings(needs=needs)
    remedy = "Stop what uses it, or choose another in {}."
    if webhook:
        _try(settings.webhook_address, remedy.format("SAMRAD_WEBHOOK_LISTEN"))
    if settings.metrics_address is not None:
        _try(settings.metrics_address, remedy.format("SAMRAD_METRICS_LISTEN"))
    if settings.page_address is not None:
        _try(settings.page_address, remedy.format("SAMRAD_PAGE_LISTEN"))
    asyncio.run(running.run(settings, webhook=webhook))


@app.command()
@mending()
def talk(
    conversation: Annotated[str | None, typer.Argument(help="Its name; without one, all are listed.")] = None,
    lang: Annotated[Language, typer.Option(help="The language of everybody in it.")] = Language.NB,
    profile: Annotated[str, typer.Option(help="A shipped profile's name, or a path.")] = "demo",
    player: Annotated[Player | None, typer.Option("--as", help="Who you are; without it, who usually plays it.")] = None,
) -> None:
    """Play a conversation in the terminal. Nothing is kept."""
    from bot.talk import listed
    from bot.talk import talk as run_talk

    if conversation is None:
        for name, title, usual in listed():
            cli_output.say(f"{name:18} {title:34} {usual}")
        return
    asyncio.run(run_talk(conversation, language=lang, profile=profile, player=player, console=cli_output.OUT))


@app.command()
@mending()
def check() -> None:
    """Look whether all is in order: packages, settings, token, database, keys, clock, profile, law, texts."""
    from bot import checks

    try:
        found = asyncio.run(checks.look(load_settings(), SystemClock()))
    except SettingsInvalid as invalid:
        found = tuple(
            Finding(what="settings", state=State.NOT_OK, found=f"{each.name} {each.wrong}", remedy=each.remedy) for each in invalid.mistakes
        )
    cli_output.findings(found)
    if any(each.state is State.NOT_OK for each in found):
        raise typer.Exit(1)


app.command()(cli_rules.rules)
app.command()(cli_figures.figures)
app.command()(cli_rules.recompute)
for command in (cli_database.migrate, cli_database.outbox, cli_database.alarms, cli_staff.invite, cli_records.export, cli_records.purge):
    app.command()(command)
bring.command("staff")(cli_staff.import_staff)
book.command()(cli_database.verify)
keys.command("add")(cli_database.add_key)
