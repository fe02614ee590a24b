import { bare } from './normalise.ts'

/** 是 and 不是 in Mandarin, Henan, Hubei, Sichuan and Cantonese writing, and English. Whole answers only. */
const YES = new Set(
  '是 是的 是滴 是哒 是咧 对 对的 对头 对滴 对对 对对对 嗯 嗯嗯 恩 唔 好 好的 好嘞 好滴 好好 行 可以 可 要 要的 要得 要咧 中 得 得行 有 有的 没错 没问题 不错 确认 确定 同意 愿意 我愿意 我同意 正确 当然 当然是 当然可以 系 系啊 系嘅 啱 冇错 成 晓得 已婚 结了 结过 必须 必须的 y yes yeah yep ok okay sure right correct true 1 √ ✓ 👌 👍'.split(
    ' ',
  ),
)
const NO = new Set(
  '不 不是 不是的 不对 不对头 不行 不可以 不要 不得 不得行 不中 不愿意 不同意 不好 不用 不确认 不需要 没 没有 没得 莫得 冇 冇得 冇有 无 否 错 错了 错的 不正确 别 算了 没结 没结过 未婚 唔系 唔啱 唔要 唔同意 唔得 莫 要不得 n no nope not false wrong 0 2 × ✗ 👎'.split(
    ' ',
  ),
)
/** 是不是, 同意不同意, 要不要: the question itself, no answer; 不对不对 is one. */
const QUESTION = /(?<!不)(.{1,2})不\1|是否|[?？]|吗$/u
/** What asks for something else in the words of a yes or no: 提交了怎么改, 不同意会怎样. */
const ASKS = /[吗么嘛呢](?:[啊呀哦])?$|行不$|中不$|得不$|什么|啥|怎|咋|哪|谁|几|多少|多久|为何|如果|要是|假如/u
/** Softening words around a yes or no. */
const AROUND = /^(?:那|就|都|我|我们|这个|这|俺|应该|全部|全|完全)+/u

/** Whether a text asks instead of deciding. */
export const isQuestion = (text: string): boolean => QUESTION.test(text) || ASKS.test(bare(text))

/** True, false, or null when it is neither. A trailing sentence (是的，我结婚了) counts by its first part. */
export function readYesNo(text: string): boolean | null {
  if (QUESTION.test(text)) return null
  const first = text.split(/[,，。!！;；\n]/u).find(part => part.trim() !== '') ?? ''
  for (const part of [text, first]) {
    const answer = whole(bare(part))
    if (answer !== null) return answer
  }
  return null
}

function whole(said: string): boolean | null {
  for (const form of [said, said.replace(AROUND, ''), said.replace(/(?:的|了|滴|咧|嘞)+$/u, '')]) {
    if (YES.has(form)) return true
    if (NO.has(form)) return false
  }
  return null
}
