"""Figures: what composes a claim around a number, one slot a module.

`hits` and `marks` say what stands in the text, `scene` lays it out by sentence, `memory` is what one claim leaves to
the next; `kinds`, `indicators`, `pairs`, `times` and `modality` each fill a slot; `..claims` puts them in order.
"""
