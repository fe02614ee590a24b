import { describe, expect, test } from 'vitest'
import { compareList, type ComparedRegistration, type ListedBirth } from './compareList.ts'

const birth: ListedBirth = { line: 2, person: 'a', regionCode: '420702104212', birthDate: '2026-10-01' }
const registration: ComparedRegistration = {
  ...{ person: 'a', regionCode: '420702104212', stage: 'born' },
  ...{ birthDate: '2026-10-01', receivedOn: '2026-10-20' },
}
const compared = (change: Partial<ComparedRegistration>, withinDays: number | null = 30) =>
  compareList([birth], [{ ...registration, ...change }], () => withinDays)[0]

describe('a birth on the list', () => {
  test('that was registered with the same data agrees and is in time', () => {
    expect(compared({})).toEqual({
      ...{ line: 2, regionCode: '420702104212', birthDate: '2026-10-01' },
      ...{ registered: true, agrees: true, timely: true },
    })
  })

  test('that nobody registered is neither right nor wrong, and not in time', () => {
    expect(compared({ person: 'b' })).toMatchObject({ registered: false, agrees: null, timely: false })
  })

  test('with another date or another village does not agree', () => {
    expect(compared({ birthDate: '2026-10-02' })).toMatchObject({ agrees: false })
    expect(compared({ regionCode: '420702104213' })).toMatchObject({ agrees: false })
  })

  test('agrees with an expected date and with a place known only by its town', () => {
    expect(compared({ stage: 'expecting', birthDate: '2026-10-12', receivedOn: '2026-05-02' })).toMatchObject({
      agrees: true,
      timely: true,
    })
    expect(compared({ regionCode: '420702104' })).toMatchObject({ agrees: true })
  })

  test('was made up too late after the limit, and without a limit nobody says so', () => {
    expect(compared({ receivedOn: '2026-10-31' })).toMatchObject({ timely: true })
    expect(compared({ receivedOn: '2026-11-01' })).toMatchObject({ timely: false })
    expect(compared({ receivedOn: '2026-11-01' }, null)).toMatchObject({ timely: null })
  })

  test('is not that of an earlier child of the same mother', () => {
    expect(compared({ birthDate: '2024-10-01' })).toMatchObject({ registered: false })
    const two = [{ ...registration, birthDate: '2026-10-03' }, registration]
    expect(compareList([birth], two, () => null)[0]).toMatchObject({ agrees: true })
  })
})
