/** `birth-registration.steps.phone.text`. */
export function stepText(flow: string, step: string, part: string): string {
  return `${flow}.steps.${step}.${part}`
}

/** The same for the parts of one step, each put together once: every turn looks several of them up. */
export function stepTexts(flow: string, step: string): (part: string) => string {
  const keys = new Map<string, string>()
  return part => {
    let key = keys.get(part)
    if (key === undefined) keys.set(part, (key = stepText(flow, step, part)))
    return key
  }
}
