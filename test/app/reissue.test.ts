import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerRows } from '../../src/app/register.ts'
import type { RegisterEntry } from '../../src/domain/certificateRegister.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* A document again: at once for the person in the register, by an officer for everybody else. */

const VILLAGE = '420702104212'
const PLACE = '沼山镇下柯村'

let database: TestDatabase
let service: Instance
let village: Officer
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  village = await service.appoint('village', 'village', VILLAGE)
})
afterAll(() => database?.close())

const texts = (answer: Awaited<ReturnType<Instance['say']>>) => answer.replies.map(({ text }) => text).join('\n')
async function walk(sender: string, lines: string[]): Promise<string> {
  let last = ''
  for (const line of lines) last = texts(await service.say(sender, line))
  return last
}
const pz = (said: string) => /新证号 (PZ\d{6}-\d{6})/.exec(said)?.[1] ?? ''
const statusOf = async (number: string) =>
  (await database.sql('select status from certificate where number = $1', [number]))[0]?.['status']
const entryOf = async (number: string) =>
  (
    await database.sql('select status, superseded_by, locked_until from certificate_register where number = $1', [
      number,
    ])
  )[0]

let books = 0
async function inTheBooks(
  idNumber: string,
  more: Partial<RegisterEntry['holder']> = {},
  document = 'honourCertificate',
): Promise<string> {
  const number = `GR-9506-${++books}`
  const holder = {
    ...{ name: '欧阳秀英', idNumber, phone: '13800000000', question: 'issuedMonth' as const, answer: '1995-06' },
    lines: [{ label: '子女姓名', value: '欧阳小小' }],
  }
  const entry: RegisterEntry = {
    ...{ id: `book-${books}`, document, number, holder: { ...holder, ...more } },
    ...{ issuedOn: '1995-06-01', office: '沼山镇', regionCode: VILLAGE, residentId: null, status: 'valid' },
    ...{ supersededBy: null, source: 'imported', lockedUntil: null },
  }
  await service.kept.store.transaction({ kind: 'system' }, tx => registerRows(tx, [entry]))
  return number
}

/** 光荣证 lost; `answers` are year and month, or 不记得. */
const honour = (idNumber: string, answers: string[], more: { name?: string; phone?: string } = {}) => [
  ...['光荣证丢了，怎么补', PLACE, '我自己的', '同意', more.name ?? '欧阳秀英', idNumber, more.phone ?? '13800000000'],
  ...['不记得', ...answers, '提交'],
]

describe('a document from the books of the place', () => {
  test('comes at once to the person in the register, free of charge, and the old number ends', async () => {
    const idNumber = withCheck('42070219650505000')
    const old = await inTheBooks(idNumber)
    const sender = randomUUID()
    const said = await walk(sender, honour(idNumber, ['1995', '6']))
    expect(said).toContain('没有收费')
    expect(said).toContain(`旧证号 ${old} 已作废`)
    const number = pz(said)
    expect(await statusOf(number)).toBe('valid')
    expect(await entryOf(old)).toMatchObject({ status: 'superseded', superseded_by: number })
    const { residentId } = await residentOf(sender)
    const print = await service.app.resident.certificate(residentId, number)
    expect(print).toMatchObject({
      certificate: { title: '独生子女父母光荣证' },
      lines: [{ label: '子女姓名', value: '欧阳小小' }],
      officeName: expect.stringContaining('沼山镇'),
    })
    expect(print?.notes.join()).toContain(old)
    const outbox = await database.sql(`select count(*)::int as n from outbox where resident_id = $1`, [residentId])
    expect(outbox).toEqual([{ n: 1 }])
  })

  test('asked for again on the same day it is the same one', async () => {
    const idNumber = withCheck('42070219650606000')
    await inTheBooks(idNumber)
    const sender = randomUUID()
    const first = pz(await walk(sender, honour(idNumber, ['1995', '6'])))
    await walk(sender, ['满意'])
    expect(pz(await walk(sender, honour(idNumber, ['1995', '6'])))).toBe(first)
  })

  test('lost again after a copy is given again at once: the first month of issue still proves it', async () => {
    const idNumber = withCheck('42070219651111000')
    const old = await inTheBooks(idNumber)
    const first = pz(await walk(randomUUID(), honour(idNumber, ['1995年6月'])))
    // Another phone of the same person, who remembers the number on the paper of old.
    const again = honour(idNumber, ['1995年6月']).map(text => (text === '不记得' ? old : text))
    const second = pz(await walk(randomUUID(), again))
    expect(second).not.toBe('')
    expect([await statusOf(first), await statusOf(second)]).toEqual(['superseded', 'valid'])
    expect(await entryOf(old)).toMatchObject({ status: 'superseded', superseded_by: first })
    expect(await entryOf(first)).toMatchObject({ status: 'superseded', superseded_by: second })
  })

  test('lost again and answered with the month of the copy: an officer looks, nobody is locked out, and he ends the copy', async () => {
    const idNumber = withCheck('42070219651212000')
    const old = await inTheBooks(idNumber)
    const first = pz(await walk(randomUUID(), honour(idNumber, ['1995年6月'])))
    const thisMonth = new Date(database.world.now() + 8 * 3_600_000).toISOString().slice(0, 7)
    const again = honour(idNumber, [thisMonth]).map(text => (text === '不记得' ? old : text))
    const number = /BZ\d{6}-\d{6}/.exec(await walk(randomUUID(), again))?.[0] ?? ''
    expect(await entryOf(first)).toMatchObject({ status: 'valid', locked_until: null })
    const second = await grantByOfficer(number)
    expect([await statusOf(first), await statusOf(second)]).toEqual(['superseded', 'valid'])
  })

  test.each<[string, string[], { name?: string; phone?: string }]>([
    ['another name', ['1995', '6'], { name: '欧阳震华' }],
    ['another phone', ['1995', '6'], { phone: '13800000001' }],
    ['no answer to the question', ['不记得'], {}],
  ])('%s: an officer looks, and nothing is said of the register', async (_, answers, more) => {
    const idNumber = withCheck(`420702197${books % 10}0707000`)
    const old = await inTheBooks(idNumber)
    const said = await walk(randomUUID(), honour(idNumber, answers, more))
    expect(said).toContain('已提交，编号 BZ')
    expect(said).not.toContain(old)
    expect(await entryOf(old)).toMatchObject({ status: 'valid', locked_until: null })
  })

  test('a wrong answer closes the way at once for a month, also for the right one', async () => {
    const idNumber = withCheck('42070219680808000')
    const old = await inTheBooks(idNumber)
    expect(await walk(randomUUID(), honour(idNumber, ['1996', '6']))).toContain('已提交，编号 BZ')
    expect((await entryOf(old))?.['locked_until']).not.toBeNull()
    const again = await walk(randomUUID(), honour(idNumber, ['1995', '6']))
    expect(pz(again)).toBe('')
    expect(again).toContain('您已经申请过了')
    expect(again).not.toContain('BZ')
    expect(await entryOf(old)).toMatchObject({ status: 'valid' })
  })

  test('nothing in the register: an officer grants it, and an earlier request keeps nobody from asking again', async () => {
    const idNumber = withCheck('42070219690909000')
    const said = await walk(randomUUID(), honour(idNumber, ['不记得']))
    const number = await grantByOfficer(/BZ\d{6}-\d{6}/.exec(said)?.[0] ?? '')
    expect(await statusOf(number)).toBe('valid')
    expect(await walk(randomUUID(), honour(idNumber, ['不记得']))).toContain('已提交，编号 BZ')
  })
})

const residentOf = async (sender: string) => {
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  return { residentId: (await service.kept.store.turns.open(address, database.world.now())).resident.id }
}

async function grantByOfficer(applicationNumber: string): Promise<string> {
  const { items } = await service.app.officer.applications(village, { limit: 100 })
  const found = items.find(({ number }) => number === applicationNumber)
  const leased = await service.app.officer.lease(village, found?.taskId ?? '', null)
  if (!found || !leased.ok) throw new Error(`no task for ${applicationNumber}`)
  const granted = await service.app.officer.decide(village, found.id, leased.value.fence, { decision: 'granted' })
  if (!granted.ok) throw new Error(granted.refusal.code)
  return granted.value.certificateNumber ?? ''
}

describe('a document that we issued', () => {
  const register = async (sender: string, idNumber: string) => {
    const last = await registerUpTo('submit', answersOf(VILLAGE, idNumber), text => service.say(sender, text))
    const said = last ? texts(last) : ''
    const number = await grantByOfficer(/SY\d{6}-\d{6}/.exec(said)?.[0] ?? '')
    await service.say(sender, '满意')
    return number
  }
  const lost = (idNumber: string, answer: string) => [
    ...[
      '补证',
      PLACE,
      '登记凭证',
      '丢了',
      '我自己的',
      '同意',
      '李秀英',
      idNumber,
      '13800000001',
      '不记得',
      answer,
      '提交',
    ],
  ]

  test('is given again to the account an officer has seen, without an answer; the old one is superseded in its log', async () => {
    const idNumber = withCheck('42070219910707000')
    const sender = randomUUID()
    const old = await register(sender, idNumber)
    const said = await walk(sender, lost(idNumber, '不记得'))
    const number = pz(said)
    expect(number).not.toBe('')
    expect([await statusOf(old), await statusOf(number)]).toEqual(['superseded', 'valid'])
    const { items } = await service.app.officer.applications(village, { limit: 100 })
    const former = items.find(({ certificateNumber }) => certificateNumber === old)
    expect(former?.log.at(-1)).toMatchObject({ type: 'certificateSuperseded', note: number })
    expect(await entryOf(old)).toMatchObject({ status: 'superseded', superseded_by: number })
    const { residentId } = await residentOf(sender)
    expect(await service.app.resident.certificate(residentId, old)).toMatchObject({ supersededBy: number })
    const print = await service.app.resident.certificate(residentId, number)
    expect(print?.lines.map(({ label }) => label)).toEqual(['身份', '登记阶段', '预产期'])
    expect(print?.notes).toEqual([expect.stringContaining(old), expect.stringContaining('登记不是户口登记')])
  })

  test('is not given to an account that is known as somebody else, whatever it knows', async () => {
    const sender = randomUUID()
    await register(sender, withCheck('42070219910808000'))
    const other = withCheck('42070219910909000')
    const old = await register(randomUUID(), other)
    expect(await walk(sender, lost(other, '2027年1月15日'))).toContain('已提交，编号 BZ')
    expect(await statusOf(old)).toBe('valid')
  })

  test('with changed data goes to an officer, who sees what has changed and not to what', async () => {
    const idNumber = withCheck('42070219911010000')
    const sender = randomUUID()
    const old = await register(sender, idNumber)
    const said = await walk(sender, [
      ...['换证', PLACE, '登记凭证', '写错', '我自己的', '同意', '李秀英', idNumber, '13800000001', old],
      ...['姓名', '李修英', '没有了', '提交'],
    ])
    const application = /BZ\d{6}-\d{6}/.exec(said)?.[0] ?? ''
    const { items } = await service.app.officer.applications(village, { limit: 100 })
    const found = items.find(({ number }) => number === application)
    expect(found?.fields.find(({ key }) => key === 'change')).toMatchObject({ value: '姓名', masked: true })
    expect(JSON.stringify(found)).not.toContain('李修英')
    const number = await grantByOfficer(application)
    expect([await statusOf(old), await statusOf(number)]).toEqual(['superseded', 'valid'])
  })
})

describe('a document of somebody else, asked for on the own phone', () => {
  const proxied = (opening: string[], idNumber: string) => [
    ...[
      ...opening,
      '是，已得到同意',
      '同意',
      '欧阳小花',
      '女儿',
      '欧阳秀英',
      idNumber,
      '13800000000',
      '不记得',
      '提交',
    ],
  ]
  const filed = (said: string) => /BZ\d{6}-\d{6}/.exec(said)?.[0] ?? ''

  // A child who once stood in for the mother got her next certificate at once, as if the phone were hers.
  test.each([
    ['by the first words', ['替我妈补证', PLACE, '登记凭证', '丢了']],
    ['when asked', ['补证', PLACE, '登记凭证', '丢了', '替别人办']],
  ])(
    'told %s: the officer sees who stands in, and the account is not known as the holder afterwards',
    async (_, opening) => {
      const idNumber = withCheck(`42070219${50 + opening.length}0101000`)
      const sender = randomUUID()
      const number = filed(await walk(sender, proxied(opening, idNumber)))
      const { items } = await service.app.officer.applications(village, { limit: 100 })
      const found = items.find(item => item.number === number)
      expect(found?.fields.find(({ key }) => key === 'proxy')).toMatchObject({ value: expect.stringContaining('女儿') })
      await grantByOfficer(number)
      await walk(sender, ['满意'])
      const old = await inTheBooks(idNumber)
      expect(filed(await walk(sender, honour(idNumber, ['不记得'])))).not.toBe('')
      expect(await entryOf(old)).toMatchObject({ status: 'valid' })
    },
  )

  test('does not make the account another person either: its owner gets his own at once', async () => {
    const sender = randomUUID()
    const mother = proxied(['替我妈补证', PLACE, '登记凭证', '丢了'], withCheck('42070219580202000'))
    await grantByOfficer(filed(await walk(sender, mother)))
    await walk(sender, ['满意'])
    const idNumber = withCheck('42070219800202000')
    await inTheBooks(idNumber)
    expect(pz(await walk(sender, honour(idNumber, ['1995', '6'])))).not.toBe('')
  })

  test('never comes at once, though all of it is right: an officer looks', async () => {
    const idNumber = withCheck('42070219590303000')
    const old = await inTheBooks(idNumber)
    expect(filed(await walk(randomUUID(), proxied(['我妈的光荣证丢了，我帮她补', PLACE], idNumber)))).not.toBe('')
    expect(await entryOf(old)).toMatchObject({ status: 'valid', locked_until: null })
  })

  test('asked for and granted as one’s own, it makes the account known', async () => {
    const idNumber = withCheck('42070219600404000')
    const sender = randomUUID()
    await grantByOfficer(filed(await walk(sender, honour(idNumber, ['不记得']))))
    await walk(sender, ['满意'])
    const old = await inTheBooks(idNumber, {}, 'additionalBirthPermit')
    const asked = [
      '再生育证丢了',
      PLACE,
      '我自己的',
      '同意',
      '欧阳秀英',
      idNumber,
      '13800000000',
      '不记得',
      '不记得',
      '提交',
    ]
    expect(await walk(sender, asked)).toContain(`旧证号 ${old} 已作废`)
  })
})
