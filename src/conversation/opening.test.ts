import { expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { converse } from './converse.ts'
import type { Conversation } from './types.ts'

const { library } = loadKnowledge('.')

function begunBy(text: string) {
  const context = { turnId: 't', now: 0, today: '2026-11-23', newId: () => 's', officer: false }
  const { conversation, replies } = converse(library, null, { kind: 'text', text }, context)
  const [session] = conversation.sessions
  return { flow: session?.flow ?? null, slots: session?.stack?.[0]?.slots ?? session?.slots ?? {}, replies }
}

const placeOfHubei = { region: '420702104212', regionName: '湖北省鄂州市梁子湖区沼山镇下柯村' }

test.each([
  ['我怀孕了，我老公在外地，要办生育登记', 'birth-registration', { registrant: 'mother', stage: 'expecting' }],
  ['我老婆快生了，想办生育登记', 'birth-registration', { registrant: 'father', stage: 'expecting' }],
  ['孩子生了还没登记', 'birth-registration', { stage: 'born' }],
  ['怀孕的时候没登记，现在孩子生了，想补登记', 'birth-registration', {}],
  ['帮我儿媳妇办生育登记', 'birth-registration', { registrant: 'proxy' }],
  ['我是下柯村的，想办生育登记', 'birth-registration', placeOfHubei],
  ['生育登记', 'birth-registration', {}],
  ['光荣证丢了', 'certificate-reissue', { document: 'honourCertificate', reason: 'lost' }],
  ['光荣证没丢，是破了，要换', 'certificate-reissue', { document: 'honourCertificate', reason: 'damaged' }],
  ['登记凭证上名字写错了，要换证', 'certificate-reissue', { document: 'birthRegistrationProof', reason: 'changed' }],
  ['再生育证和光荣证都丢了，要补', 'certificate-reissue', { reason: 'lost' }],
  ['补证', 'certificate-reissue', {}],
])('“%s” begins %s and tells no more than it says', (text, flow, slots) => {
  expect(begunBy(text)).toMatchObject({ flow, slots })
  expect(Object.keys(begunBy(text).slots)).toEqual(expect.arrayContaining(Object.keys(slots)))
  expect(Object.keys(begunBy(text).slots)).toHaveLength(Object.keys(slots).length)
})

test.each(['孩子出生医学证明丢了', '身份证丢了', '户口本找不到了'])('“%s” is told whose matter it is', text => {
  expect(begunBy(text).replies.at(-1)?.text).toContain('派出所')
})

// What is meant is a list that is gone or was never shown: to take it as an answer would make up what nobody said.
test.each(['1', '3', '第二个', '三', '最后一个', 'B', '选2'])('“%s” alone answers no question of any matter', text => {
  expect(begunBy(text)).toMatchObject({ flow: null, slots: {} })
})

test.each(['我能替儿媳妇办吗', '今天下雨了', '手机丢了'])('“%s” alone begins nothing by its words', text => {
  expect(begunBy(text)).toMatchObject({ flow: null })
})

function answeredBy(text: string) {
  const context = { turnId: 't', now: 0, today: '2026-11-23', newId: () => 's', officer: false }
  const begun = converse(library, null, { kind: 'text', text: '生育登记' }, context)
  const { conversation } = converse(library, begun.conversation, { kind: 'text', text }, { ...context, turnId: 'u' })
  return conversation.sessions[0]?.slots['registrant'] ?? null
}

test.each([
  ['我怀孕了', 'mother'],
  ['我刚生了', 'mother'],
  ['孩子他妈', 'mother'],
  ['我老婆怀上了', 'father'],
  ['我儿媳要生了，帮她办', null], // 120 first
  ['帮儿媳妇办', 'proxy'],
  ['替我妹来办的', 'proxy'],
  ['不晓得', null],
])('asked who he is, “%s” says %s', (text, who) => {
  expect(answeredBy(text)).toBe(who)
})

test.each([
  ['yes', 'born'],
  ['no', 'expecting'],
  ['not yet born', 'expecting'],
  ['already born', 'born'],
])('asked in English whether the child is born, “%s” says %s', (text, stage) => {
  const said = [
    'English',
    'birth registration',
    'mother',
    'i agree',
    'Anna Li',
    '420704199003070024',
    '13812345678',
    '下柯村',
  ]
  let conversation: Conversation | null = null
  for (const [n, one] of [...said, text].entries()) {
    const context = { turnId: `t${n}`, now: 0, today: '2026-11-23', newId: () => `s${n}`, officer: false }
    ;({ conversation } = converse(library, conversation, { kind: 'text', text: one }, context))
  }
  expect(conversation?.sessions[0]?.slots['stage']).toBe(stage)
})

// Whose it is decides whether the account is known by it (ADR 6): it is asked unless the words leave no doubt.
test.each([
  ['帮我妈补光荣证', 'certificate-reissue', 'another'],
  ['我妈的光荣证丢了，我帮她补', 'certificate-reissue', 'another'],
  ['替我老婆补证', 'certificate-reissue', 'another'],
  ["I lost my mother's honour certificate", 'certificate-reissue', 'another'],
  ['我的光荣证丢了', 'certificate-reissue', 'self'],
  ['补光荣证', 'certificate-reissue', undefined],
  ['我的光荣证丢了，我妈叫我来补', 'certificate-reissue', undefined],
  ['我和老伴的光荣证都丢了', 'certificate-reissue', undefined],
  ['帮我儿媳妇办再生育证', 'additional-birth-permit', 'another'],
  ['我老婆想再生一个，怎么申请再生育证', 'additional-birth-permit', undefined],
])('“%s” begins %s and tells that the holder is %s', (text, flow, holder) => {
  const begun = begunBy(text)
  expect([begun.flow, begun.slots['holder']]).toEqual([flow, holder])
})
