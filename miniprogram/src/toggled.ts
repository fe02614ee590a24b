/** The list with `key` when it had none, without it when it had. */
export const toggled = (list: readonly string[], key: string): string[] =>
  list.includes(key) ? list.filter(other => other !== key) : [...list, key]
