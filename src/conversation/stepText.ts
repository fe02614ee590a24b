import { asName } from './asName.ts'

/** `birth-registration.steps.phone.text`. */
export function stepText(flow: string, step: string, part: string): string {
  return `${flow}.steps.${step}.${part}`
}

/** The same for the parts of one step. */
export function stepTexts(flow: string, step: string): (part: string) => string {
  return madeOnce(part => stepText(flow, step, part))
}

/** Keys that `make` puts together, each made once: every turn looks several of them up. */
export function madeOnce(make: (part: string) => string): (part: string) => string {
  const keys = new Map<string, string>()
  return part => {
    let key = keys.get(part)
    if (key === undefined) keys.set(part, (key = asName(make(part))))
    return key
  }
}
