import { describe, expect, test } from 'vitest'
import { packFor, parseRegionPackLayer } from '../regionPacks.ts'
import { composeGaps, gapsInWords, MOST_GAPS, type GapRequest } from './gaps.ts'

const source = { document: '某办法 第五条', checked: '2026-11-21', weight: 'official' } as const
const layer = parseRegionPackLayer({
  code: 'CN',
  name: '全国',
  birthRegistration: {
    marriageRequired: null,
    whoMay: null,
    where: null,
    materials: {
      value: [
        { id: 'booklet', name: 'material.booklet', when: [] },
        { id: 'marriage', name: 'material.marriage', when: ['married'] },
      ],
      source,
    },
    resultName: null,
    legalDays: null,
    promiseDays: null,
    onlineEntry: null,
    resultNote: null,
  },
  officePhone: null,
})
const pack = packFor([layer], '420702')
const birth = { matter: 'birthRegistration', document: null } as const
const names: Record<string, string> = { 'material.booklet': '身份证或户口簿', 'material.marriage': '结婚证（已婚）' }
const words = {
  nameOf: (key: string) => names[key] ?? key,
  missing: '没有收到',
  mend: (what: string) => `补交${what}`,
}
const gap = (changes: Partial<GapRequest>): GapRequest => ({
  material: null,
  what: null,
  wrong: null,
  mend: null,
  ground: null,
  ...changes,
})
const compose = (...requests: GapRequest[]) => composeGaps(pack, birth, requests, words)

describe('the gaps of a notice', () => {
  test('a paper of the list brings its name and the ground of the list', () => {
    expect(compose(gap({ material: 'booklet' }))).toEqual({
      ok: true,
      gaps: [{ what: '身份证或户口簿', wrong: '没有收到', mend: '补交身份证或户口簿', ground: '某办法 第五条' }],
    })
  })

  test('the words of the officer stand before the sentence of the house', () => {
    expect(compose(gap({ material: 'booklet', wrong: '照片看不清', mend: '重拍一张' }))).toMatchObject({
      gaps: [{ wrong: '照片看不清', mend: '重拍一张' }],
    })
  })

  test('what is not on the list may be asked for only with a ground', () => {
    expect(compose(gap({ what: '孕检证明' }))).toEqual({ ok: false, reason: 'noGround', field: 'gaps.0.ground' })
    expect(compose(gap({ what: '委托书', ground: '某办法 第七条' }))).toMatchObject({ ok: true })
  })

  test('no gap, one twice, one without a name, or a heap of them is no notice', () => {
    expect(compose()).toEqual({ ok: false, reason: 'none', field: 'gaps' })
    const booklet = gap({ material: 'booklet' })
    expect(compose(booklet, booklet)).toEqual({ ok: false, reason: 'twice', field: 'gaps.1.material' })
    expect(compose(booklet, gap({}))).toEqual({ ok: false, reason: 'unnamed', field: 'gaps.1.what' })
    expect(compose(gap({ material: 'unknown' }))).toEqual({ ok: false, reason: 'unnamed', field: 'gaps.0.material' })
    const heap = Array.from({ length: MOST_GAPS + 1 }, (_, n) => gap({ what: `第${n}样`, ground: '某办法' }))
    expect(compose(...heap)).toEqual({ ok: false, reason: 'tooMany', field: 'gaps' })
  })
})

describe('what an officer says in chat', () => {
  const heard = (said: string) =>
    gapsInWords(pack, birth, said, words.nameOf).map(({ material, wrong }) => [material, wrong])

  test('names papers by either of their names, all in one sentence', () => {
    expect(heard('缺身份证复印件')).toEqual([['booklet', '缺身份证复印件']])
    expect(heard('户口簿看不清，结婚证没有')).toEqual([
      ['booklet', '户口簿看不清，结婚证没有'],
      ['marriage', '户口簿看不清，结婚证没有'],
    ])
  })

  test('names nothing that is not on the list', () => {
    expect(heard('缺孕检证明')).toEqual([])
  })
})
