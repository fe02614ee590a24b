import type { NoticeEntry, NoticeSection, NoticeSheet } from '../app/notices/noticeSheet.ts'
import type { CertificateFonts } from './certificateFonts.ts'
import { widthOf, wrapped } from './typesetting.ts'

export type Tone = 'ink' | 'red' | 'grey' | 'hair'
export type Weight = 'regular' | 'bold'

/** One thing to draw. `y` is the top of a line of text; all in units of the sheet. */
export type Mark =
  | { kind: 'text'; x: number; y: number; size: number; weight: Weight; tone: Tone; text: string }
  | { kind: 'bar'; x: number; y: number; width: number; height: number; tone: Tone }
  | { kind: 'frame'; x: number; y: number; width: number; height: number; tone: Tone }
  | { kind: 'code'; x: number; y: number; size: number }

export interface LaidPage {
  marks: Mark[]
  height: number
}

/** What a notice is laid out on. All type is a multiple of `body`. */
export interface SheetForm {
  width: number
  /** Null: one page, as long as it gets. */
  height: number | null
  margin: number
  body: number
  /** Width of the column of labels; 0: a label stands above its text. */
  labels: number
}

/** A4 in points. Body 17: people of 65 read 16 and more without their glasses at arm's length. */
export const a4Form: SheetForm = { width: 595.28, height: 841.89, margin: 52, body: 17, labels: 102 }

/** A phone's width in the pixels of its picture: the body is as large as in the chat itself. */
export const pictureForm: SheetForm = { width: 750, height: null, margin: 42, body: 36, labels: 0 }

const LEADING = 1.5
const HEADING = 1.24
const TITLE = 1.65

interface Pen {
  form: SheetForm
  fonts: CertificateFonts
  pages: Mark[][]
  y: number
}

/** Sets a notice on as many pages as it takes; a heading never stands alone at the foot of one. */
export function layNotice(sheet: NoticeSheet, form: SheetForm, fonts: CertificateFonts): LaidPage[] {
  const pen: Pen = { form, fonts, pages: [[]], y: form.margin }
  layHead(pen, sheet)
  for (const section of sheet.sections) laySection(pen, section)
  layFoot(pen, sheet)
  const long = form.height === null ? pen.y + form.margin : form.height
  return pen.pages.map(marks => ({ marks, height: long }))
}

function layHead(pen: Pen, { title, number, issuedOn }: NoticeSheet): void {
  const { form } = pen
  const size = titleSize(pen, title)
  for (const text of linesOf(pen, title, size, 'bold', innerWidth(form))) {
    put(pen, text, { x: centre(pen, text, size), size, weight: 'bold', tone: 'red' })
  }
  pen.y += form.body * 0.3
  for (const text of linesOf(pen, `${number}　${issuedOn}`, form.body, 'regular', innerWidth(form))) {
    put(pen, text, { x: centre(pen, text, form.body), size: form.body, weight: 'regular', tone: 'ink' })
  }
  mark(pen, {
    kind: 'bar',
    x: form.margin,
    y: pen.y + form.body * 0.4,
    width: innerWidth(form),
    height: 2,
    tone: 'red',
  })
  pen.y += form.body * 0.9
}

/** As large as fits on one line, but never smaller than a heading. */
function titleSize({ form, fonts }: Pen, title: string): number {
  const wanted = form.body * TITLE
  const share = innerWidth(form) / widthOf(title, { size: wanted, faces: fonts.bold })
  return Math.max(form.body * HEADING, wanted * Math.min(1, share * 0.99))
}

function laySection(pen: Pen, { heading, numbered, entries }: NoticeSection): void {
  const { form } = pen
  const size = form.body * HEADING
  const first = entries[0]
  room(pen, size * LEADING + form.body * 0.8 + (first ? entryHeight(pen, first, numbered) : 0))
  pen.y += form.body * 0.5
  const top = pen.y
  mark(pen, { kind: 'bar', x: form.margin, y: top, width: form.body * 0.3, height: size * 1.1, tone: 'red' })
  for (const text of linesOf(pen, heading, size, 'bold', innerWidth(form) - form.body)) {
    put(pen, text, { x: form.margin + form.body * 0.7, size, weight: 'bold', tone: 'ink' })
  }
  pen.y += form.body * 0.15
  entries.forEach((entry, n) => layEntry(pen, entry, numbered ? `${n + 1}.` : null))
}

interface SetEntry {
  label: string[]
  text: string[]
  notes: string[]
  textX: number
  stacked: boolean
}

function setEntry(pen: Pen, { label, text, notes }: NoticeEntry, numbered: boolean): SetEntry {
  const { form } = pen
  const indent = numbered ? form.body * 1.9 : label !== null && form.labels > 0 ? form.labels : 0
  const width = innerWidth(form) - indent
  const column = form.labels > 0 ? form.labels - form.body * 0.4 : innerWidth(form)
  return {
    label: label === null ? [] : linesOf(pen, label, form.body, 'regular', column),
    text: linesOf(pen, text, form.body, numbered || label === null ? 'bold' : 'regular', width),
    notes: notes.flatMap(note => linesOf(pen, note, form.body, 'regular', width)),
    textX: form.margin + indent,
    stacked: form.labels === 0,
  }
}

function entryHeight(pen: Pen, entry: NoticeEntry, numbered: boolean): number {
  const { label, text, notes, stacked } = setEntry(pen, entry, numbered)
  const lines = stacked ? label.length + text.length : Math.max(label.length, text.length)
  // A long one may break after its third line.
  return Math.min(lines + notes.length, 3) * pen.form.body * LEADING
}

function layEntry(pen: Pen, entry: NoticeEntry, count: string | null): void {
  const { form } = pen
  const { label, text, notes, textX, stacked } = setEntry(pen, entry, count !== null)
  room(pen, entryHeight(pen, entry, count !== null))
  const weight = count !== null || entry.label === null ? 'bold' : 'regular'
  if (count !== null) {
    mark(pen, { kind: 'text', x: form.margin, y: pen.y, size: form.body, weight: 'bold', tone: 'ink', text: count })
  }
  if (stacked) {
    for (const line of label) put(pen, line, { x: form.margin, size: form.body, weight: 'regular', tone: 'grey' })
  } else {
    label.forEach((line, n) => {
      const y = pen.y + n * form.body * LEADING
      mark(pen, { kind: 'text', x: form.margin, y, size: form.body, weight: 'regular', tone: 'grey', text: line })
    })
  }
  const top = pen.y
  const page = pen.pages.length
  for (const line of text) put(pen, line, { x: textX, size: form.body, weight, tone: 'ink' })
  for (const line of notes) put(pen, line, { x: textX, size: form.body, weight: 'regular', tone: 'ink' })
  // A label of several lines beside a short text.
  if (!stacked && page === pen.pages.length) pen.y = Math.max(pen.y, top + label.length * form.body * LEADING)
  pen.y += form.body * 0.35
}

const CODE = 6.4
const STAMP = { width: 10.5, height: 7.6 }

/** Code, place for the stamp, receipt: together on one page. */
function layFoot(pen: Pen, { office, issuedOn, stamp, receipt, online }: NoticeSheet): void {
  const { form } = pen
  const { body, margin } = form
  const code = body * CODE
  const caption = linesOf(pen, online, body, 'regular', innerWidth(form) - STAMP.width * body - body)
  const block = Math.max(code + caption.length * body * LEADING, STAMP.height * body) + body * 5.5
  room(pen, block)
  pen.y += body * 0.8
  const top = pen.y
  mark(pen, { kind: 'bar', x: margin, y: top - body * 0.4, width: innerWidth(form), height: 1, tone: 'hair' })
  mark(pen, { kind: 'code', x: margin, y: top, size: code })
  caption.forEach((text, n) => {
    const y = top + code + body * (0.3 + n * LEADING)
    mark(pen, { kind: 'text', x: margin, y, size: body, weight: 'regular', tone: 'grey', text })
  })
  layStamp(pen, { office, issuedOn, stamp }, top)
  pen.y = top + Math.max(code + body * (0.5 + caption.length * LEADING), STAMP.height * body) + body * 0.6
  for (const line of linesOf(pen, receipt, body, 'regular', innerWidth(form))) {
    put(pen, line, { x: margin, size: body, weight: 'regular', tone: 'ink' })
  }
}

function layStamp(
  pen: Pen,
  { office, issuedOn, stamp }: Pick<NoticeSheet, 'office' | 'issuedOn' | 'stamp'>,
  top: number,
) {
  const { form } = pen
  const { body } = form
  const width = STAMP.width * body
  const x = form.width - form.margin - width
  mark(pen, { kind: 'frame', x, y: top, width, height: STAMP.height * body, tone: 'grey' })
  const lines = [...linesOf(pen, office, body, 'bold', width - body), issuedOn, stamp]
  lines.forEach((text, n) => {
    const tone = n === lines.length - 1 ? 'grey' : 'ink'
    const left = x + (width - widthOf(text, { size: body, faces: pen.fonts.regular })) / 2
    const y = top + body * (0.7 + n * LEADING)
    mark(pen, { kind: 'text', x: left, y, size: body, weight: 'regular', tone, text })
  })
}

const innerWidth = ({ width, margin }: SheetForm): number => width - 2 * margin

function linesOf({ fonts }: Pen, text: string, size: number, weight: Weight, width: number): string[] {
  return text.split('\n').flatMap(part => wrapped(part, { size, faces: fonts[weight], width }))
}

function centre({ form, fonts }: Pen, text: string, size: number): number {
  return (form.width - widthOf(text, { size, faces: fonts.bold })) / 2
}

function mark(pen: Pen, one: Mark): void {
  pen.pages.at(-1)?.push(one)
}

/** Room at the foot of a page for its number. */
const FOOTER = 2

/** Turns the page when this height does not fit on it. */
function room(pen: Pen, height: number): void {
  const { form } = pen
  if (form.height === null || pen.y + height <= form.height - form.margin - FOOTER * form.body) return
  pen.pages.push([])
  pen.y = form.margin
}

function put(pen: Pen, text: string, line: { x: number; size: number; weight: Weight; tone: Tone }): void {
  room(pen, line.size * LEADING)
  mark(pen, { kind: 'text', y: pen.y, text, ...line })
  pen.y += line.size * LEADING
}
