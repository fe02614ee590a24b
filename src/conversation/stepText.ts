/** `birth-registration.steps.phone.text`. */
export function stepText(flow: string, step: string, part: string): string {
  return `${flow}.steps.${step}.${part}`
}
