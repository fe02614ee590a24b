import PDFDocument from 'pdfkit'
import type { CertificatePrint } from '../app/app.ts'
import { documentOf } from '../domain/certificateRegister.ts'
import { maskIdentityNumber } from '../domain/mask.ts'
import { shanghaiDate, type LocalDate } from '../domain/world.ts'
import type { CertificateFonts } from './certificateFonts.ts'
import type { Text } from './deps.ts'
import { bytesOf, centred, drawQr, line, widthOf, wrapped, type Paper } from './typesetting.ts'

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
/** Labels from old books may be long: they break before they touch the value. */
const LABEL_GAP = 10
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
      Title: [certificate.title, certificate.number, ...markOf(print, words)].join(' '),
      Author: print.officeName,
      CreationDate: issued,
      ModDate: issued,
    },
  })
  const whole = bytesOf(doc)
  const sheet: Sheet = { doc, names: new Map(), shop, words }
  drawFrame(sheet)
  drawHead(sheet, print)
  drawBody(sheet, print)
  drawProof(sheet, print)
  drawMark(sheet, print)
  doc.end()
  return whole
}

interface Sheet extends Paper {
  shop: PrintShop
  words(key: string, values?: Record<string, string>): string
}

interface Row {
  label: string
  value: string
}

function rowsOf({ certificate, application, lines }: CertificatePrint, words: Sheet['words']): Row[] {
  const { content } = application
  const row = (key: string, value: string | null): Row[] => (value ? [{ label: words(key), value }] : [])
  const registers = documentOf(application) === 'birthRegistrationProof'
  return [
    ...row(registers ? 'applicant' : 'holder', content.applicantName),
    ...row('idNumber', maskIdentityNumber(content.applicantId)),
    ...row('proxy', content.proxy && `${content.proxy.name}（${content.proxy.relation}）`),
    ...lines,
    ...row(registers ? 'region' : 'place', content.regionName),
    ...row('applicationNumber', application.number),
    ...row('issuedOn', chineseDate(shanghaiDate(certificate.issuedAt))),
  ]
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

/** What is said of a certificate that is no longer in force, line by line; nothing of one that is. */
function markOf({ certificate, supersededBy }: CertificatePrint, words: Sheet['words']): string[] {
  switch (certificate.status) {
    case 'valid':
      return []
    case 'revoked':
      return [words('revoked')]
    case 'superseded':
      return [words('superseded'), ...(supersededBy === null ? [] : [words('successor', { number: supersededBy })])]
  }
}

/** Type of the mark in points: its longest line fills the page from corner to corner. */
const MARK = { most: 130, tilt: -35, room: 620, opacity: 0.3 }

/** Across the page and over everything, so that no copy of a part of it looks like one in force. */
function drawMark(sheet: Sheet, print: CertificatePrint): void {
  const lines = markOf(print, sheet.words)
  if (lines.length === 0) return
  const { doc, shop } = sheet
  const faces = shop.fonts.bold
  const widest = Math.max(...lines.map(text => widthOf(text, { size: 1, faces })))
  const size = Math.min(MARK.most, MARK.room / widest)
  const middle = PAGE.height / 2
  doc.save()
  doc.rotate(MARK.tilt, { origin: [PAGE.width / 2, middle] }).fillOpacity(MARK.opacity)
  const top = middle - (lines.length * size * 1.3) / 2
  lines.forEach((text, n) => centred(sheet, text, { y: top + n * size * 1.3, size, faces, colour: RED, spacing: 0 }))
  doc.restore()
}

function drawHead(sheet: Sheet, print: CertificatePrint): void {
  const { certificate } = print
  const { bold, regular } = sheet.shop.fonts
  const titleSize = certificate.title.length > 12 ? 24 : 32
  centred(sheet, certificate.title, { y: 100, size: titleSize, faces: bold, colour: RED, spacing: 4 })
  centred(sheet, sheet.words('number', { number: certificate.number }), {
    y: 162,
    size: 13,
    faces: regular,
    colour: INK,
    spacing: 0,
  })
  const mark = markOf(print, sheet.words)
  if (mark.length > 0) {
    centred(sheet, mark.join('：'), { y: 182, size: 13, faces: bold, colour: RED, spacing: 0 })
  }
  sheet.doc.lineWidth(0.8).moveTo(LEFT, 204).lineTo(RIGHT, 204).stroke(RED)
}

const BODY_TOP = 226
/** Type of the body at scale 1, in points. */
const ROW = { size: 13, line: 20, gap: 11 }
const NOTE = { size: 10.5, line: 17, gap: 14 }
/** A long name, a proxy and three lines of note still fit at 0.92; the last is for what nobody has thought of. */
const SCALES = [1.08, 1, 0.92, 0.84, 0.76, 0.68]
const LAST_SCALE = 0.6

interface Body {
  scale: number
  rows: { labels: string[]; lines: string[] }[]
  notes: string[]
  height: number
}

function setBody({ shop, words }: Sheet, print: CertificatePrint, scale: number): Body {
  const { regular, bold } = shop.fonts
  const valueWidth = RIGHT - LEFT - LABEL_WIDTH
  const rows = rowsOf(print, words).map(({ label, value }) => ({
    labels: wrapped(label, { size: ROW.size * scale, faces: regular, width: LABEL_WIDTH - LABEL_GAP }),
    lines: wrapped(value, { size: ROW.size * scale, faces: bold, width: valueWidth }),
  }))
  const notes = print.notes.flatMap(text =>
    wrapped(text, { size: NOTE.size * scale, faces: regular, width: RIGHT - LEFT }),
  )
  const rowsHeight = rows.reduce((sum, row) => sum + linesOf(row) * ROW.line + ROW.gap, 0)
  return { scale, rows, notes, height: (rowsHeight + NOTE.gap + notes.length * NOTE.line) * scale }
}

/** The largest type in which rows and notes stay above the proof. */
function fitting(sheet: Sheet, print: CertificatePrint): Body {
  for (const scale of SCALES) {
    const body = setBody(sheet, print, scale)
    if (BODY_TOP + body.height <= PROOF_TOP - NOTE.gap) return body
  }
  return setBody(sheet, print, LAST_SCALE)
}

function drawBody(sheet: Sheet, print: CertificatePrint): void {
  const body = fitting(sheet, print)
  const { scale } = body
  const end = body.rows.reduce((y, row) => drawRow(sheet, row, { y, scale }), BODY_TOP)
  const type = { x: LEFT, size: NOTE.size * scale, faces: sheet.shop.fonts.regular, colour: GREY }
  body.notes.forEach((text, n) => line(sheet, text, { ...type, y: end + (NOTE.gap + n * NOTE.line) * scale }))
}

const linesOf = ({ labels, lines }: Body['rows'][number]): number => Math.max(labels.length, lines.length)

/** Draws one row and answers where the next begins. */
function drawRow(sheet: Sheet, row: Body['rows'][number], { y, scale }: { y: number; scale: number }): number {
  const { regular, bold } = sheet.shop.fonts
  const size = ROW.size * scale
  row.labels.forEach((text, n) =>
    line(sheet, text, { x: LEFT, y: y + n * ROW.line * scale, size, faces: regular, colour: GREY }),
  )
  row.lines.forEach((text, n) =>
    line(sheet, text, { x: LEFT + LABEL_WIDTH, y: y + n * ROW.line * scale, size, faces: bold, colour: INK }),
  )
  const end = y + linesOf(row) * ROW.line * scale
  sheet.doc.lineWidth(0.4).moveTo(LEFT, end).lineTo(RIGHT, end).stroke(HAIR)
  return end + ROW.gap * scale
}

const QR_SIZE = 104
const PROOF_TOP = 648

/** Left: how to check it. Right: who issued it. */
function drawProof(sheet: Sheet, { checkCode, officeName }: CertificatePrint): void {
  const { regular, bold } = sheet.shop.fonts
  drawQr(sheet, sheet.shop.verifyUrl, { x: LEFT, y: PROOF_TOP, size: QR_SIZE, colour: INK })
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
