/**
 * The same text as the names in a program are kept: whole, and once for all who say it. What was cut from a file or put
 * together of pieces stays a view of these, and each comparison with it goes through the runtime; two names are the
 * same at a glance. For what is made once and looked up at every turn.
 */
export function asName(text: string): string {
  return Object.keys({ [text]: null })[0] ?? text
}
