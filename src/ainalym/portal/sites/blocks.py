"""Of what a written page is made: text, and live blocks whose figures come from the ledger when the page is shown."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from . import live
from .words import indicator_choices, label, pair_choices

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
_TEMPLATES = "portal/sites/blocks"


class HeadingBlock(blocks.StructBlock):
    """A heading; the page's title is the first level."""

    text = blocks.CharBlock(max_length=200, label=label("sites.text"))
    level = blocks.ChoiceBlock(
        choices=[("2", label("sites.level_2")), ("3", label("sites.level_3"))], default="2", label=label("sites.level")
    )

    class Meta:
        icon = "title"
        label = label("sites.heading")
        template = f"{_TEMPLATES}/heading.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, in the language that they were said in."""

    text = blocks.TextBlock(max_length=5_000, label=label("sites.text"))
    source = blocks.CharBlock(max_length=300, required=False, label=label("sites.source"))
    lang = blocks.ChoiceBlock(
        choices=[
            ("kk", "Қазақша"),
            ("kk-Latn", "Qazaqşa"),
            ("kk-Arab", "قازاقشا"),
            ("ru", "Русский"),
            ("en", "English"),
        ],
        required=False,
        label=label("sites.quote_lang"),
    )

    class Meta:
        icon = "openquote"
        label = label("sites.quote")
        template = f"{_TEMPLATES}/quote.html"


class PictureBlock(blocks.StructBlock):
    """A picture; what it shows is said in words as well."""

    image = ImageChooserBlock(label=label("sites.picture"))
    alt = blocks.CharBlock(max_length=300, label=label("sites.alt"), help_text=label("sites.alt_help"))
    caption = blocks.CharBlock(max_length=500, required=False, label=label("sites.caption"))

    class Meta:
        icon = "image"
        label = label("sites.picture")
        template = f"{_TEMPLATES}/picture.html"


class FileBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=label("sites.file"))
    text = blocks.CharBlock(max_length=300, required=False, label=label("sites.file_text"))

    class Meta:
        icon = "doc-full"
        label = label("sites.file")
        template = f"{_TEMPLATES}/file.html"


class TableBlock(TypedTableBlock):
    """A small table of texts; its caption says what it holds."""

    text = blocks.CharBlock(required=False, max_length=500, label=label("sites.text"))
    number = blocks.CharBlock(required=False, max_length=60, label=label("sites.number"))

    class Meta:
        icon = "table"
        label = label("sites.table")
        template = f"{_TEMPLATES}/table.html"


class LiveBlock(blocks.StructBlock):
    """What the ledger holds now. Subclasses say what to ask for."""

    def find(self, value: Any) -> Any:
        """The rows to show."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The rows as `found`; None where there are none."""
        asked = ":".join(str(value[name]) for name in self.child_blocks)
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["found"] = live.ask(f"{self.name}:{asked}", lambda: self.find(value))
        return context


def _pair(**options: Any) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=pair_choices, label=label("sites.pair"), **options)


def _most() -> blocks.IntegerBlock:
    return blocks.IntegerBlock(min_value=1, max_value=50, default=10, label=label("sites.most"))


class TurnoverBlock(LiveBlock):
    """The newest claimed turnover of two countries."""

    pair = _pair()

    def find(self, value: Any) -> Any:
        return live.find_turnover(value["pair"])

    class Meta:
        icon = "history"
        label = label("sites.live_turnover")
        template = f"{_TEMPLATES}/number.html"


class NumberBlock(LiveBlock):
    """One figure with its source."""

    pair = _pair()
    indicator = blocks.ChoiceBlock(choices=indicator_choices, default="turnover", label=label("sites.indicator"))
    year = blocks.IntegerBlock(required=False, min_value=1991, max_value=2100, label=label("sites.year"))

    def find(self, value: Any) -> Any:
        return live.find_number(value["pair"], value["indicator"], value["year"])

    class Meta:
        icon = "history"
        label = label("sites.live_number")
        template = f"{_TEMPLATES}/number.html"


class ClaimsBlock(LiveBlock):
    """The newest claims about two countries, as a table."""

    pair = _pair()
    most = _most()

    def find(self, value: Any) -> Any:
        return live.find_claims(value["pair"], value["most"])

    class Meta:
        icon = "history"
        label = label("sites.live_claims")
        template = f"{_TEMPLATES}/claims.html"


class CommitmentsBlock(LiveBlock):
    """Open commitments of two countries."""

    pair = _pair()
    most = _most()

    def find(self, value: Any) -> Any:
        return live.find_commitments(value["pair"], value["most"])

    class Meta:
        icon = "history"
        label = label("sites.live_commitments")
        template = f"{_TEMPLATES}/commitments.html"


class ContradictionsBlock(LiveBlock):
    """The newest contradictions, of two countries or of all."""

    pair = _pair(required=False)
    most = _most()

    def find(self, value: Any) -> Any:
        return live.find_contradictions(value["pair"] or "", value["most"])

    class Meta:
        icon = "history"
        label = label("sites.live_contradictions")
        template = f"{_TEMPLATES}/contradictions.html"


class ReportsBlock(LiveBlock):
    """The newest reports, of two countries or of all."""

    pair = _pair(required=False)
    most = _most()

    def find(self, value: Any) -> Any:
        return live.find_reports(value["pair"] or "", value["most"])

    class Meta:
        icon = "history"
        label = label("sites.live_reports")
        template = f"{_TEMPLATES}/reports.html"


class BodyBlock(blocks.StreamBlock):
    """The body of every written page."""

    text = blocks.RichTextBlock(features=FEATURES, label=label("sites.text"), icon="pilcrow")
    heading = HeadingBlock()
    table = TableBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    file = FileBlock()
    turnover = TurnoverBlock(group=label("sites.from_ledger"))
    number = NumberBlock(group=label("sites.from_ledger"))
    claims = ClaimsBlock(group=label("sites.from_ledger"))
    commitments = CommitmentsBlock(group=label("sites.from_ledger"))
    contradictions = ContradictionsBlock(group=label("sites.from_ledger"))
    reports = ReportsBlock(group=label("sites.from_ledger"))

    class Meta:
        max_num = 200


class BodyField(StreamField):
    """The body as a column. Migrations know it by name alone: its blocks are no matter of the database."""

    def __init__(self, *_: Any, **options: Any) -> None:
        options.pop("block_lookup", None)
        super().__init__(BodyBlock(), **options)

    def deconstruct(self) -> Any:
        """The column without its blocks."""
        name, path, _, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [], options
