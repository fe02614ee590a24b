import { isFields, text, type Fields } from './decode.ts'

/** What can be printed in a row; nulls and lists stay out. */
export function printable(from: Fields): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const [key, content] of Object.entries(from)) {
    if (typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean')
      shown[key] = String(content)
  }
  return shown
}

/** The content of a case; the proxy's two parts stand beside the others. */
export function printableContent(from: Fields): Record<string, string> {
  const proxy = isFields(from['proxy']) ? from['proxy'] : null
  if (!proxy) return printable(from)
  return { ...printable(from), proxyName: text(proxy, 'name'), proxyRelation: text(proxy, 'relation') }
}
