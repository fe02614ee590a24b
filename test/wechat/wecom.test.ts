import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CardStore, TakenCard } from '../../src/app/officerCards/cardPort.ts'
import type { EvidencePhotos } from '../../src/app/evidence/evidencePort.ts'
import type { SharedAccount } from '../../src/app/sharedAccount.ts'
import type { OutboxMessage } from '../../src/app/ports.ts'
import { readButtonKey } from '../../src/channels/wecom/card.ts'
import { makeWecomClient } from '../../src/channels/wecom/client.ts'
import { wecomFailures } from '../../src/channels/wecom/errors.ts'
import { makeMemberPace } from '../../src/channels/wecom/memberPace.ts'
import { handlePress } from '../../src/channels/wecom/press.ts'
import { sendCards, type CardRules } from '../../src/channels/wecom/sendCards.ts'
import { makeWecomSender } from '../../src/channels/wecom/sender.ts'
import type { ApiConfig } from '../../src/channels/wechat-official/http.ts'
import { fetchPhotos } from '../../src/channels/wechat-official/photos.ts'
import { memoryTokenStore } from '../../src/channels/wechat-official/token.ts'
import { openTask } from '../../src/domain/taskState.ts'
import { startMockWecom, type MockWecom } from '../mock-wechat/wecom.ts'
import { realWorld } from './product.ts'

const SEND = '/cgi-bin/message/send'
const TOKEN = '/cgi-bin/gettoken'

let mock: MockWecom
let logged: string[]
beforeEach(async () => {
  mock = await startMockWecom()
  logged = []
})
afterEach(() => mock.close())

function start(change: Partial<ApiConfig> = {}, store = memoryTokenStore()) {
  const { corpId: appId, secret, agentId } = mock.app
  const world = { ...realWorld, now: mock.clock.now }
  const note = (fields: Record<string, unknown>, text: string): void =>
    void logged.push(`${text} ${JSON.stringify(fields)}`)
  const log = { info: note, warn: note, error: note }
  const config = { baseUrl: mock.baseUrl, appId, secret, timeoutMs: 1000, ...change }
  const client = makeWecomClient({ config, world, fetch, log, store })
  const deps = { agentId, client, pace: makeMemberPace(countedHere()), world, text: (key: string) => `«${key}»` }
  return { sender: makeWecomSender({ ...deps, publicUrl: 'https://nx.example.cn' }), deps, store, log }
}

/** Counts like the database, in memory. */
function countedHere(): Pick<SharedAccount, 'mayMessage'> {
  const sent: { sender: string; at: number }[] = []
  const since = (who: string, from: number) => sent.filter(({ sender, at }) => sender === who && at > from).length
  return {
    mayMessage: async ({ sender }, at, { perMinute, perHour }) => {
      if (since(sender, at - 60_000) >= perMinute || since(sender, at - 3_600_000) >= perHour) return false
      sent.push({ sender, at })
      return true
    },
  }
}

function message(sender: string, text = '待办三件'): OutboxMessage {
  return {
    ...{ id: 'm1', residentId: 'r1', channel: 'wecom', sender, dedupeKey: 'k1', critical: false, status: 'sending' },
    ...{ replies: [{ id: 'x', kind: 'text', text }], attempts: 1, notBefore: 0, createdAt: 0 },
  }
}

describe('sending', () => {
  test('reaches the member, in parts that fit', async () => {
    const zhang = mock.member('ZhangSan')
    const text = '请带上身份证原件。'.repeat(300)
    expect((await start().sender.send(message('zhangsan', text))).status).toBe('sent')
    expect(zhang.seen().length).toBeGreaterThan(1)
    expect(zhang.seen().join('')).toBe(text)
    expect(mock.problems).toEqual([])
  })

  test('fifty at once ask for one token, and a second process gets the same', async () => {
    const members = Array.from({ length: 50 }, (_, n) => mock.member(`officer${n}`))
    const { sender } = start()
    const outcomes = await Promise.all(members.map(({ userId }) => sender.send(message(userId))))
    expect(outcomes.every(({ status }) => status === 'sent')).toBe(true)
    expect(mock.calls(TOKEN)).toHaveLength(1)
    expect((await start().sender.send(message('officer1'))).status).toBe('sent')
    expect(mock.calls(SEND).every(({ errcode }) => errcode === 0)).toBe(true)
  })

  test('a token that was taken back is replaced and the call repeated once', async () => {
    mock.member('a')
    const { sender } = start()
    await sender.send(message('a'))
    mock.revokeTokens()
    expect((await sender.send(message('a', '二'))).status).toBe('sent')
    expect(mock.calls(SEND).map(({ errcode }) => errcode)).toEqual([0, 40014, 0])
    expect(mock.member('a').seen()).toEqual(['待办三件', '二'])
  })

  test.each([40014, 42001])('errcode %s for ever stops after one repetition', async errcode => {
    mock.member('a')
    mock.inject(SEND, { errcode }, Infinity)
    expect(await start().sender.send(message('a'))).toMatchObject({ failure: { name: 'tokenRefused', alert: true } })
    expect(mock.calls(SEND)).toHaveLength(2)
  })

  test('a wrong secret is asked once a minute, not for every message', async () => {
    mock.member('a')
    const { sender } = start({ secret: 'wrong' })
    for (let n = 0; n < 3; n++) {
      expect(await sender.send(message('a'))).toMatchObject({ failure: { name: 'misconfigured', retry: 'otherWay' } })
    }
    expect(mock.calls(TOKEN)).toHaveLength(1)
    mock.clock.advance(61_000)
    await sender.send(message('a'))
    expect(mock.calls(TOKEN)).toHaveLength(2)
    expect(logged.join()).not.toContain('wrong')
  })

  test('who left, or may not see the app, is reached otherwise', async () => {
    mock.member('a')
    mock.hide('a')
    const { sender } = start()
    expect(await sender.send(message('a'))).toMatchObject({ failure: { name: 'memberGone', retry: 'otherWay' } })
    mock.inject(SEND, { answer: { errcode: 0, errmsg: 'ok', invaliduser: 'b|A', msgid: 'x' } })
    expect(await sender.send(message('a'))).toMatchObject({ failure: { name: 'memberGone' }, detail: 'invaliduser' })
    mock.inject(SEND, { answer: { errcode: 0, errmsg: 'ok', unlicenseduser: 'a', msgid: 'x' } })
    expect(await sender.send(message('a'))).toMatchObject({ failure: { name: 'misconfigured', alert: true } })
  })

  test('60020 says which address is missing on the list, and alarms', async () => {
    mock.member('a')
    mock.trust(false)
    expect(await start().sender.send(message('a'))).toMatchObject({
      failure: { name: 'addressNotTrusted', retry: 'otherWay', alert: true, tell: '«wecom.send.addressNotTrusted»' },
      detail: expect.stringMatching(/^errcode 60020 rid [\w-]+ ip 203\.0\.113\.7$/),
    })
  })

  test('after 45009 the address rests for a minute', async () => {
    mock.member('a')
    mock.inject(SEND, { errcode: 45009 })
    const { sender } = start()
    expect(await sender.send(message('a'))).toMatchObject({ failure: { name: 'throttled', retry: 'soon' } })
    expect(await sender.send(message('a'))).toMatchObject({ failure: { name: 'throttled' } })
    expect(mock.calls(SEND)).toHaveLength(1)
    mock.clock.advance(60_001)
    expect((await sender.send(message('a'))).status).toBe('sent')
  })

  test('the thirty-first message of a minute waits, and is never dropped without a word', async () => {
    mock.member('a')
    const { sender } = start()
    for (let n = 0; n < 30; n++) expect((await sender.send(message('a', String(n)))).status).toBe('sent')
    expect(await sender.send(message('a', '31'))).toMatchObject({ failure: { name: 'throttled', retry: 'soon' } })
    mock.member('b')
    expect((await sender.send(message('b'))).status).toBe('sent')
    mock.clock.advance(60_001)
    expect((await sender.send(message('a', '31'))).status).toBe('sent')
  })

  test.each([
    [-1, 'unknownOutcome'],
    [45033, 'throttled'],
    [60111, 'memberGone'],
    [81013, 'memberGone'],
    [45002, 'badData'],
    [44004, 'badData'],
    [82001, 'badData'],
    [40056, 'misconfigured'],
    [48002, 'misconfigured'],
    [60011, 'misconfigured'],
    [301002, 'misconfigured'],
    [999999, 'unexpected'],
  ] as const)('errcode %s is %s', async (errcode, name) => {
    mock.member('a')
    mock.inject(SEND, { errcode })
    expect(await start().sender.send(message('a'))).toMatchObject({
      failure: { name, retry: wecomFailures[name].retry },
    })
  })

  test.each(['hang', 'resetAfter', 'truncated', 'html', 'empty', 'huge'] as const)(
    'after "%s" nobody claims that nothing arrived',
    async fault => {
      mock.member('a')
      mock.inject(SEND, fault)
      expect(await start().sender.send(message('a'))).toMatchObject({
        failure: { name: 'unknownOutcome', mayHaveArrived: true },
      })
    },
  )
})

describe('a sentence with a page', () => {
  const withPage = (text: string): OutboxMessage => ({
    ...message('a'),
    replies: [{ id: 'x', kind: 'card', text, url: '/officer' }],
  })

  test('goes as a card that opens the page', async () => {
    const zhang = mock.member('a')
    expect((await start().sender.send(withPage('早上好。您手里3件，今天到期1件。'))).status).toBe('sent')
    expect(zhang.seen()).toEqual(['〔早上好。〕您手里3件，今天到期1件。 → https://nx.example.cn/officer'])
    expect(mock.problems).toEqual([])
  })

  test('goes as text where it would not fit a card', async () => {
    const zhang = mock.member('a')
    const long = `早上好。${'您手里有任务，'.repeat(40)}`
    expect((await start().sender.send(withPage(long))).status).toBe('sent')
    expect(zhang.seen()).toEqual([`${long}\nhttps://nx.example.cn/officer`])
  })
})

describe('photos of evidence', () => {
  function fetching(mediaId: string, attempts = 1) {
    const { deps, log } = start()
    const said: string[] = []
    const photos: EvidencePhotos = {
      take: async () => [{ id: 'e1', taskId: 't1', residentId: 'r1', mediaId, attempts }],
      fetched: async (_photo, { mimeType, bytes }) => void said.push(`${mimeType} ${bytes.length}`),
      later: async (_photo, at) => void said.push(`again in ${at - mock.clock.now()}`),
      lost: async () => void said.push('lost'),
    }
    const lost = async () => void said.push('told')
    const clean = (bytes: Uint8Array) => (bytes[0] === 0xff ? { mimeType: 'image/jpeg', bytes } : null)
    const { client, world } = deps
    return fetchPhotos({ channel: 'wecom', photos, client, clean, lost, world, log }).then(() => said)
  }

  test('are fetched from the platform, whose token may have been taken back', async () => {
    const id = mock.keepMedia(new Uint8Array([0xff, 0xd8, 0xff]))
    expect(await fetching(id)).toEqual(['image/jpeg 3'])
    mock.inject('/cgi-bin/media/get', { errcode: 42001 })
    expect(await fetching(id)).toEqual(['image/jpeg 3'])
  })

  test('are tried again while the platform is away, and given up after a day', async () => {
    const id = mock.keepMedia(new Uint8Array([0xff]))
    mock.inject('/cgi-bin/media/get', { errcode: -1 }, 2)
    expect((await fetching(id))[0]).toMatch(/^again in (19|20)\d{3}$/)
    expect(await fetching(id, 12)).toEqual(['lost', 'told'])
  })

  test('that are gone, or are no pictures, are asked for again at once', async () => {
    expect(await fetching('nothing')).toEqual(['lost', 'told'])
    expect(await fetching(mock.keepMedia(new Uint8Array([1, 2])))).toEqual(['lost', 'told'])
  })
})

describe('cards', () => {
  const task: TakenCard = {
    ...{ id: 'card-1', taskId: 'task-1', fence: 2, attempts: 1, sender: 'a', regionCode: '420702104212' },
    ...{ summary: '李*英 生育登记', due: '2026-11-30' },
  }
  const always: CardRules = { hours: { from: 0, to: 24 }, perDay: 30 }

  function send(card: TakenCard, rules = always) {
    const { deps, log } = start()
    const said: string[] = []
    const plans: unknown[] = []
    const cards: CardStore = {
      plan: async (_channel, plan) => plans.push(plan),
      take: async () => [card],
      sent: async () => void said.push('sent'),
      failed: async (_card, failure) => void said.push(`failed ${failure}`),
      retry: async (_card, failure, at) => void said.push(`again ${failure} in ${at - mock.clock.now()}`),
      again: async () => undefined,
      press: async () => 'unknownCard',
      concluded: async () => undefined,
      mayChange: async () => true,
    }
    const run = sendCards({ ...deps, cards, place: () => '下科村', rules, log })
    return run.then(() => ({ said, plans }))
  }

  test('show the task with three buttons, each with task and fencing number', async () => {
    const zhang = mock.member('a')
    expect((await send(task)).said).toEqual(['sent'])
    const [card] = zhang.cards()
    expect(card).toMatchObject({ taskId: 'card-1', summary: '李*英 生育登记' })
    expect(card?.lines.map(line => line.split('：')[1])).toEqual(['下科村', '2026-11-30'])
    expect(card?.buttons.map(({ key }) => readButtonKey(key))).toEqual([
      { act: 'lease', taskId: 'task-1', fence: 2 },
      { act: 'view', taskId: 'task-1', fence: 2 },
      { act: 'later', taskId: 'task-1', fence: 2 },
    ])
  })

  test('a summary of any length fits', async () => {
    const zhang = mock.member('a')
    await send({ ...task, summary: '很长的说明𠮷'.repeat(100) })
    expect([...(zhang.cards()[0]?.summary ?? '')]).toHaveLength(160)
  })

  test('whose answer was lost goes again and is shown once', async () => {
    const zhang = mock.member('a')
    mock.inject(SEND, 'resetAfter')
    expect((await send(task)).said[0]).toMatch(/^again unknownOutcome in (19|20)\d{3}$/)
    expect((await send({ ...task, attempts: 2 })).said).toEqual(['sent'])
    expect(zhang.cards()).toHaveLength(1)
  })

  test('end when nobody can be reached that way, or after eight attempts', async () => {
    expect((await send(task)).said).toEqual(['failed memberGone'])
    mock.member('a')
    mock.inject(SEND, 'resetBefore')
    expect((await send({ ...task, attempts: 8 })).said).toEqual(['failed unknownOutcome'])
  })

  test('that were pressed are answered in whole, however much there is to say of the task', async () => {
    const zhang = mock.member('a')
    const { deps, log } = start()
    const summary = '阿卜杜热合曼·买买提𠮷家的事。'.repeat(80)
    const opened = openTask({
      ...{ id: 'task-1', source: 'halfFilledCase', regionCode: '420702104212', applicationId: null, summary },
      ...{ promiseDue: '2026-11-30', createdAt: 0 },
    })
    const nobody = { assigneeName: null, firstReceiverName: null, overdue: false, family: null, offerNames: null }
    await handlePress(
      {
        ...{ ...deps, log, publicUrl: 'https://nx.example.cn', cards: { mayChange: async () => true } },
        take: async () => ({ outcome: 'viewed', task: { ...opened, ...nobody, allowedActions: [] }, heldBy: null }),
        ...{ place: () => '下科村', say: (_key, { summary: of = '', url = '' }) => `${of}${url}` },
      },
      { kind: 'press', sender: 'a', cardId: 'card-1', buttonKey: 'view|task-1|2', responseCode: 'code' },
    )
    await zhang.waitFor(/officer$/)
    expect(zhang.seen().join('')).toBe(`${summary}https://nx.example.cn/officer`)
    expect(mock.problems).toEqual([])
  })

  test('at rest hours only what is due today is planned', async () => {
    mock.member('a')
    const { plans } = await send(task, { ...always, hours: { from: 24, to: 24 } })
    expect(plans).toMatchObject([{ dueBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), cap: 30 }])
    expect((await send(task)).plans).toMatchObject([{ dueBy: null }])
  })
})

test.each(['', 'lease', 'lease|t', 'lease|t|-1', 'drop|t|1', 'lease|t|1|2', "lease|t' or 1|1"])(
  'no button says "%s"',
  key => expect(readButtonKey(key)).toBeNull(),
)
