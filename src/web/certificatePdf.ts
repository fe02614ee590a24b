import type { Font } from 'fontkit'
import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'
import type { CertificatePrint } from '../app/app.ts'
import { maskIdentityNumber } from '../domain/mask.ts'
import { shanghaiDate, type LocalDate } from '../domain/world.ts'
import { runsOf, type CertificateFonts, type Face } from './certificateFonts.ts'
import type { Text } from './deps.ts'

export interface PrintShop {
  fonts: CertificateFonts
  text: Text
  /** Address behind the QR code. */
  verifyUrl: string
}

/** A4 in points; the frame leaves 16 mm, what common printers need is 5. */
const PAGE = { width: 595.28, height: 841.89 }
const FRAME = 45
const LEFT = 82
const RIGHT = PAGE.width - LEFT
const LABEL_WIDTH = 112
const INK = '#1b1b1d'
const RED = '#9c1f1f'
const GREY = '#5a5a60'
const HAIR = '#c9b8a8'

/** The 登记凭证 as PDF. Chinese whatever the reader's language: it is the document itself. */
export async function renderCertificatePdf(print: CertificatePrint, shop: PrintShop): Promise<Uint8Array> {
  const { certificate } = print
  const words = (key: string, values = {}) => shop.text('zh-CN', `web.certificate.${key}`, values)
  const issued = new Date(certificate.issuedAt)
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: `${certificate.title} ${certificate.number}`,
      Author: print.officeName,
      CreationDate: issued,
      ModDate: issued,
    },
  })
  const chunks: Uint8Array[] = []
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  const sheet: Sheet = { doc, names: new Map(), shop, words }
  drawFrame(sheet)
  drawHead(sheet, print)
  const end = rowsOf(print, words).reduce((y, row) => drawRow(sheet, row, y), 250)
  drawNotes(sheet, print, end + 16)
  drawProof(sheet, print)
  doc.end()
  return whole
}

interface Sheet {
  doc: PDFKit.PDFDocument
  names: Map<Face, string>
  shop: PrintShop
  words(key: string, values?: Record<string, string>): string
}

interface Row {
  label: string
  value: string
}

function rowsOf({ certificate, content, applicationNumber }: CertificatePrint, words: Sheet['words']): Row[] {
  const rows: [string, string | null][] = [
    ['applicant', content.applicantName],
    ['role', words(`role-${content.registrant}`)],
    ['idNumber', maskIdentityNumber(content.applicantId)],
    ['proxy', content.proxy && `${content.proxy.name}（${content.proxy.relation}）`],
    ['stage', words(`stage-${content.stage}`)],
    [content.stage === 'born' ? 'birthDate' : 'dueDate', chineseDate(content.birthDate)],
    ['childName', content.childName],
    ['region', content.regionName],
    ['applicationNumber', applicationNumber],
    ['issuedOn', chineseDate(shanghaiDate(certificate.issuedAt))],
  ]
  return rows.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ label: words(key), value }]))
}

function chineseDate(day: LocalDate): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}

function drawFrame({ doc }: Sheet): void {
  const box = (inset: number, width: number, colour: string) =>
    doc
      .lineWidth(width)
      .rect(inset, inset, PAGE.width - 2 * inset, PAGE.height - 2 * inset)
      .stroke(colour)
  box(FRAME, 2.2, RED)
  box(FRAME + 6, 0.6, HAIR)
}

function drawHead(sheet: Sheet, { certificate }: CertificatePrint): void {
  const { bold, regular } = sheet.shop.fonts
  const titleSize = certificate.title.length > 12 ? 24 : 32
  centred(sheet, certificate.title, { y: 112, size: titleSize, faces: bold, colour: RED, spacing: 4 })
  centred(sheet, sheet.words('number', { number: certificate.number }), {
    y: 172,
    size: 13,
    faces: regular,
    colour: INK,
    spacing: 0,
  })
  sheet.doc.lineWidth(0.8).moveTo(LEFT, 215).lineTo(RIGHT, 215).stroke(RED)
}

const ROW_SIZE = 13
const LINE = 21

/** Draws one row and answers where the next begins. */
function drawRow(sheet: Sheet, { label, value }: Row, y: number): number {
  const { regular, bold } = sheet.shop.fonts
  line(sheet, label, { x: LEFT, y, size: ROW_SIZE, faces: regular, colour: GREY })
  const lines = wrapped(value, { size: ROW_SIZE, faces: bold, width: RIGHT - LEFT - LABEL_WIDTH })
  lines.forEach((text, n) =>
    line(sheet, text, { x: LEFT + LABEL_WIDTH, y: y + n * LINE, size: ROW_SIZE, faces: bold, colour: INK }),
  )
  const end = y + lines.length * LINE + 6
  sheet.doc
    .lineWidth(0.4)
    .moveTo(LEFT, end - 4)
    .lineTo(RIGHT, end - 4)
    .stroke(HAIR)
  return end + 6
}

function drawNotes(sheet: Sheet, { note }: CertificatePrint, top: number): void {
  const faces = sheet.shop.fonts.regular
  const notes = [sheet.words('notHousehold'), ...(note === null ? [] : [note])]
  const lines = notes.flatMap(text => wrapped(text, { size: 10.5, faces, width: RIGHT - LEFT }))
  lines.forEach((text, n) => line(sheet, text, { x: LEFT, y: top + n * 17, size: 10.5, faces, colour: GREY }))
}

const QR_SIZE = 104
const PROOF_TOP = 640

/** Left: how to check it. Right: who issued it. */
function drawProof(sheet: Sheet, { checkCode, officeName }: CertificatePrint): void {
  const { regular, bold } = sheet.shop.fonts
  drawQr(sheet, LEFT, PROOF_TOP)
  const x = LEFT + QR_SIZE + 16
  const width = RIGHT - x
  const small = { x, size: 9.5, faces: regular, colour: GREY }
  line(sheet, sheet.words('howToVerify'), { ...small, y: PROOF_TOP + 4 })
  line(sheet, sheet.words('checkCode', { code: spaced(checkCode) }), {
    x,
    y: PROOF_TOP + 22,
    size: 11.5,
    faces: bold,
    colour: INK,
  })
  wrapped(sheet.shop.verifyUrl, { size: 8.5, faces: regular, width }).forEach((text, n) =>
    line(sheet, text, { ...small, size: 8.5, y: PROOF_TOP + 44 + n * 12 }),
  )
  const office = wrapped(sheet.words('office', { office: officeName }), { size: 12, faces: bold, width })
  office.forEach((text, n) => line(sheet, text, { x, y: PROOF_TOP + 82 + n * 16, size: 12, faces: bold, colour: INK }))
  centred(sheet, sheet.words('electronic'), { y: 772, size: 8.5, faces: regular, colour: GREY, spacing: 0 })
}

/** Groups of five are read aloud more safely. */
function spaced(code: string): string {
  return code.replace(/(.{5})(?=.)/g, '$1 ')
}

function drawQr({ doc, shop }: Sheet, left: number, top: number): void {
  const { modules } = QRCode.create(shop.verifyUrl, { errorCorrectionLevel: 'M' })
  const side = QR_SIZE / modules.size
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      // A hair of overlap: without it viewers show white lines between the squares.
      if (modules.get(row, column)) doc.rect(left + column * side, top + row * side, side + 0.05, side + 0.05)
    }
  }
  doc.fill(INK)
}

interface Type {
  size: number
  faces: readonly Face[]
}

function widthOf(text: string, { size, faces }: Type, spacing = 0): number {
  const signs = runsOf(text, faces).flatMap(({ text: run, face }) =>
    Array.from(run, sign => ({ sign, font: face.font() })),
  )
  const advance = ({ sign, font }: (typeof signs)[number]) =>
    (font.glyphForCodePoint(sign.codePointAt(0) ?? 0).advanceWidth / font.unitsPerEm) * size + spacing
  return signs.reduce((sum, sign) => sum + advance(sign), 0)
}

/** Chinese breaks anywhere but before closing marks; numbers and codes stay whole where they fit on a line. */
function wrapped(text: string, type: Type & { width: number }): string[] {
  const lines = ['']
  for (const word of text.match(/[!-~]+|[^!-~][，。；：、！？）》」』]*/gu) ?? []) {
    const pieces = widthOf(word, type) > type.width ? Array.from(word) : [word]
    for (const piece of pieces) {
      const line = lines.at(-1) ?? ''
      if (line !== '' && widthOf(line + piece, type) > type.width) lines.push(piece)
      else lines[lines.length - 1] = line + piece
    }
  }
  return lines
}

interface Place extends Type {
  y: number
  colour: string
}

function centred(sheet: Sheet, text: string, place: Place & { spacing: number }): void {
  const x = (PAGE.width - widthOf(text, place, place.spacing) + place.spacing) / 2
  line(sheet, text, { ...place, x })
}

function line(
  { doc, names }: Sheet,
  text: string,
  { x, y, size, faces, colour, spacing = 0 }: Place & { x: number; spacing?: number },
): void {
  let at = x
  doc.fillColor(colour)
  for (const run of runsOf(text, faces)) {
    doc
      .font(nameOf(doc, names, run.face), size)
      .text(run.text, at, y, { lineBreak: false, characterSpacing: spacing, baseline: 'top' })
    at += widthOf(run.text, { size, faces: [run.face] }, spacing)
  }
}

// pdfkit takes opened fonts; registered under a name each is embedded once.
function nameOf(doc: PDFKit.PDFDocument, names: Map<Face, string>, face: Face): string {
  const known = names.get(face)
  if (known !== undefined) return known
  const name = `face-${names.size}`
  doc.registerFont(name, face.font())
  names.set(face, name)
  return name
}

declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      /** Missing in the published types: pdfkit 0.20 also takes a font that fontkit has opened. */
      registerFont(name: string, src: Font): this
    }
  }
}
