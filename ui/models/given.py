"""Given: what is on the clipboard or dragged over the window, as far as it can be attached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

from readiness.domain.addresses import LONGEST_ADDRESS, is_openable
from readiness.domain.dates import written
from readiness.domain.errors import FileRefused

if TYPE_CHECKING:
    from readiness.services.taking import Given

PNG = "PNG"


@dataclass(frozen=True, slots=True)
class PastedPicture:
    """A picture from the clipboard, not yet a file."""

    name: str
    image: QImage

    def packed(self) -> "Given":
        """Return it as a file's content. It takes a while: for the worker. Raises FileRefused."""
        from readiness.services.taking import GivenPicture

        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not self.image.save(buffer, PNG):  # type: ignore[call-overload]  # a name is bytes to the stubs
            raise FileRefused("The picture on the clipboard cannot be kept. Save it as a file, and attach that.")
        return GivenPicture(self.name, bytes(content.data()))


def can_take(mime: QMimeData) -> bool:
    """Whether something of it could be attached: files, a picture, or the address of a page."""
    return mime.hasUrls() or _is_picture(mime) or bool(_address_in(mime))


def given_in(mime: QMimeData, day: date) -> "Sequence[Given | PastedPicture]":
    """Return what can be attached, in its order; nothing where it is text or cells to be pasted elsewhere.

    Args:
        mime: The clipboard's content, or what is dropped.
        day: Today, which names a picture.
    """
    from readiness.services.taking import GivenAddress, GivenFile  # brings the store: when something is attached

    if mime.hasUrls():
        return [
            GivenFile(Path(url.toLocalFile())) if url.isLocalFile() else GivenAddress(_written(url))
            for url in mime.urls()
        ]
    if _is_picture(mime):
        image = mime.imageData()
        return [PastedPicture(f"Pasted picture {written(day)}.png", image)] if isinstance(image, QImage) else []
    address = _address_in(mime)
    return [GivenAddress(address)] if address else []


def _written(url: QUrl) -> str:
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def _is_picture(mime: QMimeData) -> bool:
    """Whether it is a picture and nothing else: Excel offers its cells as a picture too."""
    return mime.hasImage() and not mime.hasText()


def _address_in(mime: QMimeData) -> str:
    """Return the one address that a text is; "" where it is anything else: “Agreed: yes” has a colon too."""
    text = mime.text().strip() if mime.hasText() else ""
    if len(text) > LONGEST_ADDRESS or len(text.splitlines()) != 1:
        return ""
    is_web = is_openable(text) and not any(character.isspace() for character in text)
    return text if is_web or text.startswith("\\\\") or text.casefold().startswith("file:") else ""
