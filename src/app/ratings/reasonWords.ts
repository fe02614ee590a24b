/** Key of the words of a reason for a bad rating: those of the question, so that chat, figures and pages name it alike. */
export function reasonKey(reason: string): string {
  return `service-rating.steps.reasons.options.${reason}`
}
