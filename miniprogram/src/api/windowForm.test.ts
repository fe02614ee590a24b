import { expect, test } from 'vitest'
import { emptyForm, filingOf, missingIn, registrantOf, slotsOf } from './windowForm.ts'

const form = () => ({
  ...emptyForm('key-1', 'window'),
  applicantName: '欧小红',
  applicantId: '420702199001010006',
  birthDate: '20270115',
  why: 'cannotUse',
})

test('a window case in a village is whole with five answers', () => {
  expect(missingIn(form(), false)).toEqual([])
  expect(filingOf(form())).toEqual({
    ...{ key: 'key-1', way: 'window', whyNotOnline: 'cannotUse' },
    content: {
      ...{ matter: 'birthRegistration', applicantName: '欧小红', applicantId: '420702199001010006', phone: '' },
      ...{ registrant: 'mother', stage: 'expecting', birthDate: '2027-01-15', earlierChildren: 0 },
    },
  })
})

test('what is missing is named, the place only where an officer has several villages', () => {
  expect(missingIn(emptyForm('key-1', 'window'), true)).toEqual([
    ...['applicantName', 'applicantId', 'regionCode', 'registrant', 'birthDate', 'why'],
  ])
  expect(missingIn({ ...form(), way: 'assisted', why: '' }, false)).toEqual(['assistCode'])
})

test('mother or father follows from the identity number until the officer says otherwise', () => {
  expect(registrantOf({ ...form(), applicantId: '000000000000000010' })).toBe('father')
  expect(registrantOf({ ...form(), registrant: 'proxy' })).toBe('proxy')
})

test('an assisted case carries the code and no reason, a replacement its own questions', () => {
  const assisted = {
    ...form(),
    way: 'assisted' as const,
    assistCode: '1234 5678',
    matter: 'certificateReissue' as const,
  }
  expect(filingOf(assisted)).toMatchObject({
    ...{ way: 'assisted', assistCode: '12345678' },
    content: { matter: 'certificateReissue', document: 'birthRegistrationProof', reason: 'lost' },
  })
  expect(filingOf(assisted)).not.toHaveProperty('whyNotOnline')
  expect([filingOf(assisted)['identitySeen'], filingOf({ ...assisted, identitySeen: true })['identitySeen']]).toEqual([
    undefined,
    true,
  ])
})

test('an invitation takes along what is written, and nothing empty', () => {
  expect(slotsOf(emptyForm('key-1', 'window'))).toEqual({})
  expect(slotsOf(form())).toMatchObject({ applicantName: '欧小红', birthDate: '2027-01-15', registrant: 'mother' })
})
