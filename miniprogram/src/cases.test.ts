import { expect, test } from 'vitest'
import { residentCase } from './api/caseShapes.ts'
import { everyCase } from './cases.ts'

const item = (id: string) =>
  residentCase({
    id,
    number: id,
    matter: 'birthRegistration',
    status: 'submitted',
    receivedAt: '2026-11-22T10:00:00+08:00',
  })

test('all pages are read, and a case that moved between two pages is there once', async () => {
  const pages = { '': { items: [item('a'), item('b')], next: '2' }, '2': { items: [item('b'), item('c')], next: null } }
  const answer = await everyCase(async cursor => ({ ok: true, value: cursor === '2' ? pages['2'] : pages[''] }))
  expect(answer.ok && answer.value.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('a page that does not come is told, not left out', async () => {
  const lost = {
    kind: 'unreachable',
    status: 0,
    code: 'unreachable',
    title: '',
    allowed: [],
    heldBy: null,
    fields: [],
  } as const
  const answer = await everyCase(async cursor =>
    cursor
      ? { ok: false, problem: { ...lost, allowed: [], fields: [] } }
      : { ok: true, value: { items: [item('a')], next: '2' } },
  )
  expect(answer).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
})
