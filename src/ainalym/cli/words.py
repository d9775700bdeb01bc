"""Commands, groups and options whose help is written in the user's language.

The `help` of each is a key of the message catalogue; it becomes text when help is printed, not when a module loads.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

import click
import msgspec

from ainalym.errors import UsageError
from ainalym.output.messages import UI_LANGS, say


class Settings(msgspec.Struct, frozen=True):
    """What holds for the whole run: the language of the program's words, and whether to show its own failures whole."""

    ui_lang: str = "en"
    debug: bool = False


def find_ui_lang(args: Sequence[str], environ: Mapping[str, str]) -> str:
    """The user's language from --ui-lang, AINALYM_LANG or the locale; English if there is none that we speak."""
    for place, arg in enumerate(args):
        name, equals, value = arg.partition("=")
        value = value if equals else "".join(args[place + 1 : place + 2])
        if name == "--ui-lang" and value in UI_LANGS:
            return value
    for name in ("AINALYM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            lang = value[:2].lower()
            return lang if lang in UI_LANGS else "en"
    return "en"


def get_settings(ctx: click.Context) -> Settings:
    """The run's settings; from the environment alone where a command is called without `main`."""
    settings = ctx.find_object(Settings)
    return settings or Settings(ui_lang=find_ui_lang([], os.environ))


def say_in(ctx: click.Context, key: str, **values: object) -> str:
    """One text in the language of the run."""
    return say(get_settings(ctx).ui_lang, key, **values)


class Option(click.Option):
    """An option whose help is a key of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None or self.help is None:
            return record
        text = record[1].replace(self.help, say_in(ctx, self.help))
        return record[0], text.replace("[default: ", "[" + say_in(ctx, "words.default", value=""))


class Command(click.Command):
    """A command whose help is a key of the catalogue; `examples` are lines shown as they are."""

    examples: Sequence[str] = ()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        if not self.add_help_option:
            return None
        return Option(
            ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help, help="option.help"
        )

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{say_in(ctx, 'words.usage')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.indentation():
            for paragraph in say_in(ctx, self.help).strip().split("\n\n") if self.help else ():
                formatter.write_paragraph()
                # A paragraph that starts with a space is a line to be typed: it keeps its form.
                if paragraph.startswith(" "):
                    formatter.write(paragraph + "\n")
                else:
                    formatter.write_text(paragraph.replace("\n", " "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        if rows := [record for record in records if record is not None]:
            with formatter.section(say_in(ctx, "words.options")):
                formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.examples:
            with formatter.section(say_in(ctx, "words.examples")):
                formatter.write("".join(f"  {line}\n" for line in self.examples))


class Group(Command, click.Group):
    """Commands by name, each listed with the first sentence of its help. A UsageError in one ends with status 2."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.commands[name].help) for name in self.list_commands(ctx)]
        with formatter.section(say_in(ctx, "words.commands")):
            formatter.write_dl([(name, _first_sentence(say_in(ctx, key))) for name, key in commands if key])
        super().format_options(ctx, formatter)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise click.UsageError(str(error), ctx) from error


def _first_sentence(text: str) -> str:
    return " ".join(text.strip().split("\n\n")[0].split()).partition(". ")[0].rstrip(".") + "."


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def tell_usage(error: click.UsageError, settings: Settings) -> str:
    """What is wrong with a command line, in one line, and where help stands."""
    lang = settings.ui_lang
    path = error.ctx.command_path if error.ctx else "ainalym"
    return say(lang, "error.usage", message=_tell_problem(error, lang), help=f"{path} --help")


def _tell_problem(error: click.UsageError, lang: str) -> str:
    option = error.param.opts[-1] if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.NoSuchOption):
        return say(lang, "error.no_option", option=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return say(lang, "error.needs_value", option=error.option_name)
    if isinstance(error, click.MissingParameter):
        key = "error.missing_input" if option == "inputs" else "error.missing"
        return say(lang, key, name=option)
    return " ".join(error.format_message().split())


def refuse(ctx: click.Context, key: str, **values: object) -> click.UsageError:
    """A usage error in the user's language."""
    return click.UsageError(say_in(ctx, key, **values), ctx)


class Choice(click.Choice[str]):
    """One of a few words, refused in the user's language."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices or ctx is None or param is None:
            return value
        raise refuse(ctx, "error.bad_choice", option=param.opts[-1], value=value, choices=_join(self.choices))


def _join(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))
