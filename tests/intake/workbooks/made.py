"""Workbooks made by hand, as different programs write them."""
import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(*sheets: str, names=(), states=(), strings: str = "", styles: str = "", book: str = "", main: str = MAIN,
         prefix: str = "") -> bytes:
    """A workbook of the XML within the sheets (`<sheetData>…`), all visible unless `states` says otherwise."""
    p, x = (f"{prefix}:", f'xmlns:{prefix}="{main}"') if prefix else ("", f'xmlns="{main}"')
    entries = "".join(
        f'<{p}sheet name="{names[n] if n < len(names) else f"Hoja{n + 1}"}" sheetId="{n + 1}" '
        f'state="{states[n] if n < len(states) else "visible"}" r:id="rId{n + 1}"/>' for n in range(len(sheets)))
    links = "".join(f'<Relationship Id="rId{n + 1}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n + 1}.xml"/>'
                    for n in range(len(sheets)))
    links += f'<Relationship Id="rIdS" Type="{LINKS}/sharedStrings" Target="/xl/sharedStrings.xml"/>' if strings else ""
    links += f'<Relationship Id="rIdF" Type="{LINKS}/styles" Target="styles.xml"/>' if styles else ""
    relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{n + 1}.xml" ContentType="application/vnd.openxmlformats-'
                    'officedocument.spreadsheetml.worksheet+xml"/>' for n in range(len(sheets)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>'))
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{relationships}"><Relationship Id="rId1" '
                                        f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        archive.writestr("xl/workbook.xml", f'<{p}workbook {x} xmlns:r="{LINKS}">{book}<{p}sheets>{entries}</{p}sheets>'
                                            f"</{p}workbook>")
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{relationships}">{links}</Relationships>')
        for n, sheet in enumerate(sheets, 1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", f"<{p}worksheet {x}>{sheet}</{p}worksheet>")
        if strings:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
        if styles:
            archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{main}">{styles}</styleSheet>')
    return file.getvalue()


def rows(*rows, attributes=None, prefix: str = "") -> str:
    """A sheet's data of rows of cells: texts, or whole `<c …>` elements; `attributes`: {line: attributes of the row}."""
    p = f"{prefix}:" if prefix else ""
    said = []
    for line, row in enumerate(rows, 1):
        cells = "".join(
            cell if cell.startswith(f"<{p}c ") else
            f'<{p}c r="{chr(65 + at)}{line}" t="inlineStr"><{p}is><{p}t>{cell}</{p}t></{p}is></{p}c>' if cell else ""
            for at, cell in enumerate(row))
        said.append(f'<{p}row r="{line}" {(attributes or {}).get(line, "")}>{cells}</{p}row>')
    return f"<{p}sheetData>{''.join(said)}</{p}sheetData>"


OFFICE = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                  for name in ("office", "table", "text", "style", "draw"))


def ods(tables: str, styles: str = "") -> bytes:
    """A workbook as LibreOffice writes it, of its `<table:table>`s."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {OFFICE}><office:automatic-styles>{styles}"
                                        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
                                        "</office:spreadsheet></office:body></office:document-content>")
    return file.getvalue()


def ods_cell(said: str = "", attributes: str = "") -> str:
    """A cell with a paragraph."""
    return f"<table:table-cell {attributes}>{f'<text:p>{said}</text:p>' if said else ''}</table:table-cell>"
