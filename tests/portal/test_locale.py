import re

import pytest
from django.utils.translation import gettext, ngettext, override

from ainalym.portal.settings import LANGUAGES
from tools.make_locale import DOMAINS, find_own, make_files


def test_compiled_texts_are_those_of_their_source():
    for path, content in make_files().items():
        assert path.read_bytes() == content, f"{path.name} has aged: run tools/make_locale.py"


@pytest.mark.parametrize("domain", DOMAINS)
def test_places_for_values_are_kept(domain):
    from babel.messages.pofile import read_po

    with find_own(domain).open("rb") as lines:
        for message in read_po(lines):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id:
                wanted = [set(re.findall(r"%\(\w+\)[sd]|%d|\{\w+\}|</?[a-z]+", text)) for text in ids]
                for text in texts:
                    assert set(re.findall(r"%\(\w+\)[sd]|%d|\{\w+\}|</?[a-z]+", text)) in wanted, message.id


@pytest.mark.parametrize(
    ("lang", "required", "short"),
    [
        ("kk", "Бұл өрісті толтыру міндетті.", "Құпиясөз тым қысқа. Кемінде 12 таңба болуы керек."),
        ("kk-latn", "Būl örıstı toltyru mındettı.", "Qūpiiasöz tym qysqa. Kemınde 12 tañba boluy kerek."),
        ("ru", "Требуется заполнить это поле.", None),
    ],
)
def test_django_speaks_every_language_of_the_portal(lang, required, short):
    assert lang in dict(LANGUAGES)
    with override(lang):
        assert gettext("This field is required.") == required
        text = ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            12,
        )
        if short:
            assert text % 12 == short
