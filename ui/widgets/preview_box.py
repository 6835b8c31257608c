"""Preview box: a picture, a text or a page of a PDF as the panel shows it, or a line that says why there is none."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import icon
from ui.previews import Preview
from ui.theme import Theme
from ui.widgets.buttons import ToolButton
from ui.widgets.labels import label

TALLEST, TEXT_LINES = 280, 9


class PictureView(QWidget):
    """A picture in the middle of its room, with a hairline round it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.update()

    def show_image(self, image: QImage, name: str) -> None:
        """Show a picture."""
        self._image = image
        self.setAccessibleName(f"Preview of {name}")
        self.setFixedHeight(round(image.height() / self.devicePixelRatioF()) + 2)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._image.isNull():
            return
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        width, height = self._image.width() / ratio, self._image.height() / ratio
        place = QRectF(1.0, 1.0, width, height)
        painter.drawImage(place, self._image)
        painter.setPen(self.theme.color("border"))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()


class PreviewBox(QWidget):
    """`page_wanted` asks for another page."""

    page_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = Preview()
        self.picture = PictureView(theme, self)
        self.text = QPlainTextEdit(self)
        self.why = label("", "quiet", self, wrap=True)
        self.back, self.on = ToolButton(self), ToolButton(self)
        self.which = label("", "quiet", self)
        self._pager = QWidget(self)
        self._lay_out()
        self.back.clicked.connect(self._on_back)
        self.on.clicked.connect(self._on_forward)
        self.set_theme(theme)
        self.show_nothing()

    def _lay_out(self) -> None:
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Preview of the text")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(TEXT_LINES * self.text.fontMetrics().lineSpacing() + 16)
        pager = QHBoxLayout(self._pager)
        pager.setContentsMargins(0, 0, 0, 0)
        pager.setSpacing(4)
        for tool, words in ((self.back, "Page before"), (self.on, "Page after")):
            tool.setAccessibleName(words)
            tool.setToolTip(words)
            tool.setAutoRaise(True)
        pager.addWidget(self.back)
        pager.addWidget(self.which)
        pager.addWidget(self.on)
        pager.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for each in (self.picture, self.text, self._pager, self.why):
            layout.addWidget(each)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in another theme."""
        self.back.setIcon(icon("chevron-left", theme, "text2"))
        self.on.setIcon(icon("chevron-right", theme, "text2"))

    def room(self, width: int) -> QSize:
        """Return the room for a picture in a panel so wide, in px of the device."""
        ratio = self.devicePixelRatioF()
        return QSize(round((width - 2) * ratio), round(TALLEST * ratio))

    def show_nothing(self) -> None:
        """Take no room."""
        self._preview = Preview()
        self.hide()

    def show_preview(self, preview: Preview, name: str) -> None:
        """Show what was read of a file."""
        self._preview = preview
        if preview.image is not None:
            self.picture.show_image(preview.image, name)
        self.text.setPlainText(preview.text)
        self.why.setText(preview.why)
        self.which.setText(f"Page {preview.page + 1} of {preview.pages}")
        self.back.setEnabled(preview.page > 0)
        self.on.setEnabled(preview.page + 1 < preview.pages)
        self.picture.setVisible(preview.image is not None)
        self.text.setVisible(bool(preview.text))
        self.why.setVisible(bool(preview.why))
        self._pager.setVisible(preview.pages > 1)
        self.show()

    def _on_back(self) -> None:
        self.page_wanted.emit(self._preview.page - 1)

    def _on_forward(self) -> None:
        self.page_wanted.emit(self._preview.page + 1)
