import PDFDocument from 'pdfkit'
import type { CardPrint } from '../app/care/careDesk.ts'
import type { PrintShop } from './certificatePdf.ts'
import { bytesOf, drawQr, line, wrapped, type Paper } from './typesetting.ts'

/** A6 lying on its side, in points: goes into a wallet folded once, and on any printer. */
const PAGE = { width: 419.53, height: 297.64 }
const EDGE = 22
const LEFT = 40
const QR = { x: 276, y: 96, size: 104 }
const INK = '#1b1b1d'
const GREEN = '#0b5d36'
const GREY = '#4a4a4f'

/**
 * 就医绿色通道卡. Nothing on it says why somebody has it: a surname, the hospital, the desk, and the code by which the desk holds
 * it against the register.
 */
export async function renderCareCard(card: CardPrint, shop: PrintShop): Promise<Uint8Array> {
  const words = (key: string, values: Record<string, string> = {}) => shop.text('zh-CN', `care.card.${key}`, values)
  const doc = new PDFDocument({
    ...{ size: [PAGE.width, PAGE.height], margin: 0, lang: 'zh-CN', displayTitle: true },
    info: { Title: `${words('title')} ${card.number}`, Author: card.office },
  })
  const whole = bytesOf(doc)
  const sheet: Paper = { doc, names: new Map() }
  const { regular, bold } = shop.fonts
  doc
    .lineWidth(2)
    .roundedRect(EDGE, EDGE, PAGE.width - 2 * EDGE, PAGE.height - 2 * EDGE, 10)
    .stroke(GREEN)
  line(sheet, words('title'), { x: LEFT, y: 40, size: 24, faces: bold, colour: GREEN })
  const rows: [string, string][] = [
    [words('holder'), words('surname', { surname: card.surname })],
    [words('hospital'), card.hospital.name],
    [words('desk'), [card.hospital.desk, card.hospital.phone ?? ''].join(' ').trim()],
  ]
  let y = 84
  for (const [label, value] of rows) {
    line(sheet, label, { x: LEFT, y, size: 11, faces: regular, colour: GREY })
    for (const text of wrapped(value, { size: 15, faces: bold, width: QR.x - LEFT - 14 })) {
      y += 18
      line(sheet, text, { x: LEFT, y, size: 15, faces: bold, colour: INK })
    }
    y += 24
  }
  drawQr(sheet, shop.verifyUrl, { ...QR, colour: INK })
  line(sheet, words('scan'), { x: QR.x, y: QR.y + QR.size + 8, size: 10, faces: regular, colour: GREY })
  const note = wrapped(words('services'), { size: 11, faces: regular, width: PAGE.width - 2 * LEFT })
  note.forEach((text, n) => line(sheet, text, { x: LEFT, y: 226 + n * 15, size: 11, faces: regular, colour: INK }))
  line(sheet, [card.office, card.number].join(' '), { x: LEFT, y: 258, size: 9, faces: regular, colour: GREY })
  doc.end()
  return whole
}
