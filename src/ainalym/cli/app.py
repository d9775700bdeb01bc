"""The group of commands and the one place where errors become lines and exit statuses."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec

import click

from ainalym.errors import AinalymError
from ainalym.output.messages import UI_LANGS, say
from ainalym.output.words import clean_line

from .words import Choice, Command, Option, Settings, find_ui_lang, refuse, say_in, tell_usage
from .work import name_error

# Command to module; help lists those whose module is there.
COMMANDS = {
    "read": "ainalym.cli.read",
    "check": "ainalym.cli.check",
    "stats": "ainalym.cli.stats",
    "corpus": "ainalym.cli.corpus",
    "add": "ainalym.cli.add",
    "watch": "ainalym.cli.watch",
    "export": "ainalym.cli.export",
    "backup": "ainalym.cli.backup",
    "restore": "ainalym.cli.restore",
    "serve": "ainalym.cli.serve",
    "user": "ainalym.cli.user",
    "token": "ainalym.cli.token",
    "lexicon": "ainalym.cli.lexicon",
    "completion": "ainalym.cli.completion",
}
INTERRUPTED = 130
BROKEN_PIPE = 141


class LazyGroup(Command, click.Group):
    """Commands by name; a command's module is imported when the command runs, not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, module in COMMANDS.items() if find_spec(module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise refuse(ctx, "error.no_command", name=name, commands=", ".join(self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say_in(ctx, "words.commands")):
            formatter.write_dl([(name, say_in(ctx, f"command.{name}_line")) for name in self.list_commands(ctx)])
        super().format_options(ctx, formatter)


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from ainalym import __version__

        click.echo(f"ainalym {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, help="command.main", no_args_is_help=False, invoke_without_command=True)
@click.option(
    "--version", cls=Option, is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="option.version",
)  # fmt: skip
@click.option("--ui-lang", cls=Option, type=Choice(UI_LANGS), expose_value=False, help="option.ui_lang")
@click.option("--debug", cls=Option, is_flag=True, expose_value=False, help="option.debug")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Print help when no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run(args: Sequence[str] | None = None) -> int:
    """Run a command line; every error becomes one line on standard error and an exit status."""
    words = list(sys.argv[1:] if args is None else args)
    settings = Settings(ui_lang=find_ui_lang(words, os.environ), debug="--debug" in words)
    try:
        status = _call(words, settings)
        sys.stdout.flush()
        return status
    except click.UsageError as error:
        return _complain(tell_usage(error, settings), 2)
    except (click.Abort, KeyboardInterrupt):
        return _complain(
            say(settings.ui_lang, "error.prefix", message=say(settings.ui_lang, "error.interrupted")), INTERRUPTED
        )
    except BrokenPipeError:
        _drop_output()
        return BROKEN_PIPE
    except (AinalymError, click.ClickException) as error:
        return _complain(say(settings.ui_lang, "error.prefix", message=str(error)), 1)
    except Exception as error:
        if settings.debug:
            raise
        message = say(
            settings.ui_lang, "error.unexpected", place=words[0] if words else "ainalym", error=name_error(error)
        )
        return _complain(say(settings.ui_lang, "error.prefix", message=message), 1)


def _call(words: list[str], settings: Settings) -> int:
    # Not cli.main, which would answer interrupts and closed pipes in its own way. A shell that asks for completions
    # is click's business.
    if "_AINALYM_COMPLETE" in os.environ:
        cli.main(words, prog_name="ainalym", complete_var="_AINALYM_COMPLETE")
    try:
        with cli.make_context("ainalym", words, obj=settings) as ctx:
            status = cli.invoke(ctx)
    except click.exceptions.Exit as end:
        return end.exit_code
    return status if isinstance(status, int) else 0


def _complain(line: str, status: int) -> int:
    print(clean_line(line), file=sys.stderr)
    return status


def _drop_output() -> None:
    # What is left in the buffer would raise once more when the interpreter flushes it at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


__all__ = ["COMMANDS", "cli", "run"]
