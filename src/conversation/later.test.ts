import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf, saidIn } from './testdata/saying.ts'
import type { Json, TurnResult } from './types.ts'

const { library } = loadKnowledge('.')

const last = (...said: string[]) => lastOf(library, said)
const text = (key: string) => library.text('zh-CN', key)
const slot = ({ conversation }: TurnResult, name: string): Json => conversation.sessions[0]?.slots[name] ?? null

describe('what answers a later question, said while the place is asked for,', () => {
  test.each(['生育登记凭证', '登记凭证', '独生子女父母光荣证', '光荣证', '再生育证', '准生证'])(
    '“%s”, is kept for it',
    said => {
      const result = last('补证', said)
      expect(result.conversation.queue).toEqual([])
      expect(result.state).toMatchObject({ flow: 'certificate-reissue', step: 'region' })
      expect(saidIn(result).at(-1)).toBe(text('certificate-reissue.steps.region.text'))
      expect(slot(result, 'document')).not.toBeNull()
      expect(last('补证', said, '下柯村').state.step).toBe('reason')
    },
  )

  test('is kept when two of them are told in one sentence', () => {
    const result = last('补证', '生育登记凭证弄丢了')
    expect(saidIn(result)[0]).toBe(library.text('zh-CN', 'common.noted', { shown: '生育登记凭证、丢了' }))
    expect(last('补证', '生育登记凭证弄丢了', '下柯村').state.step).toBe('holder')
  })

  test('stands in the review and can be taken back there', () => {
    const asked = last('补证', '光荣证', '下柯村', '上一步')
    expect(asked.state.step).toBe('document')
  })

  test('is kept in a registration too', () => {
    expect(last('生育登记', '还没出生', '妈妈').state.step).toBe('consent')
    expect(slot(last('生育登记', '还没出生'), 'stage')).toBe('expecting')
  })
})

test.each(['办生育登记', '投诉'])('another matter, “%s”, named by its keyword still waits its turn', said =>
  expect(last('补证', said).conversation.queue).toHaveLength(1),
)

test.each(['再生育证', '光荣证'])('“%s”, a choice of the open question, answers it', said =>
  expect(last('补证', '下柯村', said).state.step).toBe('reason'),
)

describe('several answers in one message', () => {
  test('are all kept where the open question is answered too', () => {
    const result = last('补证', '下柯村，光荣证丢了')
    expect(saidIn(result)).toContain(library.text('zh-CN', 'common.noted', { shown: '独生子女父母光荣证、丢了' }))
    expect(result.state.step).toBe('holder')
    expect(last('补证', '下柯村，光荣证丢了', '上一步').state.step).toBe('reason')
  })

  test('are kept while it is asked which of several places is meant', () => {
    expect(last('补证', '沼山镇，光荣证丢了', '下柯村').state.step).toBe('holder')
  })

  test('are asked for one after another where the first of them is not understood', () => {
    const result = last('补证', '天边村，光荣证丢了')
    expect(result.state.step).toBe('region')
  })

  test('that belong to other questions choose nothing here', () => {
    const result = last('补证', '下柯村', '我叫李小红，身份证420704199003070024')
    expect(result.state.step).toBe('document')
    expect(slot(result, 'document')).toBeNull()
  })
})

describe('a number where one is asked how he is related', () => {
  const asked = ['替家里人办生育登记', '同意', '同意', '李大山']

  test.each(['420704199003070024', '13800000000'])('%s is not kept as the relation', said => {
    expect(last(...asked).state.step).toBe('proxyRelation')
    const result = last(...asked, said)
    expect(result.state.step).toBe('proxyRelation')
    expect(saidIn(result)[0]).toBe(text('refusal.asked-later'))
    expect(slot(last(...asked, said, '公公'), 'proxyRelation')).toBe('公公')
  })
})
