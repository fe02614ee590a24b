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
