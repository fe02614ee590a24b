import { expect, test } from 'vitest'
import { faultOf } from './faultOf.ts'

test('a fault says where it happened and what the database called it, and nothing of what a person said', () => {
  const driver = Object.assign(new Error('invalid input syntax for type date: "李秀英 420702199001010008"'), {
    code: '22007',
    detail: 'Key (phone)=(13800000001) already exists.',
  })
  const fault = faultOf(new TypeError('李秀英\n    at 13800000001', { cause: driver }))
  expect(fault).toMatchObject({ name: 'TypeError', code: null, cause: { name: 'Error', code: '22007' } })
  expect(fault.frames[0]).toContain('faultOf.test.ts')
  expect(JSON.stringify(fault)).not.toMatch(/李秀英|4207|138/)
})

test('what is no error, and what causes itself, are faults as well', () => {
  expect(faultOf('李秀英')).toEqual({ name: 'string', code: null, frames: [], cause: null })
  const circle = new Error('a')
  circle.cause = circle
  expect(JSON.stringify(faultOf(circle))).not.toBe('')
})
