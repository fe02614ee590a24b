import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packFor } from '../domain/regionPacks.ts'
import { loadRegionPacks } from './loadRegions.ts'

const packs = loadRegionPacks('regions')
const registration = (code: string | null) => packFor(packs, code).birthRegistration

describe('a region pack of ours', () => {
  it('asks for marriage in Henan, not in Sichuan and Guangdong, and does not know in Hubei and Jiangsu', () => {
    expect(registration('410102').marriageRequired.value).toBe(true)
    expect(registration('510104').marriageRequired.value).toBe(false)
    expect(registration('440104').marriageRequired.value).toBe(false)
    expect(registration('420702104212').marriageRequired).toEqual({ value: null, source: null })
    expect(registration('320205').marriageRequired).toEqual({ value: null, source: null })
  })

  it('names the result as the province does, with the sentence it demands', () => {
    expect(registration('410102').resultName.value).toBe('河南省居民生育登记信息单')
    expect(registration('440104').resultName.value).toBe('生育登记凭证')
    expect(registration('440104').resultNote.value).toBe('不作为相关生育行为是否符合《条例》的依据')
    expect(registration('420702').resultName).toMatchObject({ value: '生育登记凭证', source: { weight: 'product' } })
  })

  it('takes the outer limit of the licence law by analogy and promises five working days as our own default', () => {
    expect(registration('420702').legalDays).toMatchObject({ value: 20, byAnalogy: true, source: { weight: 'law' } })
    expect(registration('420702').promiseDays).toMatchObject({ value: 5, source: { weight: 'product' } })
  })

  it('is that of the most specific layer, and the nation for a place without one', () => {
    expect(packFor(packs, '420702104212')).toMatchObject({ code: '4207', name: '鄂州市' })
    expect(packFor(packs, '420602')).toMatchObject({ code: '42' })
    expect(packFor(packs, '110105')).toMatchObject({ code: 'CN' })
    expect(packFor(packs, null)).toMatchObject({ code: 'CN' })
  })

  it('knows no office phone until a county enters one', () => {
    for (const pack of packs) expect(pack.officePhone).toBeNull()
  })

  it('has a source for every value and a value for every source, wherever one stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...packs.map(pack => pack.code), '110105', '999999'), code => {
        const pack = packFor(packs, code)
        for (const fact of [...Object.values(pack.birthRegistration), pack.officePhone])
          expect(fact.value === null).toBe(fact.source === null)
      }),
    )
  })
})
