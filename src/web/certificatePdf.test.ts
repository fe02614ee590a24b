import { existsSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { loadCertificateFonts, runsOf } from './certificateFonts.ts'
import { renderCertificatePdf } from './certificatePdf.ts'
import { content, print, registration } from './testing/samples.ts'
import { webTexts } from './testing/texts.ts'

const own = loadCertificateFonts([])
const shop = { fonts: own, text: webTexts(), verifyUrl: 'https://nx.example.cn/verify/0123456789ABC9' }

/** Every character that the PDF lets a reader copy, from the ToUnicode tables of its faces. */
function charactersOf(pdf: Uint8Array): Set<string> {
  const raw = Buffer.from(pdf).toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)].map(([, body]) => body ?? '')
  const texts = streams.flatMap(body => {
    const bytes = Buffer.from(body, 'latin1')
    return bytes[0] === 0x78 ? [inflateSync(bytes).toString('latin1')] : []
  })
  const maps = texts.filter(text => text.includes('beginbfrange'))
  const codes = maps.flatMap(text =>
    [...text.slice(text.indexOf('beginbfrange')).matchAll(/<([0-9a-fA-F ]+)>/g)].map(([, code]) => code ?? ''),
  )
  return new Set(codes.map(code => Buffer.from(code.replace(/\s/g, ''), 'hex').swap16().toString('utf16le')))
}

const everySign = (text: string, signs: Set<string>): string[] =>
  [...new Set(text)].filter(sign => !signs.has(sign) && sign.trim() !== '')

describe('the certificate', () => {
  test('shows names, numbers, dates and the check code; the identity number masked', async () => {
    const pdf = await renderCertificatePdf(print, shop)
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
    expect(Buffer.from(pdf).subarray(-6).toString()).toContain('%%EOF')
    const signs = charactersOf(pdf)
    expect(
      everySign(
        '生育登记凭证欧阳娜娜母亲预产期2027年1月15日4207**********0003沼山镇下柯村登记不是户口登记核验码',
        signs,
      ),
    ).toEqual([])
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g),
    ).toHaveLength(1)
  })

  test('is the same to the byte when made again', async () => {
    const [first, second] = [await renderCertificatePdf(print, shop), await renderCertificatePdf(print, shop)]
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
  })

  test('stays on one page with the longest names, a proxy and a long note', async () => {
    const long = {
      ...print,
      notes: ['说明文字。'.repeat(60)],
      lines: [{ label: '孩子姓名', value: '买买提·'.repeat(12) }],
      application: withContent({
        applicantName: '阿依古丽·'.repeat(10),
        proxy: { name: '名'.repeat(50), relation: '外祖母', consentAt: 0 },
        regionName: '很长的地名'.repeat(12),
      }),
    }
    const pdf = Buffer.from(await renderCertificatePdf(long, shop)).toString('latin1')
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
  })
})

describe('a certificate that is no longer in force', () => {
  const ended = (status: 'revoked' | 'superseded', supersededBy: string | null) => ({
    ...print,
    certificate: { ...print.certificate, status },
    supersededBy,
  })
  /** As it stands, uncompressed, in the description of the file. */
  const isTitled = (pdf: Uint8Array) => Buffer.from(pdf).includes(Buffer.from('由新证代替', 'utf16le').swap16())

  test('says that it was taken back, or which one replaced it, in its text', async () => {
    const valid = charactersOf(await renderCertificatePdf(print, shop))
    expect(valid).not.toContain('废')
    expect(everySign('已作废', charactersOf(await renderCertificatePdf(ended('revoked', null), shop)))).toEqual([])
    const replaced = charactersOf(await renderCertificatePdf(ended('superseded', 'PZ261201-999999'), shop))
    expect(everySign('已由新证代替：新证号PZ261201-999999', replaced)).toEqual([])
    expect(replaced).not.toContain('废')
  })

  test('carries the same words in its title, and stays on one page', async () => {
    const pdf = await renderCertificatePdf(ended('superseded', 'PZ261201-999999'), shop)
    expect([isTitled(pdf), isTitled(await renderCertificatePdf(print, shop))]).toEqual([true, false])
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g),
    ).toHaveLength(1)
  })
})

const withContent = (other: Partial<typeof content>) => ({ ...registration, content: { ...content, ...other } })

describe('rare characters', () => {
  test.each([...'𬱖𬭚䶮㐂龘〇·堃犇𫖯'])('%s is in the face that comes with us', sign => {
    expect(runsOf(sign, own.regular)).toEqual([{ text: sign, face: own.regular[0] }])
    expect(runsOf(sign, own.bold)).toEqual([{ text: sign, face: own.bold[0] }])
  })

  test('one that no face has is a box with its code point, and the name goes on', () => {
    expect(runsOf('王\u{20bb7}明', own.bold).map(run => run.text)).toEqual(['王□U+20BB7明'])
  })

  test('a variation selector is no character of its own', () => {
    expect(
      runsOf('葛\u{e0100}明', own.bold)
        .map(run => run.text)
        .join(''),
    ).toBe('葛明')
  })

  test('every sign of a rare name can be read in the PDF', async () => {
    const signs = charactersOf(
      await renderCertificatePdf({ ...print, application: withContent({ applicantName: '𬱖䶮\u{20bb7}㐂' }) }, shop),
    )
    expect(everySign('𬱖䶮㐂□U+20BB7', signs)).toEqual([])
  })

  const fonts = '/usr/share/fonts'
  const installed = existsSync(`${fonts}/opentype/noto/NotoSansCJK-Regular.ttc`)
  if (!installed && process.env['REQUIRE_ALL'] === '1') throw new Error('fonts-noto-cjk is not installed')
  test.skipIf(!installed)('one that only a system face has is printed by that face', async () => {
    const withSystem = { ...shop, fonts: loadCertificateFonts([fonts, '/nowhere']) }
    expect(runsOf('王\u{20bb7}', withSystem.fonts.bold)).toHaveLength(2)
    const signs = charactersOf(
      await renderCertificatePdf({ ...print, application: withContent({ applicantName: '王\u{20bb7}' }) }, withSystem),
    )
    expect(signs).toContain('\u{20bb7}')
    expect(signs).not.toContain('□')
  })
})
