import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupTexts } from './freeText.ts'
import { maskWords } from './maskWords.ts'

const topics = [
  { topic: 'hours', words: ['中午', '下班', '没人'] },
  { topic: 'papers', words: ['材料', '证明', '跑了'] },
]
const plain = (text: string) => text

describe('free words', () => {
  const noon = ['中午没人', '中午窗口不开', '下班太早', '去了两次都没人', '中午能值班就好']

  test('are grouped by what they are about; one may be about two things', () => {
    const both = '中午没人，材料跑了三趟'
    const groups = groupTexts([...noon, both, '材料太多', '证明难开', '跑了四趟', '要这个证明那个证明'], topics, plain)
    expect(groups.map(({ topic, n }) => [topic, n])).toEqual([
      ['hours', 6],
      ['papers', 5],
    ])
  })

  test('of four people are counted as few and shown to nobody', () => {
    expect(groupTexts(noon.slice(0, 4), topics, plain)).toEqual([
      { topic: 'hours', phrase: null, n: null, examples: [] },
    ])
  })

  test('that no topic knows are grouped by what five of them share', () => {
    const road = ['路灯坏了', '村口路灯不亮', '想装路灯', '晚上没路灯怕', '路灯三年没修']
    expect(groupTexts([...road, '挺好'], topics, plain)).toEqual([
      { topic: null, phrase: '路灯', n: 5, examples: ['路灯坏了', '村口路灯不亮', '想装路灯'] },
    ])
  })

  test('come out the same whatever was said, and are never shown unmasked', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 }), { maxLength: 40 }), texts => {
        const groups = groupTexts(texts, topics, () => 'masked')
        expect(groups).toEqual(groupTexts([...texts], topics, () => 'masked'))
        expect(groups.flatMap(({ examples }) => examples).every(one => one === 'masked')).toBe(true)
      }),
    )
  })
})

describe('who is named in them', () => {
  test.each([
    ['我电话13800000000，请回', '我电话＊＊＊,请回'],
    ['身份证42070219900101000X办不了', '身份证＊＊＊办不了'],
    ['打 0711-1234567 没人接', '打 ＊＊＊ 没人接'],
    ['一三八零零零零零零零零打不通', '＊＊＊打不通'],
    ['王主任态度差', '某主任态度差'],
    ['王主任中午不在', '某主任中午不在'],
    ['柯小满办事真慢', '某某办事真慢'],
    ['找李国强，不理人', '找某某,不理人'],
    ['欧阳医生很好', '某医生很好'],
    ['老张骂人', '某某骂人'],
  ])('%s → %s', (said, shown) => {
    expect(maskWords(said)).toBe(shown)
  })

  test('officers of the place are known by name, whatever stands around it', () => {
    expect(maskWords('窗口那位仝茜茜，谢谢她', ['仝茜茜'])).toBe('窗口那位某某,谢谢她')
  })

  test.each(['高兴', '方便多了', '周末也能办', '马上就办好', '谢谢你们', '许多材料', '白跑一趟', '严格按规定办'])(
    'and nobody in: %s',
    said => {
      expect(maskWords(said)).toBe(said)
    },
  )

  test('no run of five digits or more is left', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^\d{5,18}$/), fc.string(), (before, digits, after) => {
        expect(maskWords(before + digits + after)).not.toContain(digits)
      }),
    )
  })
})
