import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRegionPackLayer, packFor } from '../regionPacks.ts'
import { computeNotice, type NoticeRequest } from './computeNotice.ts'
import { circumstancesOf } from './matterFacts.ts'
import type { Circumstance, Situation } from './notice.ts'
import { situationFrom } from './situation.ts'

const source = { document: '某办法', checked: '2026-11-21', weight: 'official' } as const
const none = {
  marriageRequired: null,
  whoMay: null,
  where: null,
  materials: null,
  resultName: null,
  legalDays: null,
  promiseDays: null,
  onlineEntry: null,
  resultNote: null,
}
const paper = (id: string, when: Circumstance[] = []) => ({ id, name: `material.${id}`, when })

const nation = parseRegionPackLayer({ code: 'CN', name: '全国', birthRegistration: none, officePhone: null })
const province = parseRegionPackLayer({
  code: '41',
  name: '河南省',
  birthRegistration: {
    ...none,
    legalDays: { value: 20, source, byAnalogy: true },
    materials: {
      value: [
        paper('booklet'),
        paper('marriage', ['married']),
        paper('divorce', ['remarried']),
        paper('letter', ['proxy']),
      ],
      source,
    },
  },
  officePhone: null,
  notice: {
    complaintPhone: { value: '12345', source },
    materials: {
      booklet: {
        value: { form: null, copies: 1, original: 'original', issuer: '公安机关', whereToGet: null, replacedBy: [] },
        source,
      },
    },
  },
})
const henan = packFor([nation, province], '410102')
const birth = { matter: 'birthRegistration', document: null } as const

const request = (changes: Partial<NoticeRequest> = {}): NoticeRequest => ({
  number: 'GZ261123-048213',
  kind: 'information',
  edition: 1,
  issuedOn: '2026-11-23',
  subject: birth,
  documentName: null,
  situation: {},
  region: { code: '410102', name: '河南省郑州市中原区' },
  applicantName: '欧阳娜娜',
  applicationNumber: null,
  gaps: [],
  supplementBy: null,
  office: { name: '某街道', phone: null },
  firstReceiver: null,
  exception: null,
  ...changes,
})
const nameOf = (key: string) => `《${key.replace('material.', '')}》`
const papersOf = (situation: Situation) =>
  computeNotice(henan, request({ situation }), nameOf).materials.value?.map(({ id }) => id)

describe('a notice', () => {
  test('names the papers of this person and leaves out those of others', () => {
    expect(papersOf({ married: true, remarried: false, proxy: false })).toEqual(['booklet', 'marriage'])
    expect(papersOf({ married: true, remarried: true, proxy: false })).toEqual(['booklet', 'marriage', 'divorce'])
    expect(papersOf({ married: false, remarried: false, proxy: true })).toEqual(['booklet', 'letter'])
  })

  test('keeps a paper with its condition while nobody knows whether it holds', () => {
    const { materials } = computeNotice(henan, request({ situation: { married: true } }), nameOf)
    expect(materials.value?.map(({ id, onlyIf }) => [id, onlyIf])).toEqual([
      ['booklet', []],
      ['marriage', []],
      ['divorce', ['remarried']],
      ['letter', ['proxy']],
    ])
  })

  test('says of each paper what is verified, and null of what is not', () => {
    const [booklet, marriage] =
      computeNotice(henan, request({ situation: { married: true } }), nameOf).materials.value ?? []
    expect(booklet).toMatchObject({ name: '《booklet》', detail: { copies: 1, original: 'original', form: null } })
    expect(marriage?.detail).toBeNull()
  })

  test('tells each fact with its source, and what was made for something else as such', () => {
    const { legalDays, complaintPhone } = computeNotice(henan, request(), nameOf)
    expect(legalDays).toEqual({ value: 20, source: '某办法', checked: '2026-11-21', byAnalogy: true })
    expect(complaintPhone.value).toBe('12345')
  })

  test('guesses nothing where the pack knows nothing', () => {
    const content = computeNotice(packFor([nation], '42'), request(), nameOf)
    const { materials, whoMay, where, fee, complaintPhone, openingHours, remedies, needed } = content
    for (const fact of [materials, whoMay, where, fee, complaintPhone, openingHours, remedies, needed]) {
      expect(fact).toEqual({ value: null, source: null, checked: null, byAnalogy: false })
    }
  })

  test('holds no full name', () => {
    expect(JSON.stringify(computeNotice(henan, request(), nameOf))).not.toContain('娜娜')
    expect(computeNotice(henan, request(), nameOf).applicant).toBe('欧*')
  })

  test('never drops a paper because of what is not known, and never names one twice', () => {
    const circumstances = circumstancesOf(henan, birth)
    expect(circumstances).toEqual(['married', 'remarried', 'proxy'])
    const flag = fc.option(fc.boolean(), { nil: undefined })
    fc.assert(
      fc.property(fc.tuple(flag, flag, flag), flags => {
        const known = circumstances.flatMap((one, n) => (flags[n] === undefined ? [] : [[one, flags[n]] as const]))
        const situation: Situation = Object.fromEntries(known)
        const papers = papersOf(situation) ?? []
        expect(new Set(papers).size).toBe(papers.length)
        expect(papers).toContain('booklet')
        const all = papersOf({}) ?? []
        const ruledOut = all.filter(id => !papers.includes(id))
        expect(ruledOut.length).toBe(flags.filter(one => one === false).length)
      }),
    )
  })
})

describe('the circumstances', () => {
  test('follow from the answers; who is not married has not married again', () => {
    expect(situationFrom({ stage: 'born', married: false })).toEqual({
      born: true,
      expecting: false,
      married: false,
      remarried: false,
    })
    expect(situationFrom({ registrant: 'proxy', married: true })).toEqual({ proxy: true, married: true })
    expect(situationFrom({ stage: null, registrant: null, married: null })).toEqual({})
  })
})
