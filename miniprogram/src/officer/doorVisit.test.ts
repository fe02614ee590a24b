import { expect, test } from 'vitest'
import { doorSurvey } from '../api/doorApi.ts'
import type { KeyValue } from '../platform/platform.ts'
import {
  answersOf,
  askedOf,
  dropVisit,
  keepVisit,
  mayPassLater,
  nextOf,
  readVisits,
  type DoorVisit,
} from './doorVisit.ts'

const question = (slot: string, askedAfter: unknown = null) => ({
  ...{ slot, type: 'choice', text: slot, help: '', optional: false, skip: null, maxLength: null, askedAfter },
  options: [{ key: '1', label: '不满意' }],
})
const every = [question('overall'), question('why', { slot: 'overall', answers: ['1', '2'] }), question('used')]
const survey = doorSurvey({ title: '问卷', stand: 'open', every })
const visitWith = (answers: DoorVisit['answers']): DoorVisit => ({ code: '12345678', survey, answers, handedIn: false })

function shelf(): KeyValue {
  const kept = new Map<string, string>()
  return {
    read: key => kept.get(key) ?? null,
    write: (key, value) => Boolean(kept.set(key, value)),
    remove: key => void kept.delete(key),
    keys: () => [...kept.keys()],
  }
}

test('a question that hangs on another is asked after the right answer alone', () => {
  expect(askedOf(visitWith({ overall: '5' })).map(({ slot }) => slot)).toEqual(['overall', 'used'])
  expect(nextOf(visitWith({ overall: '1' }))?.slot).toBe('why')
  expect(nextOf(visitWith({ overall: '1', why: null, used: '1' }))).toBeNull()
})

test('an answer that was changed takes along what hung on it', () => {
  expect(answersOf(visitWith({ overall: '5', why: ['waited'], used: '1' }))).toEqual({ overall: '5', used: '1' })
})

test('what is answered stays on the device for this officer, until the service has it', () => {
  const store = shelf()
  keepVisit(store, 'town', visitWith({ overall: '1' }))
  keepVisit(store, 'town', { ...visitWith({ overall: '1', why: ['waited'], used: null }), handedIn: true })
  expect(readVisits(store, 'town')).toMatchObject([{ handedIn: true, answers: { why: ['waited'], used: null } }])
  expect(readVisits(store, 'village')).toEqual([])
  dropVisit(store, 'town', '12345678')
  expect(store.keys()).toEqual([])
})

test('what a household answered is not thrown away because the officer’s session is refused', () => {
  expect(mayPassLater({ kind: 'refused', status: 403 })).toBe(true)
  expect(mayPassLater({ kind: 'expired', status: 401 })).toBe(true)
  expect(mayPassLater({ kind: 'busy', status: 429 })).toBe(true)
  expect(mayPassLater({ kind: 'refused', status: 404 })).toBe(false)
  expect(mayPassLater({ kind: 'refused', status: 409 })).toBe(false)
})
