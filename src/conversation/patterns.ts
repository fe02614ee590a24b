import { plainText } from './plainText.ts'
import type { Texts } from './texts.ts'

/** A command with a number in it: 改第3项, 删除第2个, 接单 2, 办结 1, 绑定 123456. */
export interface NumberPattern {
  name: NumberCommand
  expression: RegExp
  /** Code of the first character of a text that fits, told at once; null when a number stands first. */
  first: number | null
}

export const numberCommands = ['change', 'remove', 'lease', 'close', 'bind'] as const
export type NumberCommand = (typeof numberCommands)[number]

const NUMBER = '([0-9零一二两三四五六七八九十]{1,8})'

/** Templates stand in the locales as `改第{n}项`; spaces and case do not matter. */
export function compilePatterns(texts: Texts): NumberPattern[] {
  return numberCommands.flatMap(name =>
    texts.words(`words.${name}`).map(template => {
      const [before = '', after = ''] = template.split('{n}')
      const expression = new RegExp(`^${escaped(before)}${NUMBER}${escaped(after)}$`, 'u')
      return { name, expression, first: plainText(before).codePointAt(0) ?? null }
    }),
  )
}

function escaped(part: string): string {
  return plainText(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
