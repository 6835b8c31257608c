"""Pack page: the index of a pack as one page for any browser. No script, nothing fetched; what people wrote is text.

Its links are relative, so they work wherever the pack is unpacked.
"""

from collections.abc import Iterator
from html import escape

from readiness.domain.dates import written
from readiness.domain.manifest import Making
from readiness.domain.outside import link_to
from readiness.domain.pack_lines import PackLine, about_words, piece_lines, without_evidence
from readiness.domain.pack_words import counted, meant_for, sized
from readiness.domain.packing import INDEX_SHEET, MANIFEST, PackArea, PackItem, PackPiece, PackPlan
from readiness.domain.plain_words import is_control

_STYLE = """
:root { color-scheme: light dark; --text: #1c1c24; --quiet: #575766; --ground: #fff; --line: #e2e2ea; --link: #4b37b5;
  --mark: #744600; --chip: #fceed2; }
@media (prefers-color-scheme: dark) { :root { --text: #ededf2; --quiet: #a9a9b8; --ground: #202027; --line: #34343f;
  --link: #b4a8ff; --mark: #f8c77a; --chip: #43310f; } }
body { margin: 2rem auto; padding: 0 1.5rem; max-width: 56rem; font: 1rem/1.5 "Segoe UI", system-ui, sans-serif;
  color: var(--text); background: var(--ground); }
h1 { font-size: 1.8rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
h3 span { color: var(--quiet); font-weight: 400; margin-right: .5rem; }
p { margin: .25rem 0; } ul { margin: .25rem 0; padding-left: 1.25rem; } li { margin: .35rem 0; }
a { color: var(--link); overflow-wrap: anywhere; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.quiet { color: var(--quiet); } .words { white-space: pre-line; }
.mark { color: var(--mark); background: var(--chip); border-radius: 1rem; padding: .05rem .6rem; white-space: nowrap; }
@media print { body { margin: 0; max-width: none; } h3, li { break-inside: avoid; } }
"""


def page_of(plan: PackPlan, making: Making) -> str:
    """Return the index of a pack as an HTML page."""
    return "\n".join(_page(plan, making)) + "\n"


def _page(plan: PackPlan, making: Making) -> Iterator[str]:
    title = f"Evidence pack: {plan.title}"
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{_text(title)}</title><style>{_STYLE}</style></head>"
    yield f"<body><header><h1>{_text(title)}</h1>"
    yield f"<p>{_text(opening(plan))}</p>"
    yield f'<p class="quiet">{_text(made_words(plan, making))}</p>'
    yield f"<p>The same list is in {_link(INDEX_SHEET, INDEX_SHEET)}; {_link(MANIFEST, MANIFEST)} names every file "
    yield "with its size and SHA-256.</p></header>"
    yield '<nav aria-label="Areas"><ul>'
    for number, area in enumerate(plan.areas):
        yield f'<li><a href="#area-{number}">{_text(_area_title(plan, area))}</a></li>'
    yield "</ul></nav><main>"
    for number, area in enumerate(plan.areas):
        yield f'<section id="area-{number}"><h2>{_text(_area_title(plan, area))}</h2>'
        for item in area.items:
            yield from _item(area, item)
        yield "</section>"
    yield "</main></body></html>"


def opening(plan: PackPlan) -> str:
    """Return what the pack holds, in a sentence."""
    items, files = sum(1 for _ in plan.items), len(plan.files)
    held = f"{counted(files, 'file')}, {sized(plan.size)}" if files else "no files"
    return f"Made {meant_for(plan.audience)}: {counted(items, 'item')}, {held}."


def made_words(plan: PackPlan, making: Making) -> str:
    """Return who made it, when and where."""
    local = making.at.astimezone()
    council = f"{plan.board.workspace.title}; " if plan.board.workspace.title else ""
    day = f"as of {written(plan.board.day)}"
    return f"{council}{day}; made by {making.by} on {written(local.date())} at {local:%H:%M}"


def _area_title(plan: PackPlan, area: PackArea) -> str:
    return f"{area.inspection.short_title}: {area.heading}" if len(plan.inspections) > 1 else area.heading


def _item(area: PackArea, item: PackItem) -> Iterator[str]:
    yield f"<h3><span>{_text(item.item.reference)}</span>{_text(item.item.title)}</h3>"
    if not item.pieces:
        yield f'<p class="quiet">{_text(without_evidence(item))}.</p>'
        return
    yield "<ul>"
    for piece in item.pieces:
        yield from _piece(area, item, piece)
    yield "</ul>"


def _piece(area: PackArea, item: PackItem, piece: PackPiece) -> Iterator[str]:
    row = piece.evidence
    about = ", ".join(part for part in (row.source.label, about_words(piece)) if part)
    yield f'<li><strong>{_text(row.title)}</strong> <span class="quiet">{_text(about)}</span>'
    if row.shows:
        yield f'<p class="words">{_text(row.shows)}</p>'
    yield "<ul>"
    for line in piece_lines(area, item, piece):
        yield f"<li>{_target(line)}</li>"
    yield "</ul></li>"


def _target(line: PackLine) -> str:
    note = f' <span class="mark">{_text(line.note)}</span>' if line.note else ""
    if line.file is not None:
        return f'{_link(line.file.path, line.words)} <span class="quiet">{sized(line.file.size)}</span>{note}'
    if line.link:
        return f'<a href="{escape(line.link)}" rel="noreferrer">{_text(line.words)}</a>{note}'
    return f"{_text(line.words)}{note}"


def _link(path: str, words: str) -> str:
    return f'<a href="{escape(link_to(path))}">{_text(words)}</a>'


def _text(text: str) -> str:
    return escape("".join(each if each in "\n\t" or not is_control(each) else "\ufffd" for each in text))
