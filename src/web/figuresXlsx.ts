import { strToU8, zipSync } from 'fflate'
import type { Cell, ExportTable, FigureExport } from './figureExport.ts'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * A workbook with one sheet for each table (ECMA-376, the least that Excel, WPS and LibreOffice read). Texts are inline
 * strings with the quote prefix, numbers are numbers, formulas there are none: nothing that somebody typed into a name is
 * ever run by a spreadsheet.
 */
export function figuresXlsx(content: FigureExport): Uint8Array {
  const names = sheetNames(content.tables)
  const sheets = content.tables.map(
    (table, n) => [`xl/worksheets/sheet${n + 1}.xml`, sheetXml(content, table)] as const,
  )
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbook(names),
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, n) => ['worksheet', `worksheets/sheet${n + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles,
    ...Object.fromEntries(sheets),
  }
  const zipped = Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(HEAD + xml)]))
  // The date of the entries would be the only thing that differs between two exports of the same numbers.
  return zipSync(zipped, { level: 6, mtime: '1980-01-01T00:00:00' })
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Numbers of the cell formats below, in their order. */
const style = { plain: 0, text: 1, head: 2, title: 3, count: 4, share: 5, points: 6 } as const

const styles = `<styleSheet xmlns="${MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts>
<fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEDE6DD"/></patternFill></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="7"><xf/>
<xf quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf fontId="1" fillId="2" quotePrefix="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
<xf fontId="2" quotePrefix="1" applyFont="1"/>
<xf numFmtId="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="164" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="165" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs>
</styleSheet>`

function contentTypes(sheets: number): string {
  const parts = [
    `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>`,
    `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>`,
    ...Array.from(
      { length: sheets },
      (_, n) => `<Override PartName="/xl/worksheets/sheet${n + 1}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`,
    ),
  ]
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const rows = targets.map(
    ([type, target], n) => `<Relationship Id="rId${n + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}/relationships">${rows.join('')}</Relationships>`
}

function workbook(names: string[]): string {
  const sheets = names.map((name, n) => `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`
}

/** At most 31 characters, none of those that Excel keeps for itself, none twice. */
function sheetNames(tables: readonly ExportTable[]): string[] {
  const taken = new Set<string>()
  return tables.map(({ title }, n) => {
    const plain = title
      .replace(/[[\]:：*?/\\]/g, ' ')
      .trim()
      .slice(0, 28)
    const name = taken.has(plain) ? `${plain} ${n + 1}` : plain
    taken.add(name)
    return name
  })
}

/** The width of a sheet in characters, shared out among the columns. */
const SHEET_WIDTH = 130

function sheetXml({ title, period, made }: FigureExport, table: ExportTable): string {
  const lines: { cells: Cell[]; as: 'title' | 'head' | null }[] = [
    { cells: [{ text: `${title}：${table.title}` }], as: 'title' },
    { cells: [{ text: `${period}　${made}` }], as: null },
    { cells: table.head.map(name => ({ text: name })), as: 'head' },
    ...table.rows.map(cells => ({ cells, as: null })),
    ...(table.foot === undefined ? [] : [{ cells: [{ text: table.foot }], as: null }]),
  ]
  const rows = lines.map(({ cells, as }, r) => {
    const drawn = cells.map((cell, c) => cellXml(cell, `${columnName(c)}${r + 1}`, as))
    return `<row r="${r + 1}">${drawn.join('')}</row>`
  })
  const columns = table.widths.map(
    (width, n) =>
      `<col min="${n + 1}" max="${n + 1}" width="${Math.max(10, (width / 100) * SHEET_WIDTH)}" customWidth="1"/>`,
  )
  const views =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="3" topLeftCell="A4" state="frozen"/></sheetView></sheetViews>'
  // Title and foot are as wide as the sheet.
  const wide = [1, 2, ...(table.foot === undefined ? [] : [rows.length])]
  const merged = wide.map(r => `<mergeCell ref="A${r}:${columnName(table.head.length - 1)}${r}"/>`)
  return `<worksheet xmlns="${MAIN}">${views}<cols>${columns.join('')}</cols><sheetData>${rows.join('')}</sheetData><mergeCells count="${merged.length}">${merged.join('')}</mergeCells></worksheet>`
}

function cellXml(cell: Cell, at: string, as: 'title' | 'head' | null): string {
  if ('number' in cell) return `<c r="${at}" s="${style[cell.as]}"><v>${cell.number}</v></c>`
  if (cell.text === '') return ''
  return `<c r="${at}" s="${style[as ?? 'text']}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.text)}</t></is></c>`
}

/** Our tables have fewer than 26 columns. */
function columnName(n: number): string {
  return String.fromCharCode(65 + n)
}

/** Characters that XML cannot hold are left out; none of ours has them. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
