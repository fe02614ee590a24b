import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConfirmationAnswer, OutgoingConfirmation } from '../../app/bureauDesk.ts'
import { openBureauFiles } from './desk.ts'

const AT = Date.parse('2026-11-23T09:00:00+08:00')
const request: OutgoingConfirmation = {
  id: 'request-1',
  applicationId: 'application-1',
  regionCode: '420702104212',
  residentId: 'resident-1',
  bureau: '民政局',
  question: { text: '婚姻登记是否在册', about: { applicantName: '欧阳测试' } },
  askedAt: AT,
  expiresAt: AT + 86_400_000,
  token: 'token-1',
}

let dir: string
let logged: string[]
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'nx-bureau-'))
  logged = []
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const desk = () => openBureauFiles(dir, (event, { reason }) => logged.push(`${event} ${reason}`))
const put = (name: string, text: string) => writeFileSync(path.join(dir, 'in', name), text)

test('a question is one file for nobody but us, however often it is sent, with what the bureau may know and no more', async () => {
  await desk().send(request)
  await desk().send(request)
  expect(readdirSync(path.join(dir, 'out'))).toEqual(['request-1.json'])
  const file = path.join(dir, 'out', 'request-1.json')
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    requestId: 'request-1',
    bureau: '民政局',
    question: '婚姻登记是否在册',
    about: { applicantName: '欧阳测试' },
    askedAt: '2026-11-23T09:00:00+08:00',
    expiresAt: '2026-11-24T09:00:00+08:00',
    token: 'token-1',
  })
})

test('answers are taken in order and put away by what came of them', async () => {
  await desk().collect(async () => 'taken')
  put('b.json', JSON.stringify({ requestId: 'r2', token: 't', answer: 'rejected', note: '查无此人' }))
  put('a.json', JSON.stringify({ requestId: 'r1', token: 't', answer: 'accepted' }))
  put('broken.json', '{"requestId":')
  put('extra.json', JSON.stringify({ requestId: 'r3', token: 't', answer: 'accepted', decide: 'granted' }))
  put('long.json', JSON.stringify({ requestId: 'r4', token: 't', answer: 'accepted' }).padEnd(17 * 1024))
  put('notes.txt', 'left alone')
  mkdirSync(path.join(dir, 'in', 'aside.json'))
  const seen: ConfirmationAnswer[] = []
  await desk().collect(async answer => {
    seen.push(answer)
    return answer.requestId === 'r1' ? 'taken' : 'unknown'
  })
  expect(seen).toEqual([
    { requestId: 'r1', token: 't', answer: 'accepted', note: null },
    { requestId: 'r2', token: 't', answer: 'rejected', note: '查无此人' },
  ])
  expect(readdirSync(path.join(dir, 'in')).sort()).toEqual([
    'a.json.taken',
    'aside.json',
    'b.json.unknown',
    'broken.json.unreadable',
    'extra.json.unreadable',
    'long.json.unreadable',
    'notes.txt',
  ])
  expect(logged).toHaveLength(4)
})

test('two workers that collect at once take each answer, and neither stumbles over the other', async () => {
  await desk().collect(async () => 'taken')
  for (let n = 0; n < 20; n++) put(`a${n}.json`, JSON.stringify({ requestId: `r${n}`, token: 't', answer: 'accepted' }))
  const seen = new Set<string>()
  const take = async ({ requestId }: ConfirmationAnswer) => {
    const known = seen.has(requestId)
    seen.add(requestId)
    return known ? ('repeated' as const) : ('taken' as const)
  }
  await Promise.all([desk().collect(take), desk().collect(take), desk().collect(take)])
  expect(seen.size).toBe(20)
  expect(readdirSync(path.join(dir, 'in')).filter(name => name.endsWith('.json'))).toEqual([])
})
