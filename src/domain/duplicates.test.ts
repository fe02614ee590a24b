import { describe, expect, test } from 'vitest'
import type { AdditionalBirthPermitCase, BirthRegistration, BirthRegistrationCase } from './application.ts'
import { likenesses, marksOf } from './duplicates.ts'

const content: BirthRegistration = {
  registrant: 'mother',
  applicantName: '买买提·阿依古丽',
  applicantId: '420702199001010003',
  phone: '138 0000 0000',
  proxy: null,
  stage: 'born',
  birthDate: '2026-11-15',
  childName: '小 明',
  earlierChildren: 1,
  married: null,
  regionCode: '420702104212',
  regionName: '下柯村',
}
const registration = (changes: Partial<BirthRegistration> = {}): BirthRegistrationCase => ({
  ...{ id: 'a', number: 'n', matter: 'birthRegistration', regionCode: '420702104212', residentId: 'r', receivedAt: 0 },
  ...{ actions: [], content: { ...content, ...changes } },
})
const shared = (one: BirthRegistrationCase, other: BirthRegistrationCase) =>
  marksOf(one)
    .filter(mark => marksOf(other).some(({ kind, value }) => kind === mark.kind && value === mark.value))
    .map(({ kind }) => kind)

describe('two registrations look alike', () => {
  test('by name and month of birth, however the name is written', () => {
    const other = registration({
      applicantName: '买买提 阿依古丽',
      applicantId: '420702199001250003',
      phone: '13900000000',
      birthDate: '2027-03-01',
      childName: null,
    })
    expect(shared(registration(), other)).toEqual(['nameAndBirthMonth'])
  })

  test('by phone and month of the birth, and by the child: the other parent filed as well', () => {
    const father = registration({
      ...{ registrant: 'father', applicantName: '李测试', applicantId: '420702198803030001', phone: '13800000000' },
      ...{ childName: '小明' },
    })
    expect(shared(registration(), father)).toEqual(['phoneAndMonth', 'childAndBirthDate'])
  })

  test('not by the phone alone: one phone serves a family', () => {
    const sister = registration({
      ...{ applicantName: '王测试', applicantId: '420702199205050009', birthDate: '2027-02-01', childName: null },
    })
    expect(shared(registration(), sister)).toEqual([])
  })
})

test('a couple that files from both sides looks alike', () => {
  const permit = (applicantId: string, spouseId: string): AdditionalBirthPermitCase => ({
    ...{ id: 'p', number: 'n', matter: 'additionalBirthPermit', regionCode: '4207', residentId: 'r', receivedAt: 0 },
    actions: [],
    content: {
      ...{ applicantName: '甲', applicantId, phone: '', proxy: null, regionCode: '4207', regionName: '' },
      ...{ spouseName: '乙', spouseId, livingChildren: 3, ground: 'g' },
    },
  })
  const [one, other] = [
    permit('420702199001010003', '42070219900202000x'),
    permit('42070219900202000X', '420702199001010003'),
  ]
  expect(marksOf(one).find(({ kind }) => kind === 'spouse')).toEqual(
    marksOf(other).find(({ kind }) => kind === 'spouse'),
  )
})

test('each likely double is named once with its reasons, the likeliest first, and not after an officer said it is none', () => {
  const pairs = [
    { otherId: 'x', otherRegion: '420702104212', kind: 'phoneAndMonth' },
    { otherId: 'y', otherRegion: '420704108200', kind: 'phoneAndMonth' },
    { otherId: 'y', otherRegion: '420704108200', kind: 'childAndBirthDate' },
    { otherId: 'z', otherRegion: '420704108200', kind: 'nameAndBirthMonth' },
  ]
  expect(likenesses(pairs, ['z'])).toEqual([
    { otherId: 'y', otherRegion: '420704108200', reasons: ['phoneAndMonth', 'childAndBirthDate'] },
    { otherId: 'x', otherRegion: '420702104212', reasons: ['phoneAndMonth'] },
  ])
})
