import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDoorDesk, type DoorDesk } from '../../src/app/surveys/doorDesk.ts'
import { muteHousehold } from '../../src/app/messages/mutes.ts'
import { makeSurveyDesk, type SurveyDesk } from '../../src/app/surveys/surveyDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { openCampaign, tokenOf } from './surveyCounty.ts'

const VILLAGE = '420702104212'
const NEIGHBOUR = '420702104201'

let database: TestDatabase
let instance: Instance
let links: SurveyDesk
let door: DoorDesk
let town: Officer

beforeAll(async () => {
  database = await testDatabase()
  instance = openInstance(database)
  links = makeSurveyDesk(instance.parts)
  door = makeDoorDesk(instance.parts)
  town = await instance.appoint('town', 'town', '420702104')
}, 120_000)
afterAll(() => database.close())

const whole = { overall: '4', used: 'none', words: '' }

/** A running campaign with one household, and the token of its link. */
async function oneHousehold(more: { status?: 'asked' | 'officer' | 'test' | 'excluded'; closesIn?: number } = {}) {
  const campaignId = `c-${randomUUID()}`
  const householdId = `h-${randomUUID()}`
  const { closesIn = 14, status = 'asked' } = more
  await openCampaign(database, instance, {
    ...{ id: campaignId, regionCode: '420702', createdBy: town.id, closesIn },
    households: [{ id: householdId, village: VILLAGE, status }],
  })
  return { campaignId, householdId, token: await tokenOf(instance, { campaignId, householdId }) }
}

const finished = (campaignId: string) =>
  database.sql(`select village_code, way, n from survey_count where campaign_id = $1 and question = 'finished'`, [
    campaignId,
  ])

describe('by the signed link', () => {
  test('what was answered stays, and the household goes on where it stopped', async () => {
    const { token, campaignId } = await oneHousehold()
    expect((await links.open(token))?.next?.slot).toBe('overall')
    await links.answer(token, { answers: { overall: '2', why: ['waited'] }, finish: false })
    const again = await links.open(token)
    expect(again?.answers).toEqual({ overall: '2', why: ['waited'] })
    expect(again?.next?.slot).toBe('used')
    expect(await finished(campaignId)).toEqual([])
  })

  test('who used the services is asked about them, who did not is not', async () => {
    const { token } = await oneHousehold()
    const none = await links.answer(token, { answers: { overall: '5', used: 'none' }, finish: false })
    expect(none?.view.questions.map(({ slot }) => slot)).toEqual(['overall', 'used', 'words'])
    const some = await links.answer(token, { answers: { used: 'window', attitude: '3' }, finish: false })
    expect(some?.view.questions.map(({ slot }) => slot)).toEqual(['overall', 'used', 'attitude', 'once', 'words'])
    const changed = await links.answer(token, { answers: { used: 'none' }, finish: true })
    expect(changed?.kept).toEqual({ kind: 'finished', answers: { overall: '5', used: 'none' } })
  })

  test('handed in without what is needed it is kept, and says what is missing', async () => {
    const { token } = await oneHousehold()
    const kept = await links.answer(token, { answers: { overall: '5' }, finish: true })
    expect(kept?.kept).toEqual({ kind: 'incomplete', missing: 'used' })
    expect(kept?.view.stand).toBe('open')
  })

  test('a made-up token opens nothing', async () => {
    expect(await links.open('x'.repeat(43))).toBeNull()
  })

  test('after its time it is closed, and takes nothing', async () => {
    const { token, campaignId } = await oneHousehold({ closesIn: -1 / 24 })
    expect((await links.open(token))?.stand).toBe('closed')
    expect((await links.answer(token, { answers: whole, finish: true }))?.kept).toEqual({ kind: 'closed' })
    expect(await finished(campaignId)).toEqual([])
  })

  test('an officer’s own try can be answered and counts nowhere', async () => {
    const { token, campaignId } = await oneHousehold({ status: 'test' })
    expect((await links.answer(token, { answers: whole, finish: true }))?.kept.kind).toBe('finished')
    expect(await finished(campaignId)).toEqual([])
    // And tried again.
    expect(await links.open(token)).toMatchObject({ stand: 'open', answers: {} })
  })

  test('a household that is left alone has nothing to answer', async () => {
    const { token } = await oneHousehold({ status: 'excluded' })
    expect((await links.open(token))?.stand).toBe('closed')
  })
})

describe('one answer of each household', () => {
  test('however many hand in at once, by whichever way', async () => {
    const { token, campaignId, householdId } = await oneHousehold({ status: 'officer' })
    const [slip] = await slipOf(campaignId)
    const code = slip?.code ?? ''
    const sender = await speaker(householdId)
    await instance.say(sender, '答问卷')
    await instance.say(sender, '现在答')
    await instance.say(sender, '满意')
    await instance.say(sender, '没办过')
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => links.answer(token, { answers: whole, finish: true })),
      door.answer(town, code, { answers: whole, finish: true }),
      door.answer(town, code, { answers: whole, finish: true }),
      instance.say(sender, '跳过'),
    ])
    expect(answers.length).toBe(7)
    const rows = await finished(campaignId)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.['n']).toBe(1)
    expect(await database.sql('select status from survey_response where campaign_id = $1', [campaignId])).toEqual([
      { status: 'finished' },
    ])
  }, 60_000)

  test('what is handed in is final', async () => {
    const { token, campaignId, householdId } = await oneHousehold()
    await links.answer(token, { answers: { ...whole, overall: '1', why: null }, finish: true })
    expect((await links.answer(token, { answers: { overall: '5' }, finish: true }))?.kept).toEqual({ kind: 'already' })
    const sender = await speaker(householdId)
    const { replies } = await instance.say(sender, '答问卷')
    expect(replies.map(({ text }) => text)).toContain('现在没有您要答的问卷。')
    expect(
      await database.sql(`select option, n from survey_count where campaign_id = $1 and question = 'overall'`, [
        campaignId,
      ]),
    ).toEqual([{ option: '1', n: 1 }])
  })

  test('words leave the household when it hands in', async () => {
    const { token, campaignId, householdId } = await oneHousehold()
    await links.answer(token, {
      answers: { overall: '2', why: ['waited', 'trips'], used: 'none', words: '窗口中午没人' },
      finish: true,
    })
    const columns = await database.sql(`select * from survey_words where campaign_id = $1`, [campaignId])
    expect(columns).toHaveLength(1)
    expect(JSON.stringify(columns)).not.toContain(householdId)
    const read = await instance.kept.store.transaction({ kind: 'system' }, async tx => ({
      words: await tx.surveys.words(campaignId, VILLAGE, 10),
      kept: await tx.surveys.responsesOf([householdId]),
    }))
    expect(read.words).toEqual(['窗口中午没人'])
    expect(read.kept.map(({ answers }) => answers)).toEqual([{ overall: '2', why: ['waited', 'trips'], used: 'none' }])
  })
})

describe('in the chat', () => {
  test('a household may say later, and come back by itself', async () => {
    const { campaignId, householdId } = await oneHousehold()
    const sender = await speaker(householdId)
    await instance.say(sender, '答问卷')
    const { replies } = await instance.say(sender, '以后再说')
    expect(replies[0]?.text).toContain('想答的时候回复“答问卷”')
    expect(await replyOf(campaignId)).toBe('later')
    await instance.say(sender, '答问卷')
    await instance.say(sender, '现在答')
    await instance.say(sender, '不满意')
    await instance.say(sender, '1和5')
    expect(await database.sql('select status, way from survey_response where campaign_id = $1', [campaignId])).toEqual([
      { status: 'partial', way: 'chat' },
    ])
  })

  test('who says no is noted, and not asked about the reason', async () => {
    const { campaignId, householdId } = await oneHousehold()
    const sender = await speaker(householdId)
    await instance.say(sender, '答问卷')
    await instance.say(sender, '不参加')
    expect(await replyOf(campaignId)).toBe('declined')
  })

  test('a household’s questionnaire is opened for nobody else', async () => {
    await oneHousehold()
    const { replies } = await instance.say(`guest-${randomUUID()}`, '答问卷')
    expect(replies.map(({ text }) => text)).toContain('现在没有您要答的问卷。')
  })
})

describe('at the door', () => {
  test('an officer of the town asks where the household shows its code, and it is written down who asked', async () => {
    const { campaignId } = await oneHousehold({ status: 'officer' })
    const [slip] = await slipOf(campaignId)
    expect(slip).toMatchObject({ code: expect.stringMatching(/^\d{8}$/) })
    expect(await slipOf(campaignId)).toEqual([slip])
    const spaced = `${slip?.code.slice(0, 4)} ${slip?.code.slice(4)}`
    const opened = await door.open(town, spaced)
    expect(opened.ok && opened.value.next?.slot).toBe('overall')
    const given = await door.answer(town, slip?.code ?? '', { answers: whole, finish: true })
    expect(given.ok && given.value.kept.kind).toBe('finished')
    expect(
      await database.sql('select way, asked_by from survey_response where campaign_id = $1', [campaignId]),
    ).toEqual([{ way: 'officer', asked_by: town.id }])
    expect(await slipOf(campaignId)).toEqual([])
  })

  test('nobody calls at the door of a household that mourns since', async () => {
    const { campaignId, householdId } = await oneHousehold({ status: 'officer' })
    const by = { kind: 'system' as const }
    await instance.kept.store.transaction({ kind: 'system' }, tx =>
      muteHousehold(instance.parts, tx, { to: { householdId }, reason: 'bereavement', by }),
    )
    expect(await slipOf(campaignId)).toEqual([])
    const other = await oneHousehold({ status: 'officer' })
    const at = instance.parts.world.now()
    const sender = await speaker(other.householdId)
    const residentId = await instance.kept.auth.residentBySender({ channel: 'web', sender, at })
    const content = JSON.stringify({ number: '8-1', headName: '陈某' })
    const sealed = database.cipher.seal('household|content', other.householdId, content)
    await database.sql('update household set content = $2 where id = $1', [other.householdId, sealed])
    expect(await slipOf(other.campaignId)).toHaveLength(1)
    await instance.kept.store.transaction({ kind: 'system' }, tx =>
      muteHousehold(instance.parts, tx, { to: { residentId }, reason: 'bereavement', by }),
    )
    expect(await slipOf(other.campaignId)).toEqual([])
  })

  test('the officer of the village does not ask about himself, his neighbour may', async () => {
    const { campaignId } = await oneHousehold({ status: 'officer' })
    const code = (await slipOf(campaignId))[0]?.code ?? ''
    const own = await instance.appoint('own', 'village', VILLAGE)
    const neighbour = await instance.appoint('neighbour', 'village', NEIGHBOUR)
    expect(await door.open(own, code)).toEqual({ ok: false, refusal: { code: 'ownCase' } })
    expect((await door.open(neighbour, code)).ok).toBe(true)
  })

  test('an officer of another town does not even learn that the code is one', async () => {
    const { campaignId } = await oneHousehold({ status: 'officer' })
    const code = (await slipOf(campaignId))[0]?.code ?? ''
    const other = await instance.appoint('town2', 'town', '420702199')
    expect(await door.open(other, code)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    expect(await door.open(town, '00000000')).toEqual({ ok: false, refusal: { code: 'notFound' } })
  })
})

async function slipOf(campaignId: string) {
  const slips = await door.slips(town, campaignId, '')
  return slips.ok ? slips.value.items : []
}

async function replyOf(campaignId: string): Promise<unknown> {
  const [row] = await database.sql('select reply from campaign_household where campaign_id = $1', [campaignId])
  return row?.['reply']
}

/** Somebody in the chat who speaks for this household. */
async function speaker(householdId: string): Promise<string> {
  await database.sql(
    `insert into household (id, region_code, members, content, digest, imported_at) values ($1, $2, 3, '', '', now())
      on conflict do nothing`,
    [householdId, VILLAGE],
  )
  const sender = `guest-${randomUUID()}`
  await instance.say(sender, '你好')
  const at = instance.parts.world.now()
  const residentId = await instance.kept.auth.residentBySender({ channel: 'web', sender, at })
  await instance.kept.store.transaction({ kind: 'system' }, tx =>
    tx.messages.link({ householdId, residentId, proof: 'officer', by: 'service', at }),
  )
  return sender
}
