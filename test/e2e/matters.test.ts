import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, json, logIn, newGuest, type Guest, type OfficerClient, type TurnJson } from './people.ts'
import { answersOf, withCheck } from './registration.ts'
import { startService, type RunningService } from './service.ts'

/* Every matter told as residents and officers live it, on a running service with its demo place and its old books. */

interface CaseJson {
  id: string
  number: string
  status: string
  taskId: string | null
  certificateNumber: string | null
  verifyUrl?: string | null
  notices: unknown[]
  log: { type: string; note: string | null }[]
}

/** The smallest picture there is. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const VILLAGE = '420702104212'

let service: RunningService
let village: OfficerClient
let neighbour: OfficerClient
let county: OfficerClient
beforeAll(async () => {
  service = await startService()
  village = await logIn(service.url, 'village')
  neighbour = await logIn(service.url, 'village2')
  county = await logIn(service.url, 'county')
})
afterAll(() => service?.dispose())

let people = 0
const nextId = () => withCheck(`42070219920${++people}11000`)
const textOf = (turn: TurnJson) => turn.replies.map(({ text }) => text).join('\n')

/** Says these one after another; everything that was answered. Nobody is ever left without an answer. */
async function tells(resident: Guest, ...texts: string[]): Promise<string> {
  const said: string[] = []
  for (const text of texts) {
    const turn = await resident.says(text)
    expect(turn.replies, text).not.toEqual([])
    said.push(textOf(turn))
  }
  return said.join('\n')
}

/** A registration handed in by chat. */
async function registered() {
  const resident = await newGuest(service.url)
  await tells(resident, ...answersOf(VILLAGE, nextId()), '提交')
  return { resident, own: await onlyCase(resident) }
}

async function onlyCase(resident: Guest): Promise<CaseJson> {
  const { items } = await json<{ items: CaseJson[] }>(await resident.get('/api/applications'))
  const [own] = items
  if (!own || items.length > 1) throw new Error(`one case, not ${items.length}`)
  return own
}

const seenBy = async (officer: OfficerClient, id: string) =>
  json<CaseJson>(await officer.get(`/api/applications/${id}`))

async function lease(officer: OfficerClient, id: string): Promise<number> {
  const { taskId } = await seenBy(officer, id)
  return (await json<{ fence: number }>(await officer.post(`/api/tasks/${taskId}/lease`, {}, 0))).fence
}

/** What was sent to the resident without his asking. */
const told = (resident: Guest, part: string) =>
  eventually(async () => {
    const { items } = await json<{ items: unknown[] }>(await resident.get('/api/chat/history'))
    return JSON.stringify(items).includes(part)
  })

describe('questions beside a matter', () => {
  test('of policy are answered at the first word and in the middle, with their ground, and the place is kept', async () => {
    const resident = await newGuest(service.url)
    expect(await tells(resident, '三孩能生吗？')).toMatch(/三个子女[\s\S]*依据：/)
    await tells(resident, '生育登记', '孩子妈妈', '同意')
    const asked = await tells(resident, '生三胎罚款吗')
    expect(asked).toContain('社会抚养费')
    expect(asked).toContain('请问您的姓名？')
    // Without a question mark, and still nobody's name.
    expect(await tells(resident, '办证要什么材料')).toContain('请问您的姓名？')
    expect(await tells(resident, '李秀英')).toContain('请问您的身份证号？')
  })

  test('keep the places that were offered', async () => {
    const resident = await newGuest(service.url)
    expect(await tells(resident, '我想办再生育证', '河南省郑州市中原区')).toContain('请问是哪一个？')
    expect(await tells(resident, '要带什么材料')).toMatch(/请问是哪一个？$/)
    expect(await tells(resident, '1')).not.toContain('户口在哪个村')
  })

  test('about nothing that we know are not taken for one about the sex of a child', async () => {
    const resident = await newGuest(service.url)
    await tells(resident, ...answersOf(VILLAGE).slice(0, 7))
    expect(await tells(resident, '不知道是哪里啊哈')).not.toContain('性别')
  })

  test('and other matters are open to who waits for a person', async () => {
    const resident = await newGuest(service.url)
    await tells(resident, '生育登记', '孩子妈妈', '人工')
    expect(await tells(resident, '在吗')).toContain('工作人员会联系您')
    expect(await tells(resident, '三孩能生吗？')).toContain('三个子女')
    expect(await tells(resident, '再生育证')).toContain('再生育证各地不一样')
    await tells(resident, '取消')
    expect(await tells(resident, '继续', '同意')).toContain('请问您的姓名？')
  })
})

describe('one notice with everything', () => {
  test('is asked for in chat, numbered, and printed', async () => {
    const resident = await newGuest(service.url)
    await tells(resident, '办生育登记要带什么材料', '生育登记')
    const turn = await resident.says('下柯村')
    expect(textOf(turn)).toMatch(/一次性告知书 GZ\d{6}-\d{6}[\s\S]*身份证或户口簿/)
    const url = turn.replies.find(reply => reply.url)?.url ?? ''
    for (const [path, type] of [
      [url, 'application/pdf'],
      [url.replace(/pdf$/, 'png'), 'image/png'],
    ] as const) {
      const got = await resident.get(path)
      expect([got.status, got.headers.get('content-type')]).toEqual([200, type])
      expect((await (await newGuest(service.url)).get(path)).status).toBe(404)
    }
  })

  test('is sent on a case once; the papers come as photos by chat; a second one is the county’s, with a reason', async () => {
    const { resident, own } = await registered()
    const fence = await lease(village, own.id)
    const path = `/api/applications/${own.id}/notice`
    const gaps = [{ material: 'idOrHouseholdBooklet', wrong: '照片模糊' }]
    expect((await neighbour.post(path, { gaps }, fence)).status).toBe(404)
    const { number } = await json<{ number: string }>(await village.post(path, { gaps }, fence))
    await told(resident, number)
    expect((await village.post(path, { gaps }, fence)).status).toBe(409)
    await told(resident, '收到了吗')
    // The word for it again is no second matter.
    expect(await tells(resident, '补材料')).not.toContain('另外办一件')
    expect(await tells(resident, '我已收到', '是', '同意')).toContain('拍照')
    const sent = await sendsPhoto(resident)
    expect(sent.replies).not.toEqual([])
    await tells(resident, '没有了', '没有')
    const now = await eventually(async () => {
      const seen = await seenBy(village, own.id)
      return seen.status === 'waiting' ? null : seen
    })
    expect(now.log.map(({ type }) => type)).toEqual([
      ...['submitted', 'firstReceived', 'supplementRequested', 'supplemented'],
    ])
    expect((await village.post(path, { gaps }, fence)).status).toBe(409)
    expect((await village.post(path, { gaps, reason: '想再要一份' }, fence)).status).toBe(409)
    expect((await county.post(path, { gaps, reason: '原件与照片不一致' }, fence)).status).toBe(200)
  })
})

async function sendsPhoto(resident: Guest): Promise<TurnJson> {
  const authorization = `Bearer ${resident.token}`
  const upload = await fetch(`${service.url}/api/uploads`, {
    ...{ method: 'POST', headers: { authorization, 'content-type': 'image/png' } },
    body: Buffer.from(PIXEL, 'base64'),
  })
  const { mediaId } = await json<{ mediaId: string }>(upload)
  return json<TurnJson>(
    await fetch(`${service.url}/api/chat/turns`, {
      ...{ method: 'POST', headers: { authorization, 'content-type': 'application/json' } },
      body: JSON.stringify({ messageId: `photo-${mediaId}`, mediaId }),
    }),
  )
}

describe('an additional-birth permit', () => {
  test('is asked for where it is kept, and the papers are named', async () => {
    const resident = await newGuest(service.url)
    const place = '河南省郑州市中原区林山寨街道碧沙岗社区'
    expect(await tells(resident, '我想办再生育证', place)).toContain('四孩生育登记')
    await tells(resident, '给自己办', '同意', '李秀英', nextId(), '13800000002', '王大明', '2', '1', '1')
    expect(await tells(resident, '提交')).toMatch(/ZS\d{6}-\d{6}[\s\S]*结婚证/)
  })

  test.each([
    [
      'where it is abolished, a registration is offered',
      '广东省广州市越秀区',
      /不用再办再生育证[\s\S]*现在就办生育登记吗/,
    ],
    ['where nothing is known, nothing is claimed', '下柯村', /没有核实到[\s\S]*请他答复吗/],
  ])('%s', async (_name, place, answer) => {
    expect(await tells(await newGuest(service.url), '办再生育证', place)).toMatch(answer)
  })
})

describe('a document of the old books', () => {
  const holder = (name: string, first17: string, phone: string) => [
    '我自己的',
    '同意',
    name,
    withCheck(first17),
    phone,
    '不记得',
  ]

  test('that is lost is given again at once to who is proved, free of charge, and can be checked', async () => {
    const resident = await newGuest(service.url)
    const known = holder('王秀英', '42070219650505000', '13800001001')
    await tells(resident, '光荣证丢了', '下柯村', ...known, '1995年6月')
    expect(await tells(resident, '提交')).toMatch(/没有收费[\s\S]*旧证号 GR-1995-0001 已作废/)
    const own = await onlyCase(resident)
    const pdf = await eventually(async () => {
      const got = await resident.get(`/api/certificates/${own.certificateNumber}.pdf`)
      return got.status === 200 && got
    })
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const check = await fetch(own.verifyUrl ?? '', { headers: { accept: 'application/json' } })
    const seen = await check.text()
    expect(check.status).toBe(200)
    expect(seen).toContain('valid')
    expect(seen).not.toContain('王秀英')
    expect(seen).not.toContain('420702196505050000')
  })

  test('goes to an officer when the answer is wrong, and nothing of the register is told', async () => {
    const resident = await newGuest(service.url)
    const known = holder('李桂兰', '42070219620312000', '13800001002')
    await tells(resident, '补证', '下柯村', '光荣证', '坏了', ...known, '1991', '6')
    const answer = await tells(resident, '提交')
    expect(answer).toMatch(/已提交，编号 BZ\d{6}-\d{6}，不收费/)
    expect(answer).not.toMatch(/GR-|1990/)
    const own = await onlyCase(resident)
    expect((await seenBy(village, own.id)).taskId).toBeTruthy()
    expect((await neighbour.get(`/api/applications/${own.id}`)).status).toBe(404)
  })
})

describe('a case', () => {
  test('is handed in once, however often the message comes', async () => {
    const resident = await newGuest(service.url)
    await tells(resident, ...answersOf(VILLAGE, nextId()))
    const turns = await Promise.all([1, 2, 3].map(() => resident.says('提交', 'one-message')))
    expect(new Set(turns.map(textOf)).size).toBe(1)
    expect((await onlyCase(resident)).status).toBe('submitted')
  })

  test('is refused with what can be done about it, and opened again by the county only', async () => {
    const { resident, own } = await registered()
    const fence = await lease(village, own.id)
    const refusal = { decision: 'refused', reason: '不属于本村办理' }
    await json(await village.post(`/api/applications/${own.id}/decide`, refusal, fence))
    await told(resident, '行政复议')
    const again = `/api/applications/${own.id}/reopen`
    expect((await village.post(again, { reason: '弄错了' })).status).toBe(409)
    expect((await neighbour.post(again, { reason: '弄错了' })).status).toBe(404)
    await json(await county.post(again, { reason: '决定有误' }))
    expect((await onlyCase(resident)).status).not.toBe('refused')
  })

  test('of several is told apart when asked how far they are', async () => {
    const { resident, own } = await registered()
    await tells(resident, '生育登记', ...answersOf(VILLAGE, nextId()).slice(1), '提交')
    const answer = await tells(resident, '进度')
    expect(answer).toContain(own.number)
    expect(answer.match(/SY\d{6}-\d{6}/g)).toHaveLength(2)
  })
})

test('a window case and an online one move the online rate, each its own way', async () => {
  const figures = async () => {
    const { items } = await json<{
      items: { matter: string; denominator: number | null; numerator: number | null }[]
    }>(await county.get('/api/indicators'))
    return items.find(({ matter }) => matter === 'birthRegistration')
  }
  const before = await figures()
  const { own } = await registered()
  await json(await village.post(`/api/applications/${own.id}/accept`, {}, await lease(village, own.id)))
  const window = {
    ...{ key: 'at-window', way: 'window', whyNotOnline: 'noPhone' },
    content: {
      ...{ matter: 'birthRegistration', applicantName: '欧阳测试', applicantId: nextId(), phone: '' },
      ...{ registrant: 'mother', stage: 'expecting', birthDate: '2027-03-15', earlierChildren: 0 },
    },
  }
  const filed = await json<{ application: CaseJson; fence: number }>(
    await village.post('/api/window-applications', window),
  )
  await json(await village.post(`/api/applications/${filed.application.id}/accept`, {}, filed.fence))
  const after = await eventually(async () => {
    const now = await figures()
    return (now?.denominator ?? 0) >= (before?.denominator ?? 0) + 2 && now
  })
  expect((after.numerator ?? 0) - (before?.numerator ?? 0)).toBe(1)
})

test('a complaint is taken, hidden from the village that it is about, and the only button may be answered by its number', async () => {
  const resident = await newGuest(service.url)
  await tells(resident, '我要投诉村干部态度不好', '1', '去办证的时候说话很难听，11月20日', '1', '下柯村', '1')
  expect(await tells(resident, '1')).not.toContain('没听明白')
  const review = await tells(resident, '1')
  expect(review).toContain('请核对')
  expect(review).not.toMatch(/反映的人：1/)
  const number = /TS\d{6}-\d{6}/.exec(await tells(resident, '提交'))?.[0]
  const listed = async (officer: OfficerClient) =>
    JSON.stringify(await json(await officer.get('/api/complaints'))).includes(String(number))
  expect([await listed(village), await listed(neighbour), await listed(county)]).toEqual([false, false, true])
})

test('nothing that was said stands in the log of the service', () => {
  const log = service.output()
  for (const secret of ['李秀英', '王秀英', '13800001001', '420702196505050000', '4207021992'])
    expect(log).not.toContain(secret)
  expect(log).not.toMatch(/"level":50/)
})
