import { figure, NUMERAL } from './numerals.ts'

const N = `(\\d{1,4}|${NUMERAL}{1,5})`
/** 我虚岁都六十六了 */
export const REACHED = '(?:今年|也|都|算|整|正好|已经|就|刚好|刚|才|该|到|满|是|有|得)*'
const BEFORE_AGE = new RegExp(`虚(?:岁|龄)?${REACHED}${N}`, 'u')
const BEHIND_AGE = new RegExp(`${N}(?:岁)?了?虚岁|${N}岁?\\(?虚`, 'u')

/** 虚岁六十, 六十虚岁: the age that counts the lunar year of birth as one. Null when none is told. */
export function nominalAge(plain: string): number | null {
  // 周岁25虚岁26: what stands behind the word goes before.
  const said = BEFORE_AGE.exec(plain)?.[1] ?? BEHIND_AGE.exec(plain)?.slice(1).find(Boolean)
  return said === undefined ? null : figure(said)
}
