import type { NoticeSheet } from '../app/notices/noticeSheet.ts'
import { runsOf, type CertificateFonts } from './certificateFonts.ts'
import { blankPicture, fillPath, fillRectangle, type Picture } from './ink.ts'
import { layNotice, pictureForm, type Mark, type Tone } from './noticeLayout.ts'
import { tones } from './noticePdf.ts'
import { pngFile } from './pngFile.ts'
import { ASCENT, squaresOf } from './typesetting.ts'

const toneNames: readonly Tone[] = ['ink', 'red', 'grey', 'hair']
const toneNumber = (tone: Tone): number => toneNames.indexOf(tone)

/** The notice as one long picture for the chat, as wide as a phone and in large type. */
export async function renderNoticePng(
  sheet: NoticeSheet,
  { fonts, pageUrl }: { fonts: CertificateFonts; pageUrl: string },
): Promise<Uint8Array> {
  const [page] = layNotice(sheet, pictureForm, fonts)
  if (!page) throw new Error('a notice without a page')
  const picture = blankPicture(pictureForm.width, Math.ceil(page.height))
  for (const mark of page.marks) draw(picture, mark, { fonts, pageUrl })
  return pngFile(
    picture,
    toneNames.map(name => colourOf(tones[name])),
  )
}

function colourOf(hex: string): readonly [number, number, number] {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}

function draw(picture: Picture, mark: Mark, around: { fonts: CertificateFonts; pageUrl: string }): void {
  switch (mark.kind) {
    case 'text':
      return drawText(picture, mark, around.fonts)
    case 'bar':
      return fillRectangle(picture, toneNumber(mark.tone), mark)
    case 'frame':
      return drawFrame(picture, mark)
    case 'code':
      return drawCode(picture, mark, around.pageUrl)
  }
}

function drawText(picture: Picture, mark: Extract<Mark, { kind: 'text' }>, fonts: CertificateFonts): void {
  let x = mark.x
  const y = mark.y + ASCENT * mark.size
  for (const { text, face } of runsOf(mark.text, fonts[mark.weight])) {
    const font = face.font()
    const scale = mark.size / font.unitsPerEm
    for (const sign of text) {
      const glyph = font.glyphForCodePoint(sign.codePointAt(0) ?? 0)
      fillPath(picture, toneNumber(mark.tone), glyph.path.commands, { x, y, scale })
      x += glyph.advanceWidth * scale
    }
  }
}

const FRAME_LINE = 2

function drawFrame(picture: Picture, { x, y, width, height, tone }: Extract<Mark, { kind: 'frame' }>): void {
  const number = toneNumber(tone)
  fillRectangle(picture, number, { x, y, width, height: FRAME_LINE })
  fillRectangle(picture, number, { x, y: y + height - FRAME_LINE, width, height: FRAME_LINE })
  fillRectangle(picture, number, { x, y, width: FRAME_LINE, height })
  fillRectangle(picture, number, { x: x + width - FRAME_LINE, y, width: FRAME_LINE, height })
}

function drawCode(picture: Picture, { x, y, size }: Extract<Mark, { kind: 'code' }>, url: string): void {
  for (const square of squaresOf(url, size)) {
    fillRectangle(picture, 0, { x: x + square.x, y: y + square.y, width: square.side, height: square.side })
  }
}
