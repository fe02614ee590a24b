import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkCode } from '../../domain/number.ts'
import { verifiedSchema } from '../schemas.ts'
import { AT, print } from '../testing/samples.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

const code = checkCode(Uint8Array.from({ length: 13 }, (_, n) => n * 7))
const unknown = checkCode(Uint8Array.from({ length: 13 }, (_, n) => n * 5))

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
  note('valid')
})
afterEach(() => web.close())

function note(status: 'valid' | 'revoked' | 'superseded'): void {
  const { number, title } = print.certificate
  web.auth.certificates.set(code, {
    number,
    title,
    status,
    issuedAt: AT,
    surname: '<欧阳>',
    regionCode: '420702104212',
  })
}
const page = async (path: string, headers: Record<string, string> = {}) => web.call(path, { headers })

describe('the check page', () => {
  test('shows the least that answers the question, and nothing as markup', async () => {
    const response = await page(`/verify/${code}`)
    const html = await response.text()
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    for (const shown of ['凭证有效', 'PZ261123-000001', '&lt;欧阳&gt;', '2026年11月23日', '下柯村'])
      expect(html).toContain(shown)
    for (const kept of ['<欧阳>', '娜娜', '4207', '<script']) expect(html).not.toContain(kept)
  })

  test('speaks JSON to programs', async () => {
    const response = await page(`/verify/${code}`, { accept: 'application/json' })
    expect(verifiedSchema.parse(await response.json())).toEqual({
      number: 'PZ261123-000001',
      title: '生育登记凭证',
      status: 'valid',
      issuedAt: '2026-11-23T09:00:00+08:00',
      surname: '<欧阳>',
      region: '湖北省鄂州市梁子湖区沼山镇下柯村',
    })
  })

  test.each([
    ['revoked', '凭证已撤销'],
    ['superseded', '凭证已更换'],
  ] as const)('says when a certificate was %s', async (status, headline) => {
    note(status)
    expect(await (await page(`/verify/${code}`)).text()).toContain(headline)
  })

  test('answers a mistyped code and an unknown one alike', async () => {
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
    const answers = []
    for (const tried of [wrong, unknown, 'x']) {
      const html = await page(`/verify/${tried}`)
      const json = await page(`/verify/${tried}`, { accept: 'application/json' })
      answers.push([html.status, await html.text(), json.status, await json.text()].join('|'))
    }
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^404\|/)
    expect(web.auth.looks).toEqual([unknown, unknown])
  })

  test('reads what people type: small letters, blanks, O for 0', async () => {
    const typed = `${code.slice(0, 5)} ${code.slice(5, 10)}-${code.slice(10)}`.toLowerCase().replaceAll('0', 'o')
    expect((await page(`/verify/${encodeURIComponent(typed)}`)).status).toBe(200)
  })

  test('is not for trying codes', async () => {
    for (let n = 0; n < 20; n++) await page(`/verify/${unknown}`)
    const response = await page(`/verify/${code}`)
    expect(response.status).toBe(429)
    expect(await response.text()).toContain('操作太频繁')
  })

  test('has an English face', async () => {
    const html = await (await page(`/verify/${code}`, { 'accept-language': 'en' })).text()
    expect(html).toContain('The certificate is valid')
    expect(html).toContain('<html lang="en">')
  })
})

describe('the PDF', () => {
  test('is given to its holder', async () => {
    const response = await page('/api/certificates/PZ261123-000001.pdf', await web.resident())
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })

  test('is given to who comes by the link of the message, without any log-in', async () => {
    const link = '/api/certificates/PZ261123-000001.pdf?until=1800000000000&key='
    const response = await page(`${link}right`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect((await page(`${link}wrong`)).status).toBe(404)
    expect((await page('/api/certificates/PZ261123-000001.pdf')).status).toBe(401)
  })

  test('is printed by an officer for its holder, and refused as the case says', async () => {
    const address = '/api/officer/certificates/PZ261123-000001.pdf'
    const response = await page(address, await web.officer())
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect((await page(address, await web.resident())).status).toBe(401)
    expect((await page('/api/officer/certificates/PZ261123-999999.pdf', await web.officer())).status).toBe(404)
    web.app.refuseWith = { ok: false, refusal: { code: 'tooManyReveals' } }
    expect((await page(address, await web.officer())).status).toBe(429)
  })

  test('is not there for anybody else', async () => {
    expect((await page('/api/certificates/PZ261123-999999.pdf', await web.resident())).status).toBe(404)
  })
})
