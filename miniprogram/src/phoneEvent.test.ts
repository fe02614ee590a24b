import { expect, test } from 'vitest'
import { phoneTold } from './phoneEvent.ts'

test('a code is passed on, a no is a no, and trouble of WeChat is nobody’s word', () => {
  expect(phoneTold({ detail: { code: 'c1', errMsg: 'getPhoneNumber:ok' } })).toEqual({ kind: 'code', code: 'c1' })
  expect(phoneTold({ detail: { errMsg: 'getPhoneNumber:fail user deny' } })).toEqual({ kind: 'refused' })
  for (const detail of [{ errMsg: 'getPhoneNumber:fail', errno: 1400001 }, { errMsg: 'getPhoneNumber:ok' }, null, 'x'])
    expect(phoneTold({ detail })).toEqual({ kind: 'trouble' })
  expect(phoneTold(undefined)).toEqual({ kind: 'trouble' })
})
