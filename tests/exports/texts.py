"""The words of a file, whatever its format."""
import io
import re

import docx
import openpyxl
import pypdf
from docx.text.paragraph import Paragraph


def of_docx(data: bytes) -> str:
    """Everything that is written in a DOCX, with its tables."""
    document, found = docx.Document(io.BytesIO(data)), []
    for part in document.iter_inner_content():
        found += [part.text] if isinstance(part, Paragraph) else [cell.text for row in part.rows for cell in row.cells]
    return "\n".join(found)


def of_xlsx(data: bytes) -> str:
    """Every cell of every sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


def of_pdf(data: bytes) -> str:
    """The text of all pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def of_md(data: bytes) -> str:
    """Markdown as a reader shows it: escapes undone, line breaks joined."""
    text = re.sub(r"(?<!\\)&nbsp;", "", data.decode().replace("  \n", "\n"))
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


READERS = {"docx": of_docx, "xlsx": of_xlsx, "pdf": of_pdf, "md": of_md}


def squeezed(text: str) -> str:
    """Without spaces and line ends, which a page sets as it likes."""
    return re.sub(r"[\s\u00a0\u00ad\u200b\ufeff]+", "", text)
