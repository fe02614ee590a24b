import PDFDocument from 'pdfkit'
import type { Instant } from '../domain/world.ts'
import type { CertificateFonts } from './certificateFonts.ts'
import type { Cell, ExportTable, FigureExport } from './figureExport.ts'
import { bytesOf, centred, line, widthOf, wrapped, type Paper } from './typesetting.ts'

/** A4 across: nine columns do not fit upright. Points. */
const PAGE = { width: 841.89, height: 595.28 }
const MARGIN = 40
const WIDTH = PAGE.width - 2 * MARGIN
const BOTTOM = PAGE.height - 46
const INK = '#1b1b1d'
const GREY = '#5a5a60'
const RED = '#9c1f1f'
const HAIR = '#c9b8a8'
const BAND = '#f3ede6'
const BODY = { size: 8.5, line: 12.5, pad: 4 }

interface Sheet extends Paper {
  fonts: CertificateFonts
  content: FigureExport
  y: number
  page: number
}

/** The report for printing: every table with its head repeated on each page. */
export async function figuresPdf(
  content: FigureExport,
  { fonts, at }: { fonts: CertificateFonts; at: Instant },
): Promise<Uint8Array> {
  const made = new Date(at)
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: `${content.title} ${content.period}`, CreationDate: made, ModDate: made },
  })
  const whole = bytesOf(doc)
  const sheet: Sheet = { doc, names: new Map(), fonts, content, y: MARGIN, page: 1 }
  drawHead(sheet)
  for (const table of content.tables) drawTable(sheet, table)
  drawFoot(sheet)
  doc.end()
  return whole
}

function drawHead(sheet: Sheet): void {
  const { fonts, content } = sheet
  centred(sheet, content.title, { y: MARGIN, size: 20, faces: fonts.bold, colour: RED, spacing: 2 })
  centred(sheet, content.period, { y: MARGIN + 30, size: 11, faces: fonts.regular, colour: INK, spacing: 0 })
  sheet.y = MARGIN + 56
}

function drawFoot(sheet: Sheet): void {
  const { fonts, content, page } = sheet
  const small = { y: PAGE.height - 32, size: 7.5, faces: fonts.regular, colour: GREY }
  line(sheet, `${content.title}　${content.period}　${content.made}`, { ...small, x: MARGIN })
  const number = String(page)
  line(sheet, number, { ...small, x: PAGE.width - MARGIN - widthOf(number, small) })
}

function turnPage(sheet: Sheet): void {
  drawFoot(sheet)
  sheet.doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 })
  sheet.page += 1
  sheet.y = MARGIN
}

interface Column {
  x: number
  width: number
}

function columnsOf({ widths }: ExportTable): Column[] {
  const sum = widths.reduce((all, width) => all + width, 0)
  let x = MARGIN
  return widths.map(part => {
    const column = { x, width: (part / sum) * WIDTH }
    x += column.width
    return column
  })
}

type Row = string[][]

function setRow(sheet: Sheet, cells: readonly string[], columns: readonly Column[], bold: boolean): Row {
  const faces = bold ? sheet.fonts.bold : sheet.fonts.regular
  return cells.map((text, n) => {
    const width = (columns[n]?.width ?? 0) - 2 * BODY.pad
    return wrapped(text, { size: BODY.size, faces, width })
  })
}

const heightOf = (row: Row) => Math.max(...row.map(lines => lines.length)) * BODY.line + 2 * BODY.pad

function drawTable(sheet: Sheet, table: ExportTable): void {
  const columns = columnsOf(table)
  const head = setRow(sheet, table.head, columns, true)
  const rows = table.rows.map(cells => setRow(sheet, cells.map(printed), columns, false))
  const [first] = rows
  // A title never stands alone at the foot of a page.
  if (sheet.y + 24 + heightOf(head) + (first ? heightOf(first) : 0) > BOTTOM) turnPage(sheet)
  line(sheet, table.title, { x: MARGIN, y: sheet.y, size: 12, faces: sheet.fonts.bold, colour: INK })
  sheet.y += 20
  drawRow(sheet, head, columns, true)
  for (const row of rows) {
    if (sheet.y + heightOf(row) > BOTTOM) {
      turnPage(sheet)
      drawRow(sheet, head, columns, true)
    }
    drawRow(sheet, row, columns, false)
  }
  drawNote(sheet, table.foot)
  sheet.y += 16
}

function drawNote(sheet: Sheet, note: string | undefined): void {
  if (note === undefined) return
  const type = { size: 8, faces: sheet.fonts.regular, colour: GREY }
  const lines = wrapped(note, { ...type, width: WIDTH })
  if (sheet.y + lines.length * 12 + 4 > BOTTOM) turnPage(sheet)
  lines.forEach((text, n) => line(sheet, text, { ...type, x: MARGIN, y: sheet.y + 4 + n * 12 }))
  sheet.y += 4 + lines.length * 12
}

function drawRow(sheet: Sheet, row: Row, columns: readonly Column[], isHead: boolean): void {
  const height = heightOf(row)
  const { regular, bold } = sheet.fonts
  if (isHead) sheet.doc.rect(MARGIN, sheet.y, WIDTH, height).fill(BAND)
  row.forEach((lines, n) => {
    const x = (columns[n]?.x ?? MARGIN) + BODY.pad
    lines.forEach((text, i) =>
      line(sheet, text, {
        ...{ x, y: sheet.y + BODY.pad + i * BODY.line, size: BODY.size, colour: INK },
        faces: isHead ? bold : regular,
      }),
    )
  })
  sheet.y += height
  sheet.doc
    .lineWidth(0.4)
    .moveTo(MARGIN, sheet.y)
    .lineTo(MARGIN + WIDTH, sheet.y)
    .stroke(HAIR)
}

function printed(cell: Cell): string {
  if ('text' in cell) return cell.text
  switch (cell.as) {
    case 'share':
      return `${(cell.number * 100).toFixed(1)}%`
    case 'points':
      return cell.number.toFixed(Number.isInteger(cell.number) ? 0 : 2)
    case 'count':
      return String(cell.number)
  }
}
