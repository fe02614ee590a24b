import { plainText } from './plainText.ts'
import type { Texts } from './texts.ts'

/** Characters between somebody and what happened to him: 我老伴前年冬天走了. */
const BETWEEN = 6

/**
 * Whether a normalised text tells of somebody's death, or of a child that was lost before birth. Words in
 * `locales/<language>/grief.yaml`: who (`kin`), what (`died`; `left` may mean that he went out), what else is lost or
 * gone (`things`: 儿子的证没了, `errands`: 老公走了两趟). A question that only supposes it (`ifs`) tells of nobody.
 */
export function compileGrief(texts: Texts): (plain: string) => boolean {
  const any = (name: string) =>
    texts
      .words(`grief.${name}`)
      .map(word => plainText(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|')
  if (any('kin') === '') return () => false
  const between = `(?:(?!${any('things')}).){0,${BETWEEN}}`
  const died = new RegExp(`(?:${any('kin')})${between}(?:${any('died')})|${any('lostBeforeBirth')}`, 'u')
  const left = new RegExp(`(?:${any('kin')})${between}(?:${any('left')})(?!.{0,2}(?:${any('errands')}))`, 'u')
  const supposed = new RegExp(any('ifs'), 'u')
  const elsewhere = new RegExp(any('elsewhere'), 'u')
  return plain => !supposed.test(plain) && (died.test(plain) || (left.test(plain) && !elsewhere.test(plain)))
}
