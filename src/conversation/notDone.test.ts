import { expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { unsoundOpening } from './check/unsoundOpening.ts'
import { lastOf, saidIn } from './testdata/saying.ts'

const { library } = loadKnowledge('.')
const told = /^光荣证属于提倡一对夫妻生一个孩子的时期，现在不新办。[^]*依据：/u

const last = (...said: string[]) => lastOf(library, said)

test.each(['办光荣证', '我想领独生子女父母光荣证', '替我妈办光荣证', '就一个娃，办个光荣证'])(
  '“%s” begins no permit: what became of it is told with its ground, and what can be done',
  said => {
    const result = last(said)
    expect(result.state.flow).toBeNull()
    expect(saidIn(result).slice(-2)).toEqual([expect.stringMatching(told), library.text('zh-CN', 'desk.instead')])
    expect(last(said, '1').state.flow).toBe('certificate-reissue')
  },
)

test('an answer that is not there is found by the checker', () => {
  const [permit] = library.flows.filter(({ notDone }) => notDone !== null)
  if (!permit?.notDone) throw new Error('no flow speaks of what is done no more')
  const mistyped = { ...permit, notDone: { ...permit.notDone, policy: 'honourFirstIssues' } }
  const found = (flow: typeof permit) => unsoundOpening.check({ flows: [flow], library, positions: [] })
  expect(found(permit)).toEqual([])
  expect(found(mistyped).map(({ message }) => message)).toEqual(['tells honourFirstIssues, which is no answer'])
})

test('what was wished beside it is followed', () => {
  const result = last('办个光荣证，再帮我申请奖扶金')
  expect(saidIn(result).some(text => told.test(text))).toBe(true)
  expect(result.state.flow).toBe('reward-support')
})

test('in the middle of a matter it is told and the question comes again', () => {
  const asked = last('补证')
  const result = last('补证', '还想办光荣证，我从来没领过')
  expect(saidIn(result)[0]).toMatch(told)
  expect(saidIn(result).at(-1)).toBe(saidIn(asked).at(-1))
  expect(result.conversation.queue).toEqual([])
})

test.each(['我想办再生育证', '再婚了想再生一个，要审批吗，怎么申请', '老大有光荣证，再生育证怎么办'])(
  '“%s” is about the permit',
  said => expect(last(said).state.flow).toBe('additional-birth-permit'),
)
