import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  at,
  cares,
  decide,
  decidedAt,
  filed,
  hello,
  itIs,
  leavesAt,
  night,
  numbered,
  onNights,
  rated,
  tells,
  told,
} from './nights.ts'

/* Who writes is awake: word about his own case reaches him by night too. Who stopped may be asleep again. */

onNights()

describe('who is talking to us by night', () => {
  test.each([
    ['a minute ago', '2026-11-24T22:59', '2026-11-24T23:00'],
    ['half an hour ago', '2026-11-24T22:31', '2026-11-24T23:00'],
    ['before nine, a minute ago', '2026-11-24T20:59', '2026-11-24T21:00'],
  ])('hears at once how it ended, and is asked to rate: he wrote %s', async (_, wrote, moment) => {
    const one = await filed()
    itIs(wrote)
    await hello(one)
    await decide(one, moment)
    expect(await leavesAt(moment)).toEqual([told, rated])
  })

  test('and stopped half an hour ago is let sleep', async () => {
    const one = await filed()
    itIs('2026-11-24T22:30')
    await hello(one)
    await decide(one, '2026-11-24T23:00')
    expect(await leavesAt('2026-11-24T23:00')).toEqual([])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
  })

  test('hears first what waited before', async () => {
    const one = await decidedAt('2026-11-24T23:00')
    itIs('2026-11-24T23:30')
    await hello(one)
    await tells(one, '1')
    expect(await leavesAt('2026-11-24T23:30')).toEqual([told, expect.not.stringContaining('请您评价')])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([rated])
  })

  test('is still not sent what counts as care, which has no hurry', async () => {
    const one = await filed()
    itIs('2026-11-24T22:59')
    await hello(one)
    await cares(one)
    expect(await leavesAt('2026-11-24T23:00')).toEqual([])
  })
})

describe('who begins to write by night', () => {
  test('hears at once what waited, and is asked to rate it in the morning', async () => {
    const one = await decidedAt('2026-11-24T23:00')
    expect(await leavesAt('2026-11-24T23:29')).toEqual([])
    itIs('2026-11-24T23:30')
    await hello(one)
    expect(await leavesAt('2026-11-24T23:30')).toEqual([told])
    expect(await leavesAt('2026-11-25T07:59')).toEqual([])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([rated])
  })

  test('hears it as well by a turn that runs a command, and is asked nothing of which he was not told', async () => {
    const { sender: mother } = await decidedAt('2026-11-24T23:00')
    itIs('2026-11-24T23:30')
    const progress = await night.here.say(mother, '进度', 'wechat-official')
    const words = progress.replies.map(({ text }) => text).join('\n')
    expect(words).toContain('已办好')
    expect(words).not.toContain('评价')
    expect((await night.here.say(mother, '5', 'wechat-official')).state.flow).not.toBe('service-rating')
    expect(await leavesAt('2026-11-24T23:31')).toEqual([told])
    expect((await night.here.say(mother, '非常满意', 'wechat-official')).state.flow).not.toBe('service-rating')
    expect(await leavesAt('2026-11-25T08:00')).toEqual([rated])
  })

  test('wakes the worker, and whoever has nothing waiting wakes nobody', async () => {
    const one = await decidedAt('2026-11-24T23:00')
    const woken: string[][] = []
    const { wake } = night.here.parts
    night.here.parts.wake = { ...wake, outbox: ids => void woken.push(ids) }
    itIs('2026-11-24T23:30')
    for (const word of ['你好', '你好']) await night.here.say(one.sender, word, 'wechat-official')
    await tells(one, '1')
    await night.database.sql('update outbox set not_before = $1', [new Date(at('2026-11-25T08:00'))])
    for (const word of ['进度', '进度']) await night.here.say(one.sender, word, 'wechat-official')
    night.here.parts.wake = wake
    expect(woken.filter(ids => ids.length === 0)).toHaveLength(2)
  })

  test('hears two words in their order', async () => {
    const one = await filed()
    itIs('2026-11-24T22:00')
    await tells(one, '1')
    await tells(one, '2')
    itIs('2026-11-24T23:30')
    await hello(one)
    expect(await leavesAt('2026-11-24T23:30')).toEqual([numbered('1'), numbered('2')])
  })

  test('pulls forward nothing of anybody else', async () => {
    const [one, other] = [await filed(), await filed()]
    itIs('2026-11-24T22:00')
    for (const each of [one, other]) await tells(each, each === one ? '1' : '2')
    itIs('2026-11-24T23:30')
    await hello(one)
    expect(await leavesAt('2026-11-24T23:30')).toEqual([numbered('1')])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([numbered('2')])
  })

  test('and stopped before a platform could take it is let sleep', async () => {
    const one = await decidedAt('2026-11-24T23:00')
    itIs('2026-11-24T23:30')
    await hello(one)
    expect(await leavesAt('2026-11-25T00:00')).toEqual([])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
  })

  test('does not make a platform be asked again before its time', async () => {
    const one = await filed()
    itIs('2026-11-24T20:30')
    await tells(one, '1')
    const [row] = await night.database.sql('select id from outbox')
    const taken = await night.here.kept.outbox.take(String(row?.['id']), night.now)
    if (!taken) throw new Error('not taken')
    const failure = { name: 'quotaSpent', retry: 'tomorrow' as const, alert: true, tell: '', mayHaveArrived: false }
    await night.here.kept.outbox.retry(taken, { notBefore: at('2026-11-25T00:05'), failure, repeat: false })
    itIs('2026-11-24T23:30')
    await hello(one)
    expect(await leavesAt('2026-11-24T23:30')).toEqual([])
  })
})

describe('a chat by night while a decision waits', () => {
  test('gets the rest of a long answer at once, though the decision stands before it', async () => {
    const { residentId, sender: mother } = await decidedAt('2026-11-24T23:00')
    itIs('2026-11-24T23:30')
    const replies = [{ id: 'r', kind: 'text' as const, text: '剩下的回答' }]
    const address = { channel: 'wechat-official' as const, sender: mother }
    const row = { id: randomUUID(), residentId, ...address, replies, dedupeKey: randomUUID(), critical: false }
    await night.here.parts.store.transaction({ kind: 'system' }, tx =>
      tx.outbox.add({ ...row, notBefore: night.now, createdAt: night.now }),
    )
    expect(await leavesAt('2026-11-24T23:30')).toEqual(['剩下的回答'])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
  })

  test('that is still going on in the morning is not interrupted by the rating', async () => {
    const { sender: mother } = await decidedAt('2026-11-24T23:00')
    itIs('2026-11-25T07:58')
    await night.here.say(mother, '投诉', 'wechat-official')
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told])
  })
})
