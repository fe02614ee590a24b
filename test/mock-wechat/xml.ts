/** A small reader and writer of its own: strict about what an answer must be, ignorant of everything else. */
export type Tree = { [name: string]: string | Tree }

const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z][\w]*)>|([^<]+)/y

/** @throws Error when it is not plain, well-formed `<xml>…</xml>` with every name once. */
export function parseXml(text: string): Tree {
  if (/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(text)) throw new Error('character that XML does not allow')
  const stack: { name: string; tree: Tree; text: string }[] = [{ name: '', tree: {}, text: '' }]
  token.lastIndex = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [, cdata, slash, name, plain] = match
    const top = stack.at(-1)
    if (!top) throw new Error('end tag too many')
    if (cdata !== undefined) top.text += cdata
    else if (plain !== undefined) top.text += decode(plain)
    else if (name !== undefined && slash === '') stack.push({ name, tree: {}, text: '' })
    else closeElement(stack, name ?? '')
    if (token.lastIndex === text.length) break
  }
  const [root] = stack
  if (token.lastIndex !== text.length || stack.length !== 1 || !root) throw new Error('not well-formed')
  const xml = root.tree['xml']
  if (typeof xml !== 'object') throw new Error('no <xml> element')
  return xml
}

function closeElement(stack: { name: string; tree: Tree; text: string }[], name: string): void {
  const done = stack.pop()
  const parent = stack.at(-1)
  if (!done || !parent || done.name !== name) throw new Error(`</${name}> closes nothing`)
  if (Object.hasOwn(parent.tree, name)) throw new Error(`<${name}> twice`)
  parent.tree[name] = Object.keys(done.tree).length > 0 ? done.tree : done.text.trim() === '' ? '' : done.text
}

function decode(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> outside CDATA')
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));|&/gi, (all, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(parseInt(decimal, 10))
    const known: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
    const value = known[name]
    if (value === undefined) throw new Error(`entity ${all}`)
    return value
  })
}

/** Numbers bare, everything else in CDATA, one element a line: as the platform writes. */
export function writeXml(fields: Record<string, unknown>): string {
  const lines = Object.entries(fields).map(([name, value]) => `<${name}>${writeValue(value)}</${name}>`)
  return `<xml>${lines.join('\n')}\n</xml>`
}

function writeValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => `<${name}>${writeValue(inner)}</${name}>`)
      .join('')
  }
  return `<![CDATA[${String(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** JSON in which 64-bit ids stand as bare numbers, as the platform writes them. */
export function writeJson(fields: Record<string, unknown>): string {
  const text = JSON.stringify(fields, (_name, value: unknown) =>
    typeof value === 'bigint' ? `bigint:${value}` : value,
  )
  return text.replace(/"bigint:(\d+)"/g, '$1')
}
