import { expect, test } from 'vitest'
import { suppliedInWords, suppliedPhotos } from './suppliedPhotos.ts'
import * as e from './testdata/applicationLogs.ts'

const [one, two] = ['0b0f7d3e-1111-4222-8333-444455556666', '0b0f7d3e-1111-4222-8333-444455557777']

test('photos are found alone and behind the name of their paper, each once, oldest first', () => {
  const supplied = (...materials: string[]) => ({ type: 'supplemented' as const, materials })
  const log = e.log(e.submitted, e.requested, supplied(two, `户口本 [${one}]`, two, '结婚证 已补办'))
  expect(suppliedPhotos(log)).toEqual([two, one])
})

test('in the log no id is read, only that there is a photo', () => {
  expect(suppliedInWords([one, `户口本 [${two}]`, '下周补来'], '照片')).toBe('照片、户口本 [照片]、下周补来')
})
