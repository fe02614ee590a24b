import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TakenCard } from '../../app/officerCards/cardPort.ts'
import { loadKnowledge } from '../../runtime/knowledge.ts'
import { pageCard, readButtonKey, taskCard } from './card.ts'

/* Limits of template cards (模板卡片消息, 2025-09-24): characters, but bytes for what a button and the card itself are called. */

const { text: say } = loadKnowledge('.').library
const text = (key: string) => say('zh-CN', key)
const characters = (words: unknown) => [...String(words)].length

interface Shown {
  main_title: { title: string; desc?: string }
  sub_title_text?: string
  horizontal_content_list: { keyname: string; value: string }[]
  task_id: string
  button_list: { text: string; key: string }[]
}

const shown = (message: Record<string, unknown> | null) => message?.['template_card'] as Shown
const card: TakenCard = {
  ...{
    id: '0199-ab_c@d',
    taskId: '0199a6c2-0f4e-7cc1-8d21-3f3f6a1f0c55',
    fence: 999_999_999,
    attempts: 1,
    sender: 'a',
  },
  ...{ regionCode: '654022106201', summary: '李*英 生育登记', due: '2026-11-30' },
}
/** Letters of four bytes, names with middle dots, joined signs, and what no document may hold. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constant('阿卜杜热合曼·买买提吐尔逊·阿布都克里木江𠮷𡈽'.repeat(20)),
)

describe('a task card', () => {
  test('fits, whatever the task says and wherever it is', () => {
    fc.assert(
      fc.property(words, words, fc.option(words), (summary, place, due) => {
        const made = shown(taskCard({ ...card, summary, due }, place, text))
        expect(characters(made.main_title.title)).toBeLessThanOrEqual(36)
        expect(characters(made.main_title.desc ?? '')).toBeLessThanOrEqual(44)
        expect(characters(made.sub_title_text)).toBeLessThanOrEqual(160)
        expect(made.horizontal_content_list.length).toBeLessThanOrEqual(6)
        for (const line of made.horizontal_content_list) {
          expect([characters(line.keyname) <= 5, characters(line.value) <= 26]).toEqual([true, true])
        }
        expect(made.task_id).toMatch(/^[0-9A-Za-z_\-@]{1,128}$/)
        expect(made.button_list.length).toBeLessThanOrEqual(6)
        for (const button of made.button_list) {
          expect([characters(button.text) <= 10, Buffer.byteLength(button.key) <= 1024]).toEqual([true, true])
          expect(readButtonKey(button.key)).not.toBeNull()
        }
        expect(JSON.stringify(made)).not.toMatch(/\\ud[89a-f]/)
      }),
    )
  })

  test('of a place with a long name still says which village', () => {
    const place = '新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县扎库齐牛录镇阿布散特尔村'
    const [line] = shown(taskCard(card, place, text)).horizontal_content_list
    expect(line?.value).toMatch(/^….*扎库齐牛录镇阿布散特尔村$/)
    expect(characters(line?.value)).toBe(26)
  })

  test('is told what became of it in words that fit its button', () => {
    for (const outcome of ['leased', 'mine', 'taken', 'changed', 'gone', 'later'])
      expect(characters(text(`wecom.done.${outcome}`))).toBeLessThanOrEqual(10)
  })
})

test('a sentence with a page is a card that fits, or none', () => {
  fc.assert(
    fc.property(words, sentence => {
      const made = shown(pageCard([{ id: 'r', kind: 'card', text: sentence, url: '/officer' }], 'https://x.cn', text))
      if (made === undefined) return
      expect(characters(made.main_title.title)).toBeLessThanOrEqual(36)
      expect(characters(made.sub_title_text ?? '')).toBeLessThanOrEqual(160)
    }),
  )
})
