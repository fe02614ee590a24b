import { describe, expect, it } from 'vitest'
import { layerPacks, packFor, parseRegionPackLayer, type RegionPackLayer } from './regionPacks.ts'

const source = { document: '某办法', checked: '2026-11-21', weight: 'official' } as const
const empty: RegionPackLayer = {
  code: 'CN',
  name: '全国',
  birthRegistration: {
    marriageRequired: null,
    whoMay: null,
    where: null,
    materials: null,
    resultName: { value: '生育登记凭证', source },
    legalDays: null,
    promiseDays: { value: 5, source },
    onlineEntry: null,
    resultNote: null,
  },
  officePhone: null,
}
function province(facts: Partial<RegionPackLayer['birthRegistration']>): RegionPackLayer {
  const birthRegistration = { ...empty.birthRegistration, resultName: null, promiseDays: null, ...facts }
  return { ...empty, code: '42', name: '湖北省', birthRegistration }
}

describe('a region pack', () => {
  it('lets the wider layer speak where the narrower one knows nothing', () => {
    const { birthRegistration } = layerPacks([empty, province({})])
    expect(birthRegistration.promiseDays).toEqual({ value: 5, source })
    expect(birthRegistration.whoMay).toEqual({ value: null, source: null })
  })

  it('lets the narrower layer win, also with a no and a zero', () => {
    const pack = layerPacks([
      empty,
      province({ marriageRequired: { value: false, source }, promiseDays: { value: 0, source } }),
    ])
    expect(pack.birthRegistration.marriageRequired.value).toBe(false)
    expect(pack.birthRegistration.promiseDays.value).toBe(0)
  })

  it('is layered from the widest to the narrowest in whatever order the files come', () => {
    const wuhan = { ...province({}), code: '4201', name: '武汉市' }
    expect(packFor([wuhan, province({}), empty], '420102').code).toBe('4201')
    expect(packFor([wuhan, province({}), empty], '4202').code).toBe('42')
    expect(packFor([wuhan, province({}), empty], null).code).toBe('CN')
  })

  it('is refused with an unknown field, a missing field, or a value without source', () => {
    const good = empty
    expect(parseRegionPackLayer(good)).toEqual(good)
    expect(() => parseRegionPackLayer({ ...good, fine: 3000 })).toThrow(/fine/)
    expect(() => parseRegionPackLayer({ ...good, officePhone: undefined })).toThrow(/officePhone/)
    expect(() => parseRegionPackLayer({ ...good, officePhone: { value: '0711' } })).toThrow(/source/)
  })
})
