import type { Font } from 'fontkit'
import QRCode from 'qrcode'
import { runsOf, type Face } from './certificateFonts.ts'

/** A document being set, with the names under which its faces are registered. */
export interface Paper {
  doc: PDFKit.PDFDocument
  names: Map<Face, string>
}

/** Collects what a document writes; ready when it has ended. To be called before anything is drawn. */
export function bytesOf(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
}

/** Size in points and the faces to ask, in order. */
export interface Type {
  size: number
  faces: readonly Face[]
}

export function widthOf(text: string, { size, faces }: Type, spacing = 0): number {
  const signs = runsOf(text, faces).flatMap(({ text: run, face }) =>
    Array.from(run, sign => ({ sign, font: face.font() })),
  )
  const advance = ({ sign, font }: (typeof signs)[number]) =>
    (font.glyphForCodePoint(sign.codePointAt(0) ?? 0).advanceWidth / font.unitsPerEm) * size + spacing
  return signs.reduce((sum, sign) => sum + advance(sign), 0)
}

/** Chinese breaks anywhere but before closing marks and after opening ones; numbers and codes stay whole where they fit on a line. */
export function wrapped(text: string, type: Type & { width: number }): string[] {
  const lines = ['']
  for (const word of text.match(/[（《「『“‘〔【]*(?:[!-~]+|[^!-~])[，。；：、！？）》」』”’〕】]*/gu) ?? []) {
    const pieces = widthOf(word, type) > type.width ? Array.from(word) : [word]
    for (const piece of pieces) {
      const last = lines.at(-1) ?? ''
      if (last !== '' && widthOf(last + piece, type) > type.width) lines.push(piece)
      else lines[lines.length - 1] = last + piece
    }
  }
  return lines
}

export interface Place extends Type {
  y: number
  colour: string
}

export function centred(sheet: Paper, text: string, place: Place & { spacing: number }): void {
  const x = (sheet.doc.page.width - widthOf(text, place, place.spacing) + place.spacing) / 2
  line(sheet, text, { ...place, x })
}

/** Where the baseline lies below the top of a line. Faces differ in their own idea of it; one line has one. */
export const ASCENT = 0.88

export function line(
  { doc, names }: Paper,
  text: string,
  { x, y, size, faces, colour, spacing = 0 }: Place & { x: number; spacing?: number },
): void {
  let at = x
  doc.fillColor(colour)
  for (const run of runsOf(text, faces)) {
    doc
      .font(nameOf(doc, names, run.face), size)
      .text(run.text, at, y + ASCENT * size, { lineBreak: false, characterSpacing: spacing, baseline: 'alphabetic' })
    at += widthOf(run.text, { size, faces: [run.face] }, spacing)
  }
}

/** A QR code with its upper left corner at `x`, `y`. */
export function drawQr(
  { doc }: Paper,
  text: string,
  { x, y, size, colour }: { x: number; y: number; size: number; colour: string },
): void {
  // A hair of overlap: without it viewers show white lines between the squares.
  for (const square of squaresOf(text, size)) {
    doc.rect(x + square.x, y + square.y, square.side + 0.05, square.side + 0.05)
  }
  doc.fill(colour)
}

/** The dark squares of a QR code of this size. */
export function squaresOf(text: string, size: number): { x: number; y: number; side: number }[] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const side = size / modules.size
  const rows = Array.from({ length: modules.size }, (_, n) => n)
  return rows.flatMap(row =>
    rows.filter(column => modules.get(row, column)).map(column => ({ x: column * side, y: row * side, side })),
  )
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
