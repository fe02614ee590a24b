import { plainText } from './plainText.ts'
import type { Texts } from './texts.ts'

/** A command with a number in it: 改第3项, 删除第2个, 接单 2, 办结 1, 绑定 123456. */
export interface NumberPattern {
  name: NumberCommand
  /** How every text ends that fits: told in a fraction of what the expression takes. */
  end: string
  expression: RegExp
}

export const numberCommands = ['change', 'remove', 'lease', 'close', 'bind'] as const
export type NumberCommand = (typeof numberCommands)[number]

const NUMERALS = '0123456789零一二两三四五六七八九十'
const NUMBER = `([${NUMERALS}]{1,8})`

/**
 * The patterns that a text may fit, by its first character: nearly all that people say fits none, and trying every
 * pattern on it took longer than anything else in hearing it. Templates stand in the locales as `改第{n}项`; spaces and
 * case do not matter.
 */
export function compilePatterns(texts: Texts): (plain: string) => readonly NumberPattern[] {
  // By unit: as a text the first character of every message would have to be made and hashed.
  const byFirst = new Map<number, NumberPattern[]>()
  for (const { template, ...pattern } of patternsOf(texts)) {
    const first = plainText(template.split('{n}')[0] ?? '').charAt(0)
    for (const begin of first === '' ? NUMERALS : first) {
      const unit = begin.charCodeAt(0)
      byFirst.set(unit, [...(byFirst.get(unit) ?? []), pattern])
    }
  }
  const none: readonly NumberPattern[] = []
  return plain => {
    const begun = byFirst.get(plain.charCodeAt(0))
    return begun?.some(({ end }) => plain.endsWith(end)) ? begun : none
  }
}

function patternsOf(texts: Texts): (NumberPattern & { template: string })[] {
  return numberCommands.flatMap(name =>
    texts.words(`words.${name}`).map(template => {
      const [before = '', after = ''] = template.split('{n}')
      const expression = new RegExp(`^${escaped(before)}${NUMBER}${escaped(after)}$`, 'u')
      return { name, end: plainText(after), expression, template }
    }),
  )
}

function escaped(part: string): string {
  return plainText(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
