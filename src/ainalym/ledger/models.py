"""The tables of the ledger.

Rows are added, never overwritten: what a newer reading or a reviewer's correction replaces gets the change that ended
it (`ended`) and stays. Rows without an end are what the ledger holds now (`objects.current()`). Three sorts of columns
may change in place, for they can be made anew from the rest: sums (`Pair`), what checking found of a claim
(`Claim.verdict`), and a search index.

Field names are those of the public records (docs/output.md). Exact figures stand in `value_exact`; `value` is the same
as a binary number, to filter and sort by.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

NO_PAIR = ""


class Change(models.Model):
    """Who changed the ledger, when and why. `author` is the user's name, or the command that ran without one."""

    KINDS = (
        "add", "read", "accept", "correct", "reject", "status", "refresh", "restore", "sign-in", "account", "roles",
    )  # fmt: skip

    made = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(max_length=10)
    author = models.CharField(max_length=150)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.made:%Y-%m-%d %H:%M} {self.kind} {self.author}"


class Kept(models.QuerySet):
    """Rows that end instead of being deleted."""

    def current(self) -> Kept:
        """What the ledger holds now."""
        return self.filter(ended=None)

    def newest(self, count: int) -> list[Any]:
        """As many rows as were published last, undated ones behind; in the order of an index in every database."""
        rows = list(self.filter(published__isnull=False).order_by("-published", "-pk")[:count])
        left = count - len(rows)
        return rows + list(self.filter(published=None).order_by("-pk")[:left]) if left else rows


class Document(models.Model):
    """One text, however often it was seen. `hash` is of the text without regard to spaces; `text` is as first seen."""

    hash = models.CharField(max_length=32, unique=True)
    text = models.TextField()
    title = models.TextField(null=True)
    url = models.TextField(null=True)
    publisher = models.CharField(max_length=300, null=True, db_index=True)
    published = models.DateField(null=True, db_index=True)
    declared_lang = models.CharField(max_length=20, null=True)
    lang = models.CharField(max_length=3, null=True)
    script = models.CharField(max_length=4, null=True)
    orthography = models.CharField(max_length=20, null=True)
    added = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    # The words of the text in one alphabet, cut to their stems: what search looks in.
    folded = models.TextField(default="")

    class Meta:
        indexes = (models.Index(fields=["-published", "-id"], name="ledger_doc_newest"),)

    def __str__(self) -> str:
        return self.title or self.hash


class Sighting(models.Model):
    """Where a text was seen: the same agency's report on two sites is one document with two sightings."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="sightings")
    place = models.TextField()
    url = models.TextField(null=True)
    publisher = models.CharField(max_length=300, null=True)
    published = models.DateField(null=True)
    added = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["document", "place"], name="ledger_sighting_once"),)

    def __str__(self) -> str:
        return self.place


class Reading(models.Model):
    """What one version of the reader made of a document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    version = models.CharField(max_length=40)
    messages = models.JSONField(default=list)
    made = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    ended = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="+")

    objects = Kept.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(ended=None), name="ledger_reading_one_current"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} by {self.version}"


class Claim(models.Model):
    """One figure as a report states it. `number` counts from 0 within its reading; a correction keeps the number."""

    STATES = ("read", "accepted", "corrected", "rejected")

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="claims")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="claims")
    number = models.IntegerField()
    surface = models.TextField()
    indicator = models.CharField(max_length=20)
    reporter = models.CharField(max_length=20, null=True)
    partner = models.CharField(max_length=20, null=True)
    product = models.CharField(max_length=120, null=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    has_period = models.BooleanField(default=False)
    kind = models.CharField(max_length=12)
    value = models.FloatField()
    value_exact = models.CharField(max_length=80)
    unit = models.CharField(max_length=20, null=True)
    bound = models.CharField(max_length=6)
    modality = models.CharField(max_length=10)
    speaker = models.TextField(null=True)
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    confidence = models.FloatField()
    trace = models.JSONField(default=list)
    # The two countries in alphabetical order, regions taken to their countries: KZ-UZ. Empty when a side is unknown.
    pair = models.CharField(max_length=40, default=NO_PAIR)
    year = models.IntegerField(null=True)
    # Of the document, so that a million claims can be filtered without it.
    published = models.DateField(null=True)
    publisher = models.CharField(max_length=300, null=True)
    lang = models.CharField(max_length=3, null=True)
    state = models.CharField(max_length=10, default="read")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    made = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    ended = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="+")
    # Made anew by checking: the gravest verdict of the current findings that name this claim.
    verdict = models.CharField(max_length=20, default="")

    objects = Kept.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["reading", "number"], condition=models.Q(ended=None), name="ledger_claim_one_current"
            ),
        )
        indexes = (
            models.Index(fields=["pair", "year"], name="ledger_claim_cell", condition=models.Q(ended=None)),
            models.Index(fields=["pair", "-published"], name="ledger_claim_pair", condition=models.Q(ended=None)),
            models.Index(
                fields=["pair", "modality", "indicator"], name="ledger_claim_figures", condition=models.Q(ended=None)
            ),
            models.Index(fields=["-published", "-id"], name="ledger_claim_newest", condition=models.Q(ended=None)),
            # The queue of review, and what came out of it.
            models.Index(
                fields=["confidence", "id"], name="ledger_claim_doubt", condition=models.Q(ended=None, state="read")
            ),
            models.Index(fields=["document"], name="ledger_claim_reviewed", condition=~models.Q(state="read")),
            models.Index(fields=["-value", "-id"], name="ledger_claim_largest", condition=models.Q(ended=None)),
            models.Index(
                fields=["product", "-published", "-id"],
                name="ledger_claim_product",
                condition=models.Q(ended=None, product__isnull=False),
            ),
            models.Index(
                fields=["-published", "-id"],
                name="ledger_claim_target",
                condition=models.Q(ended=None, modality="target"),
            ),
        )
        permissions = (("review_claim", "Can accept, correct and reject claims"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.reporter}-{self.partner} {self.value_exact} {self.unit}"


class Meeting(models.Model):
    """Who met where and when. `participants` are names in the nominative."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="meetings")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="meetings")
    number = models.IntegerField()
    participants = models.JSONField(default=list)
    date = models.DateField(null=True)
    place = models.TextField(null=True)
    kind = models.CharField(max_length=12)
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    # Of the document: the pairs of countries whose people met, as far as the document tells.
    pair = models.CharField(max_length=40, default=NO_PAIR)
    published = models.DateField(null=True)
    made = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    ended = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="+")

    objects = Kept.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["pair", "-published"], name="ledger_meeting_pair"),
            models.Index(fields=["-published", "-id"], name="ledger_meeting_newest", condition=models.Q(ended=None)),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(self.participants)}"


class Commitment(models.Model):
    """Who will do what by when, in which state. `claims` are numbers of claims of the same reading."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="commitments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="commitments")
    number = models.IntegerField()
    what = models.TextField()
    parties = models.JSONField(default=list)
    status = models.CharField(max_length=10)
    due = models.DateField(null=True)
    surface = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    claims = models.JSONField(default=list)
    pair = models.CharField(max_length=40, default=NO_PAIR)
    published = models.DateField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    made = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    ended = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="+")

    objects = Kept.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["pair", "status", "due"], name="ledger_commitment_pair"),
            models.Index(fields=["-published", "-id"], name="ledger_commitment_newest", condition=models.Q(ended=None)),
            models.Index(
                fields=["pair", "status", "-published", "-id"], name="ledger_commitment_board",
                condition=models.Q(ended=None),
            ),
        )  # fmt: skip
        permissions = (("move_commitment", "Can move a commitment to another status"),)

    def __str__(self) -> str:
        return f"{self.status}: {self.what}"


class Person(models.Model):
    """One person across scripts and languages: the key of docs/people.md, and a name as it was first read."""

    key = models.CharField(max_length=200, unique=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class Mention(models.Model):
    """A person named in a reading."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="mentions")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mentions")
    name = models.TextField()
    role = models.TextField(null=True)
    side = models.CharField(max_length=20, null=True)
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    made = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    ended = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="+")

    objects = Kept.as_manager()

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """What checking says of one or several claims. `words` holds `why` and `steps` by language (kk, ru, en)."""

    key = models.CharField(max_length=64)
    pair = models.CharField(max_length=40, default=NO_PAIR)
    verdict = models.CharField(max_length=20)
    severity = models.CharField(max_length=10)
    words = models.JSONField()
    implied = models.JSONField(null=True)
    claims = models.ManyToManyField(Claim, related_name="findings")
    made = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    ended = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="+")

    objects = Kept.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key"], condition=models.Q(ended=None), name="ledger_finding_one_current"),
        )
        indexes = (models.Index(fields=["pair", "verdict"], name="ledger_finding_pair"),)

    def __str__(self) -> str:
        return f"{self.verdict}: {self.words}"


class Stale(models.Model):
    """A pair of countries of which a report's claims changed since its findings were made; without a pair, the report
    alone; without a report, only the pair's sums.
    """

    pair = models.CharField(max_length=40, db_index=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.pair} {self.document_id}"


class Pair(models.Model):
    """Sums over what the ledger holds of two countries now."""

    code = models.CharField(max_length=40, unique=True)
    first = models.CharField(max_length=20, db_index=True)
    second = models.CharField(max_length=20, db_index=True)
    reports = models.IntegerField(default=0)
    claims = models.IntegerField(default=0)
    open_commitments = models.IntegerField(default=0)
    contradictions = models.IntegerField(default=0)
    newest = models.DateField(null=True)
    # The newest yearly turnover that was claimed: the claim to show, null when there is none.
    turnover = models.ForeignKey(Claim, null=True, on_delete=models.SET_NULL, related_name="+")
    # Full years' turnover that was claimed in US dollars, exact, by year: {"2023": "4400000000"}.
    yearly = models.JSONField(default=dict)
    # The number of the change that made these sums: what was made of the pair before it is out of date.
    changed = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.code


class Watched(models.Model):
    """A feed or site map that `ainalym watch` visits: what its server said of its state, and when it is due again."""

    address = models.CharField(max_length=2_000, unique=True)
    etag = models.CharField(max_length=500, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    visited = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.address


class WatchedPage(models.Model):
    """A page that a watched address lists: done once it is in the ledger, else due again after so many failures."""

    source = models.ForeignKey(Watched, on_delete=models.CASCADE, related_name="pages")
    address = models.CharField(max_length=2_000)
    done = models.BooleanField(default=False)
    due = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "address"], name="ledger_watched_page_once"),)

    def __str__(self) -> str:
        return self.address
