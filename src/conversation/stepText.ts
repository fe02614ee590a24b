import { asName } from './asName.ts'

/** `birth-registration.steps.phone.text`. */
export function stepText(flow: string, step: string, part: string): string {
  return `${flow}.steps.${step}.${part}`
}

/** The same for the parts of one step. */
export function stepTexts(flow: string, step: string): (part: string) => string {
  return keysUnder(`${flow}.steps.${step}`)
}

/** `refusal.length` for `length`, each put together once: every turn looks several keys up. */
export function keysUnder(above: string): (part: string) => string {
  const keys = new Map<string, string>()
  return part => {
    let key = keys.get(part)
    if (key === undefined) keys.set(part, (key = asName(`${above}.${part}`)))
    return key
  }
}
