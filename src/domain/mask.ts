/** 1101**********002X: province and county half, then the last four. Anything else is hidden whole. */
export function maskIdentityNumber(id: string): string {
  return /^\d{17}[\dX]$/.test(id) ? `${id.slice(0, 4)}**********${id.slice(-4)}` : '*'.repeat(8)
}

/** 138****5678; a landline keeps its area code and last two digits; anything shorter is hidden whole. */
export function maskPhone(number: string): string {
  if (/^1\d{10}$/.test(number)) return `${number.slice(0, 3)}****${number.slice(-4)}`
  const landline = /^(0\d{2,3})-(\d{5,6})(\d{2})(?:-\d+)?$/.exec(number)
  return landline ? `${landline[1]}-*****${landline[3]}` : '*'.repeat(7)
}

/** 张*: the first character, whatever the length, so that the length tells nothing. */
export function maskName(name: string): string {
  return `${Array.from(name)[0] ?? ''}*`
}

/** Words of ours (keys of choices), days, and codes of places: they tell no name, number or address of a person. */
const plain = /^(?:[a-z][A-Za-z]{0,31}|\d{4}-\d{2}-\d{2}|\d{6}|\d{9}|\d{12})$/

/**
 * An answer of any flow, by what it looks like: only what is known to be harmless stays, text of any other kind is cut.
 * `slot` tells a name written in Latin letters from a word of ours.
 */
export function maskAnswer<T extends string | number | boolean | null>(slot: string, value: T): T | string {
  if (typeof value !== 'string' || (plain.test(value) && !/name$/i.test(slot))) return value
  if (/^\d{17}[\dX]$/.test(value)) return maskIdentityNumber(value)
  return /^(?:1\d{10}|0\d{2,3}-\d{7,8}(?:-\d+)?)$/.test(value) ? maskPhone(value) : maskName(value)
}
