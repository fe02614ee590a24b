import type { Reply } from '../../conversation/types.ts'

/** Text answers are cut off beyond this many bytes of UTF-8; the send call answers 45002 (third-party measurement). */
export const MAX_TEXT_BYTES = 2048

/** 600 characters of three bytes: what a longer text is split into, with room to spare under the limit. */
const PART_BYTES = 1800

/**
 * The replies of one turn as texts for the platform, each within its limit: as few messages as possible, split at the
 * ends of sentences, never inside a character. Empty when there is nothing to say. `publicUrl`: where our own addresses
 * stand.
 */
export function renderTexts(replies: Reply[], publicUrl = ''): string[] {
  const text = replies
    .map(reply => renderReply(reply, publicUrl))
    .filter(part => part !== '')
    .join('\n\n')
  return text === '' ? [] : splitText(text)
}

function renderReply(reply: Reply, publicUrl: string): string {
  const lines = [inert(reply.text.trim())]
  reply.choices?.forEach((choice, n) => lines.push(`${n + 1}. ${inert(choice.label)}`))
  // An address of our own is written without its host; in a chat only a whole one can be opened.
  if (reply.url !== undefined) lines.push(reply.url.startsWith('/') ? publicUrl + reply.url : reply.url)
  return lines.filter(line => line !== '').join('\n')
}

/**
 * `<a href>` is the only markup the client obeys, and we write none: where it stands in a text, a person put it
 * there (a name, an answer shown again). A full-width sign keeps it readable and harmless.
 */
function inert(text: string): string {
  return text.includes('<') ? text.replace(/<(?=\/?a\b)/gi, '＜') : text
}

/** Parts of at most 2048 bytes that joined give the text, but for white space at the seams. */
export function splitText(text: string): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length * 3 > MAX_TEXT_BYTES && Buffer.byteLength(rest) > MAX_TEXT_BYTES) {
    const end = seam(rest)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  if (rest !== '') parts.push(rest)
  return parts.filter(part => part !== '')
}

/** A part shorter than this share of the limit is not worth a clean seam. */
const SHORTEST_SHARE = 0.3

/** Where to cut: after a line, else a sentence, else a clause, else at the last whole character that fits. */
function seam(text: string): number {
  const fits = charactersWithin(text, PART_BYTES)
  const head = text.slice(0, fits)
  for (const ends of [/[\n]/g, /[。！？!?；;…]["”’）)]?/g, /[，、,：:\s]/g]) {
    let best = 0
    for (const match of head.matchAll(ends)) best = match.index + match[0].length
    if (best > fits * SHORTEST_SHARE) return best
  }
  return fits
}

/** How many UTF-16 units of the text fit into so many bytes without cutting a character. */
function charactersWithin(text: string, bytes: number): number {
  let used = 0
  let units = 0
  for (const character of text) {
    used += Buffer.byteLength(character)
    if (used > bytes) break
    units += character.length
  }
  return units
}
