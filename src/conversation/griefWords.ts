import { plainText } from './plainText.ts'
import type { Texts } from './texts.ts'
import { holdsFirstOf } from './understanding/codeUnits.ts'

/** Characters between somebody and what happened to him: 我老伴前年冬天走了. */
const BETWEEN = 6

/** Who was lost: a child, born or not, or somebody else of the family. */
export type Loss = 'child' | 'person'

/**
 * Whether a normalised text tells of somebody's death, or of a child that was lost before birth. Words in
 * `locales/<language>/grief.yaml`: who (`kin`), what (`died`; `left` may mean that he went out), what else is lost or
 * gone (`things`: 儿子的证没了, `errands`: 老公走了两趟). A question that only supposes it (`ifs`) tells of nobody.
 */
export function compileGrief(texts: Texts): (plain: string) => Loss | null {
  const wordsOf = (name: string) => texts.words(`grief.${name}`).map(plainText)
  const any = (name: string) =>
    wordsOf(name)
      .map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|')
  if (any('kin') === '') return () => null
  const between = `(?:(?!${any('things')}).){0,${BETWEEN}}`
  const died = new RegExp(`(?:${any('kin')})${between}(?:${any('died')})|${any('lostBeforeBirth')}`, 'u')
  const left = new RegExp(`(?:${any('kin')})${between}(?:${any('left')})(?!.{0,2}(?:${any('errands')}))`, 'u')
  const supposed = new RegExp(any('ifs'), 'u')
  const elsewhere = new RegExp(any('elsewhere'), 'u')
  const tells = (plain: string) =>
    !supposed.test(plain) && (died.test(plain) || (left.test(plain) && !elsewhere.test(plain)))
  // 孩子他爷爷: whoever is named last is meant.
  const alone = `(?:(?!${any('things')}|${any('kin')}).){0,${BETWEEN}}`
  const child = new RegExp(
    `(?:${any('children')})${alone}(?:${any('died')}|${any('left')})|${any('lostBeforeBirth')}`,
    'u',
  )
  // A name is asked for in every matter, and told by nearly everybody without any of this.
  const mayTell = holdsFirstOf(['died', 'left', 'lostBeforeBirth'].flatMap(wordsOf))
  return plain => (mayTell(plain) && tells(plain) ? (child.test(plain) ? 'child' : 'person') : null)
}
