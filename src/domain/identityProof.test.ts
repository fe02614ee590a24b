import { describe, expect, test } from 'vitest'
import { proveIdentity, type Proof } from './identityProof.ts'

const entry = {
  name: '欧阳娜娜',
  phone: '13800000000',
  question: 'issuedMonth' as const,
  answer: '2016-05',
  lockedUntil: null,
}
const proof: Proof = {
  entry,
  claimed: { name: '欧阳娜娜', phone: '13800000000' },
  account: 'unknown',
  answers: { issuedMonth: '2016-05' },
  now: 0,
}

describe('a copy at once goes only to the person in the register', () => {
  test('name and phone match, and the one question is answered', () => {
    expect(proveIdentity(proof)).toEqual({ proven: true, by: 'question' })
  })

  test('an account on which an officer has seen this very person needs no question', () => {
    expect(proveIdentity({ ...proof, account: 'same', answers: {} })).toEqual({ proven: true, by: 'account' })
  })

  test.each<[string, Partial<Proof>, string]>([
    ['nothing is in the register', { entry: null }, 'notFound'],
    ['another name', { claimed: { name: '欧阳震华', phone: '13800000000' } }, 'data'],
    ['another phone', { claimed: { name: '欧阳娜娜', phone: '13800000001' } }, 'data'],
    ['a register that knows no phone', { entry: { ...entry, phone: null } }, 'data'],
    ['a wrong answer', { answers: { issuedMonth: '2016-06' } }, 'wrongAnswer'],
    ['no answer', { answers: { issuedMonth: null } }, 'noAnswer'],
    ['an answer to another question', { answers: { birthDate: '2016-05' } }, 'noAnswer'],
    ['a register that knows nothing to ask', { entry: { ...entry, question: null, answer: null } }, 'noAnswer'],
    ['an entry that was guessed at lately', { entry: { ...entry, lockedUntil: 1 } }, 'locked'],
    ['an account that is known as somebody else', { account: 'other' }, 'otherPerson'],
  ])('with %s an officer looks', (_, differing, why) => {
    expect(proveIdentity({ ...proof, ...differing })).toEqual({ proven: false, why })
  })

  test('a known account does not help against another name', () => {
    expect(proveIdentity({ ...proof, account: 'same', claimed: { ...proof.claimed, name: '李四' } })).toMatchObject({
      proven: false,
    })
  })

  test('the dot and the width of a name do not matter', () => {
    const named = {
      ...proof,
      entry: { ...entry, name: '买买提·艾力' },
      claimed: { ...proof.claimed, name: '买买提艾力' },
    }
    expect(proveIdentity(named).proven).toBe(true)
  })
})
