"""Removed texts: what something under Removed holds, to be read before it is brought back. Pure: no Qt."""

from collections.abc import Sequence
from html import escape

from readiness.domain.views import RemovedRow
from readiness.domain.vocabulary import ItemField

NOTHING_CHOSEN = "Choose something to see what it holds."
TOGETHER = {
    "area": "The items that were removed with it come back with it.",
    "inspection": "Its areas and items come back with it.",
}


def removed_parts(row: RemovedRow) -> tuple[tuple[str, str], ...]:
    """Return what a removed item holds: the name of each field and its text; what is empty is left out."""
    if row.texts is None:
        return ()
    texts = row.texts
    parts = (
        (ItemField.STATUS.label, row.status.label if row.status is not None else ""),
        (ItemField.GUIDANCE.label, texts.guidance),
        (ItemField.POSITION.label, texts.position),
        (ItemField.IMPACT.label, texts.impact),
        (ItemField.GAP.label, texts.gap),
    )
    return tuple((name, text) for name, text in parts if text)


def removed_html(chosen: Sequence[RemovedRow]) -> str:
    """Return what is chosen as rich text."""
    if len(chosen) != 1:
        return f"<p>{escape(_hint(chosen))}</p>"
    (row,) = chosen
    name = f'<p style="margin:0 0 8px 0"><b>{escape(f"{row.reference}  {row.title}".strip())}</b></p>'
    if row.texts is None:
        return f"{name}<p>{escape(TOGETHER.get(row.kind, ''))}</p>"
    fields = (
        f'<p style="margin:0 0 8px 0"><b>{escape(label)}</b><br>{escape(text).replace(chr(10), "<br>")}</p>'
        for label, text in removed_parts(row)
    )
    return name + "".join(fields)


def removed_text(chosen: Sequence[RemovedRow]) -> str:
    """Return the same in plain words, for screen readers."""
    if len(chosen) != 1:
        return _hint(chosen)
    parts = removed_parts(chosen[0])
    return "\n".join(f"{label}: {text}" for label, text in parts) or TOGETHER.get(chosen[0].kind, "")


def _hint(chosen: Sequence[RemovedRow]) -> str:
    return f"{len(chosen):,} are chosen." if chosen else NOTHING_CHOSEN
