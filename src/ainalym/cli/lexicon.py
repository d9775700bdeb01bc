"""`ainalym lexicon`: what words mean to the reader."""

from __future__ import annotations

import click
import msgspec

from ainalym.output.messages import UI_LANGS, say

from .words import Choice, Command, Option, get_settings

_LANGS = ("kk", "ru", "en")


class LexiconCommand(Command):
    examples = (
        "ainalym lexicon Қытаймен",
        'ainalym lexicon --lang ru "тауар айналымы" товарооборота',
    )


@click.command("lexicon", cls=LexiconCommand, help="command.lexicon")
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@click.option("--lang", cls=Option, type=Choice(_LANGS), help="option.lexicon_lang")
@click.option("--ui-lang", cls=Option, type=Choice(UI_LANGS), expose_value=False, help="option.ui_lang")
@click.pass_context
def command(ctx: click.Context, /, words: tuple[str, ...], lang: str | None) -> int:
    """Print the senses of each word; the exit status is 1 if one of them has none."""
    unknown = 0
    for word in words:
        rows = [row for name in ([lang] if lang else _LANGS) for row in _list_senses(name, word)]
        unknown += not rows
        click.echo(word)
        click.echo("\n".join(rows) if rows else f"  {say(get_settings(ctx).ui_lang, 'report.no_sense')}")
    return 1 if unknown else 0


def _list_senses(lang: str, word: str) -> list[str]:
    """One line a sense: language, kind, meaning, then the grammar that is told."""
    from ainalym.lexicon import lookup, make_key

    rows = []
    for sense in lookup(lang, make_key(word)):
        fields = msgspec.structs.asdict(sense)
        head = f"  {lang}  {fields.pop('kind')}  {fields.pop('value')}"
        rows.append("  ".join([head, *(str(value) for value in fields.values() if value not in (None, ()))]))
    return rows
