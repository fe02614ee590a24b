import { describe, expect, test } from 'vitest'
import { noticeSheet, type NoticeSheet } from '../app/notices/noticeSheet.ts'
import { loadCertificateFonts } from './certificateFonts.ts'
import { a4Form, layNotice, pictureForm, type Mark } from './noticeLayout.ts'
import { renderNoticePdf } from './noticePdf.ts'
import { renderNoticePng } from './noticePng.ts'
import { AT } from './testing/samples.ts'
import { noticePrint } from './testing/noticeSample.ts'
import { webTexts } from './testing/texts.ts'

const fonts = loadCertificateFonts(['/usr/share/fonts'])
const text = webTexts()
const words = (key: string, values = {}) => text('zh-CN', `notice.${key}`, values)
const plain = noticeSheet(noticePrint.notice.content, words)
const shop = {
  fonts,
  pageUrl:
    'https://nx.example.cn/n/GZ261123-048213?until=1800000000000&key=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  footer: (at: number, pages: number) => words('footer', { number: plain.number, at, pages }),
  issuedAt: AT,
}

/** Gaps without end, a place with a name nobody fits on a line, and characters that few fonts have. */
const long: NoticeSheet = {
  ...plain,
  office: '湖北省鄂州市梁子湖区沼山镇人民政府卫生健康服务中心（便民服务大厅三楼）',
  sections: plain.sections.map(section => ({
    ...section,
    entries: section.numbered
      ? Array.from({ length: 14 }, (_, n) => ({
          label: null,
          text: `第${n + 1}样材料，登记人𠮷野㛃·买买提·艾力阿卜杜热合曼`,
          notes: ['问题：照片看不清，右下角没有拍到，日期也认不出来', '怎么补：重新拍一张，四个角都拍到'],
        }))
      : section.entries,
  })),
}

const bottomOf = (mark: Mark): number => {
  if (mark.kind === 'text') return mark.y + mark.size
  return mark.y + (mark.kind === 'code' ? mark.size : mark.height)
}

describe('the notice on paper', () => {
  test.each([
    ['plain', plain],
    ['long', long],
  ])('%s: nothing is smaller than 16 points, and nothing runs off the page', (_, sheet) => {
    const pages = layNotice(sheet, a4Form, fonts)
    for (const mark of pages.flatMap(({ marks }) => marks)) {
      if (mark.kind === 'text') expect(mark.size).toBeGreaterThanOrEqual(16)
      expect(bottomOf(mark)).toBeLessThanOrEqual(841.89 - 45)
      expect(mark.x).toBeGreaterThanOrEqual(a4Form.margin - 0.1)
    }
  })

  test('a long one goes on over pages, and every sentence of it is there', () => {
    const pages = layNotice(long, a4Form, fonts)
    expect(pages.length).toBeGreaterThan(3)
    const all = pages.flatMap(({ marks }) => marks).map(mark => (mark.kind === 'text' ? mark.text : ''))
    const said = all.join('').replace(/\s/g, '')
    for (const { entries } of long.sections) {
      for (const { text: wanted } of entries) expect(said).toContain(wanted.replace(/\s/g, '').slice(0, 8))
    }
  })

  test('no heading stands alone at the foot of a page', () => {
    for (const { marks } of layNotice(long, a4Form, fonts)) {
      const last = marks.filter(mark => mark.kind === 'text').at(-1)
      expect(last && last.size > a4Form.body).toBe(false)
    }
  })

  test.each([
    ['plain', plain],
    ['long', long],
  ])('%s is a PDF', async (_, sheet) => {
    const pdf = await renderNoticePdf(sheet, shop)
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length,
    ).toBe(layNotice(sheet, a4Form, fonts).length)
  })
})

describe('the picture for the chat', () => {
  test.each([
    ['plain', plain],
    ['long', long],
  ])('%s is one PNG as wide as a phone', async (_, sheet) => {
    const png = await renderNoticePng(sheet, shop)
    const view = Buffer.from(png)
    expect(view.subarray(1, 4).toString()).toBe('PNG')
    expect(view.readUInt32BE(16)).toBe(pictureForm.width)
    expect(view.readUInt32BE(20)).toBeGreaterThan(1500)
    expect(png.length).toBeLessThan(1_000_000)
  })
})
