import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { issuedNoticeSchema, noticeDraftSchema, noticeSchema } from '../schemas.ts'
import { noticePrint } from '../testing/noticeSample.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

const { number } = noticePrint.notice
const link = `?until=1800000000000&key=right`

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
})
afterEach(() => web.close())

const get = (path: string, headers: Record<string, string> = {}) => web.call(path, { headers })

describe('a notice', () => {
  test('is given to its holder as data, paper and picture', async () => {
    const holder = await web.resident()
    const notice = noticeSchema.parse(await (await get(`/api/notices/${number}`, holder)).json())
    expect(notice.sheet.sections[0]).toMatchObject({ heading: '要补的，一共2样', numbered: true })
    expect(notice.spoken).toContain('G Z 二六一一二三，零四八二一三')
    expect(notice.spoken).not.toMatch(/[（）〔〕《》]/)
    for (const [ending, media, begins] of [
      ['pdf', 'application/pdf', '%PDF'],
      ['png', 'image/png', '\u0089PNG'],
    ]) {
      const response = await get(`/api/notices/${number}.${ending}`, holder)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, media])
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toMatch(new RegExp(`^${begins}`))
    }
  })

  test('is given to who shows the link of the message or of the paper, and to nobody else', async () => {
    for (const path of [`/api/notices/${number}`, `/api/notices/${number}.pdf`, `/n/${number}`]) {
      expect((await get(path + link)).status).toBe(200)
      expect((await get(path + link.replace('right', 'wrong'))).status).toBe(404)
      expect((await get(path)).status).toBe(401)
    }
    expect((await get('/api/notices/GZ261123-999999', await web.resident())).status).toBe(404)
  })

  test('is confirmed by its holder only', async () => {
    const confirm = async (of: string) =>
      (await web.post(`/api/notices/${of}/confirm`, {}, await web.resident())).status
    expect([await confirm(number), await confirm('GZ261123-999999')]).toEqual([204, 404])
  })

  test('is printed by officers of the place, and not read by an auditor', async () => {
    const path = `/api/officer/notices/${number}.pdf`
    expect((await get(path, await web.officer())).headers.get('content-type')).toBe('application/pdf')
    expect((await get(path, await web.officer('auditor'))).status).toBe(403)
    expect((await get(path)).status).toBe(401)
  })

  test('opens from the code on the paper as a page without script', async () => {
    const html = await (await get(`/n/${number}${link}`)).text()
    for (const shown of ['一次性补正告知书（生育登记）', '照片看不清', number, `/api/notices/${number}.pdf?until=`]) {
      expect(html).toContain(shown)
    }
    expect(html).not.toContain('<script')
    expect(html).not.toContain('娜娜')
  })

  test('is drawn a few times a minute and not more', async () => {
    const holder = await web.resident()
    for (let n = 0; n < 20; n++) await get(`/api/notices/${number}`, holder)
    expect((await get(`/api/notices/${number}`, holder)).status).toBe(429)
  })
})

describe('an officer', () => {
  test('ticks what is missing, and issues it in one call under the fencing number', async () => {
    const officer = await web.officer()
    const draft = noticeDraftSchema.parse(await (await get('/api/applications/application-1/notice', officer)).json())
    const [first] = draft.materials ?? []
    const body = { gaps: [{ material: first?.id }], due: '2026-12-14' }
    const issue = (more: Record<string, string>) =>
      web.post('/api/applications/application-1/notice', body, { ...officer, ...more })
    expect((await issue({})).status).toBe(428)
    const issued = await issue({ 'if-match': String(draft.fence) })
    expect(issuedNoticeSchema.parse(await issued.json()).number).toBe(number)
    const request = { gaps: [{ material: first?.id, what: null, wrong: null, mend: null, ground: null }] }
    expect(web.app.asked.at(-1)).toEqual([
      'notice',
      'application-1',
      3,
      { ...request, due: '2026-12-14', reason: null },
    ])
  })

  test.each([{}, { gaps: [] }, { gaps: [{ material: 'x y' }] }, { gaps: [{ what: '' }] }, { gaps: [{}], due: 'soon' }])(
    'is not understood with %j',
    async body => {
      const headers = { ...(await web.officer()), 'if-match': '3' }
      expect((await web.post('/api/applications/application-1/notice', body, headers)).status).toBe(400)
    },
  )
})
