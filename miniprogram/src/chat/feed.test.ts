import { expect, test } from 'vitest'
import type { HistoryEntry, Reply } from '../api/chatShapes.ts'
import { bubblesOf, looksLikeIdentityNumber, mergeHistory, notYetIn, oldestFirst, questionOf } from './feed.ts'
import type { OutgoingTurn } from './outgoing.ts'

const reply = (id: string, text: string): Reply => ({ id, kind: 'text', text, choices: [], input: null, url: null })
const asking = (id: string): Reply => ({ ...reply(id, '要办什么事？'), choices: [{ key: 'k', label: '生育登记' }] })

const said = (id: string, text: string): HistoryEntry => ({
  id,
  from: 'resident',
  at: '2026-11-22T09:00:00+08:00',
  text,
  replies: [],
})
const told = (id: string, ...replies: Reply[]): HistoryEntry => ({
  id,
  from: 'service',
  at: '2026-11-22T09:00:00+08:00',
  text: '',
  replies,
})

const turn = (state: OutgoingTurn['state']): OutgoingTurn => ({
  messageId: 'm1',
  body: { text: '是' },
  said: '是',
  state,
  reason: '',
})

test('history, answered turns and waiting turns stand in the order in which they were said', () => {
  const bubbles = bubblesOf(
    [said('a', '你好'), told('b', reply('r1', '您好'))],
    [{ turn: { ...turn('sending'), messageId: 'm0', said: '登记' }, replies: [reply('r2', '好的')] }],
    [turn('retrying')],
  )
  expect(bubbles.map(({ text }) => text)).toEqual(['你好', '您好', '登记', '好的', '是'])
  expect(bubbles[4]?.state).toBe('retrying')
})

test('an answer that the history already holds is shown once', () => {
  const history = [said('a', '你好'), told('b', reply('r1', '您好'))]
  expect(notYetIn(history, [{ turn: turn('sending'), replies: [reply('r1', '您好')] }])).toEqual([])
})

test('the opening of the chat leaves no bubble of the resident', () => {
  expect(bubblesOf([said('a', '')], [], [{ ...turn('sending'), said: '' }])).toEqual([])
})

test('no buttons while an answer is on its way, so that nobody answers twice', () => {
  const history = [told('b', asking('r1'))]
  expect(questionOf(history, [], [])?.choices).toHaveLength(1)
  expect(questionOf(history, [], [turn('sending')])).toBeNull()
  expect(questionOf(history, [], [turn('refused')])?.choices).toHaveLength(1)
})

test('a message that arrives after a question leaves its buttons', () => {
  const history = [said('a', '对'), told('b', asking('r1')), told('c', reply('r2', '已办好'))]
  expect(questionOf(history, [], [])?.key).toBe('r1')
})

test('a question that was answered has no buttons left', () => {
  expect(
    questionOf([told('b', asking('r1')), said('a', '生育登记'), told('c', reply('r2', '好的'))], [], []),
  ).toBeNull()
})

test('a newer page joins what is known; without overlap it stands alone', () => {
  const known = [said('a', '一'), said('b', '二')]
  expect(mergeHistory(known, [said('b', '二'), said('c', '三')]).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(mergeHistory(known, [said('x', '九')]).map(({ id }) => id)).toEqual(['x'])
})

test('a list with the newest first is turned round', () => {
  const late = { ...said('b', '二'), at: '2026-11-22T10:00:00+08:00' }
  expect(oldestFirst([late, said('a', '一')]).map(({ id }) => id)).toEqual(['a', 'b'])
})

test('an identity number is known as worth hiding, a phone number is not', () => {
  expect(looksLikeIdentityNumber('42070219900101000X')).toBe(true)
  expect(looksLikeIdentityNumber('13800000000')).toBe(false)
})
