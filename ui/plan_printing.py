"""Plan printing: the plan that is shown, on a printer or as a PDF, on one A4 page. It asks where to."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtWidgets import QFileDialog, QWidget

from readiness.domain.errors import ExportError
from ui.models.overview_words import as_text
from ui.models.plan_sheet import Sheet, plan_sheet
from ui.models.plan_words import plan_sentence
from ui.plan_desk import PlanDesk
from ui.plan_paper import a4, draw, pdf_of
from ui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

FOLDER = "plan_folder"
PRINTED = "The plan went to {name}, one page."
REFUSED = "{name} did not take the page. Choose another printer, or save the plan as PDF."
SAVED = "Wrote {name}, one page."


class PlanPrinting:
    """Each deed returns the sentence to say afterwards; "" when somebody thought better of it."""

    def __init__(self, settings: Settings, window: QWidget) -> None:
        self._settings, self._window = settings, window

    def print(self, desk: PlanDesk, who: str) -> str:
        """Ask for a printer and print. Raises ExportError."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # brings the system's printing: only when used

        sheet = sheet_of(desk, who)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(a4())
        printer.setDocName(sheet.title)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle("Print the plan")
        return self.send(sheet, printer) if dialog.exec() else ""

    def send(self, sheet: Sheet, printer: "QPrinter") -> str:
        """Draw a sheet on a printer that somebody chose. Raises ExportError."""
        name = printer.outputFileName() or printer.printerName() or "the printer"
        if not draw(sheet, printer):
            raise ExportError(REFUSED.format(name=name))
        return PRINTED.format(name=name)

    def save(self, desk: PlanDesk, who: str) -> str:
        """Ask where to write and write a PDF. Raises ExportError."""
        sheet = sheet_of(desk, who)
        target = self._ask_target(_file_name(desk))
        if target is None:
            return ""
        write_pdf(target, pdf_of(sheet))
        return SAVED.format(name=target.name)

    def _ask_target(self, name: str) -> Path | None:
        folder = Path(str(self._settings.get(FOLDER, str(Path.home()))))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the plan", str(folder / name), "PDF (*.pdf)")
        if not chosen:
            return None
        target = Path(chosen)
        target = target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
        self._settings.set(FOLDER, str(target.parent))
        return target


def sheet_of(desk: PlanDesk, who: str) -> Sheet:
    """Return the plan that is shown as a page. Raises ExportError where there is none."""
    plan = desk.plan
    if plan is None:
        raise ExportError(
            "There is no plan yet: neither a ready-by date nor a call is known. Record one of them first."
        )
    sentence = as_text(plan_sentence(plan, desk.items, desk.day, desk.calendar))
    return plan_sheet(plan, sentence, desk.day, who, desk.calendar)


def write_pdf(target: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises ExportError with what to do instead."""
    draft = target.with_name(f"~{uuid4().hex[:12]}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        raise ExportError(
            f"“{target.name}” could not be written ({error.strerror or error}). Close it where it is open, or choose "
            "another name or folder."
        ) from error
    finally:
        with suppress(OSError):  # a scanner may still look at it
            draft.unlink(missing_ok=True)


def _file_name(desk: PlanDesk) -> str:
    """Return what the file is called, "Plan SEN re-visit 2021-05-04.pdf": by the day of the call, real or imagined."""
    plan = desk.plan
    name = "".join(sign for sign in plan.inspection.short_title if sign not in '\\/:*?"<>|') if plan else ""
    return f"Plan {name} {plan.call:%Y-%m-%d}.pdf" if plan else "Plan.pdf"
