import PDFDocument from 'pdfkit'
import type { NoticeSheet } from '../app/notices/noticeSheet.ts'
import type { CertificateFonts, Face } from './certificateFonts.ts'
import { a4Form, layNotice, type Mark, type Tone } from './noticeLayout.ts'
import { bytesOf, centred, drawQr, line, type Paper } from './typesetting.ts'

export interface NoticeShop {
  fonts: CertificateFonts
  /** Address behind the QR code, whole. */
  pageUrl: string
  /** The line at the foot of each page. */
  footer(page: number, pages: number): string
  issuedAt: number
}

export const tones: Record<Tone, string> = { ink: '#1b1b1d', red: '#9c1f1f', grey: '#55555b', hair: '#c9b8a8' }

/** Size of the page's number, the one thing that nobody needs to read: 12 points. */
const FOOTER_SIZE = 12

/** The notice on paper, in large type, over as many pages as it takes. */
export async function renderNoticePdf(sheet: NoticeSheet, shop: NoticeShop): Promise<Uint8Array> {
  const issued = new Date(shop.issuedAt)
  const info = { Title: `${sheet.title} ${sheet.number}`, Author: sheet.office, CreationDate: issued, ModDate: issued }
  const doc = new PDFDocument({ size: 'A4', margin: 0, lang: 'zh-CN', displayTitle: true, info, autoFirstPage: false })
  const whole = bytesOf(doc)
  const paper: Paper = { doc, names: new Map<Face, string>() }
  const pages = layNotice(sheet, a4Form, shop.fonts)
  pages.forEach(({ marks }, n) => {
    doc.addPage({ size: 'A4', margin: 0 })
    for (const mark of marks) draw(paper, mark, shop)
    const type = { size: FOOTER_SIZE, faces: shop.fonts.regular, colour: tones.grey, spacing: 0 }
    centred(paper, shop.footer(n + 1, pages.length), { ...type, y: doc.page.height - 40 })
  })
  doc.end()
  return whole
}

function draw(paper: Paper, mark: Mark, { fonts, pageUrl }: NoticeShop): void {
  const { doc } = paper
  switch (mark.kind) {
    case 'text': {
      const { text, x, y, size, weight, tone } = mark
      return line(paper, text, { x, y, size, faces: fonts[weight], colour: tones[tone] })
    }
    case 'bar':
      doc.rect(mark.x, mark.y, mark.width, mark.height).fill(tones[mark.tone])
      return
    case 'frame':
      doc.lineWidth(1).dash(5, { space: 4 }).rect(mark.x, mark.y, mark.width, mark.height).stroke(tones[mark.tone])
      doc.undash()
      return
    case 'code':
      return drawQr(paper, pageUrl, { x: mark.x, y: mark.y, size: mark.size, colour: tones.ink })
  }
}
