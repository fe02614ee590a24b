import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { muteHousehold } from '../../src/app/messages/mutes.ts'
import { messageRulesAt } from '../../src/app/messages/rulesHere.ts'
import { quietHoursAnywhere } from '../../src/domain/message/messageRules.ts'
import { packFor, parseRegionPackLayer } from '../../src/domain/regionPacks.ts'
import { loadRegionPacks } from '../../src/runtime/loadRegions.ts'
import { cares, decidedAt, filed, itIs, leavesAt, night, onNights, rated, tells, told } from './nights.ts'

/* What nobody asked for at that moment keeps the quiet hours; answers never wait, and are held up by nothing that does. */

onNights()

describe('a decision', () => {
  test.each(['2026-11-24T20:59', '2026-11-25T08:00'])(
    'made at %s is told at once, and then its rating asked',
    async moment => {
      await decidedAt(moment)
      expect(await leavesAt(moment)).toEqual([told, rated])
    },
  )

  test.each(['2026-11-24T21:00', '2026-11-24T23:00', '2026-11-25T07:59'])(
    'made at %s is told at eight, and then its rating asked, once',
    async moment => {
      await decidedAt(moment)
      expect(await leavesAt(moment)).toEqual([])
      expect(await leavesAt('2026-11-25T07:59')).toEqual([])
      expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
      expect(await leavesAt('2026-11-25T08:01')).toEqual([])
      expect((await night.database.sql('select status from outbox')).map(({ status }) => status)).toEqual([
        'sent',
        'sent',
      ])
    },
  )

  test('stands on the page at once, where it wakes nobody', async () => {
    await decidedAt('2026-11-24T23:00', 'web')
    expect(await leavesAt('2026-11-24T23:00')).toEqual([told, rated])
  })

  test('that no platform took before nine in the evening waits for the morning as well', async () => {
    await decidedAt('2026-11-24T20:59')
    expect(await leavesAt('2026-11-24T21:01')).toEqual([])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
  })
})

describe('a worker', () => {
  /** Transactions that a sending begins beside the outbox itself. */
  const begunAt = async (moment: string) => {
    const { store } = night.here.parts
    let begun = 0
    night.here.parts.store = { ...store, transaction: (scope, run) => (begun++, store.transaction(scope, run)) }
    await leavesAt(moment)
    night.here.parts.store = store
    return begun
  }

  test('by day asks of a word nothing, and of a message of the service only whether it is still wanted', async () => {
    const one = await filed()
    await tells(one, '1')
    expect(await begunAt('2026-11-24T15:00')).toBe(0)
    await cares(one)
    expect(await begunAt('2026-11-24T15:00')).toBe(1)
    expect(night.arrived).toHaveLength(2)
  })

  test('by night looks up whose hours each of them keeps', async () => {
    const one = await filed()
    itIs('2026-11-24T20:59')
    await cares(one)
    await tells(one, '1')
    expect(await begunAt('2026-11-24T21:00')).toBe(3)
    expect(night.arrived).toEqual([])
  })
})

test('two words about one case keep their order, over the night and over a platform that fails', async () => {
  const one = await filed()
  itIs('2026-11-24T22:00')
  for (const number of ['1', '2']) {
    await tells(one, number)
    itIs('2026-11-24T22:30')
  }
  const [first, second] = (await night.database.sql('select id from outbox order by seq')).map(({ id }) => String(id))
  itIs('2026-11-25T08:00')
  expect(await night.here.kept.outbox.take(second ?? '', night.now)).toBeNull()
  const taken = await night.here.kept.outbox.take(first ?? '', night.now)
  if (!taken) throw new Error('not taken')
  const failure = { name: 'busy', retry: 'soon' as const, alert: false, tell: '', mayHaveArrived: false }
  await night.here.kept.outbox.retry(taken, { notBefore: night.now + 60_000, failure, repeat: false })
  expect(await night.here.kept.outbox.take(second ?? '', night.now)).toBeNull()
  await leavesAt('2026-11-25T08:01')
  expect(night.arrived.map(({ id }) => id)).toEqual([first, second])
})

test('who is left in peace over night is told how it ended, and is not asked to rate', async () => {
  const { residentId, sender: mother } = await decidedAt('2026-11-24T23:00')
  const by = { kind: 'system' as const }
  await night.here.parts.store.transaction(by, tx =>
    muteHousehold(night.here.parts, tx, { to: { residentId }, reason: 'bereavement', by }),
  )
  expect(await leavesAt('2026-11-25T08:00')).toEqual([told])
  itIs('2026-11-25T09:00')
  expect((await night.here.say(mother, '你好', 'wechat-official')).state.flow).not.toBe('service-rating')
})

describe('a county whose evening begins earlier', () => {
  const none = ['marriageRequired', 'whoMay', 'where', 'materials', 'resultName', 'legalDays', 'promiseDays']
  const source = { document: '测试县要求', checked: '2026-11-22', weight: 'official' }
  const county = parseRegionPackLayer({
    ...{ code: '420702', name: '测试县', officePhone: null },
    birthRegistration: Object.fromEntries([...none, 'onlineEntry', 'resultNote'].map(field => [field, null])),
    messages: { quietHours: { value: { from: '19:30', to: '09:00' }, source } },
  })
  const usual = (code: string | null) => packFor(loadRegionPacks('regions'), code)
  const packs = [...loadRegionPacks('regions'), county]
  beforeEach(() => {
    night.here.parts.packFor = code => packFor(packs, code)
    const layers = packs.map(({ messages }) => messages)
    night.here.parts.quietHoursAnywhere = quietHoursAnywhere(night.here.parts.messageRules, layers)
  })
  afterEach(() => {
    night.here.parts.packFor = usual
    night.here.parts.quietHoursAnywhere = [night.here.parts.messageRules.quietHours]
  })

  test('waits from its own hour on, with decisions and with what goes by rules, until its own morning', async () => {
    await cares(await decidedAt('2026-11-24T20:00'))
    expect(await leavesAt('2026-11-24T20:00')).toEqual([])
    expect(await leavesAt('2026-11-25T08:59')).toEqual([])
    expect(await leavesAt('2026-11-25T09:00')).toEqual(
      expect.arrayContaining([told, expect.stringContaining('王专干')]),
    )
  })

  test('holds back at the last moment what was queued before its evening', async () => {
    await decidedAt('2026-11-24T19:29')
    expect(await leavesAt('2026-11-24T19:31')).toEqual([])
    expect(await leavesAt('2026-11-25T09:00')).toEqual([told, rated])
  })

  test('says nothing for the county next to it, and speaks for who lives nowhere that we know', () => {
    expect(messageRulesAt(night.here.parts, '420703106')).toEqual(night.here.parts.messageRules)
    expect(messageRulesAt(night.here.parts, null).quietHours.from).toBe(1170)
  })
})
