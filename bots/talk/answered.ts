import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Ids kept over a restart. A puppet repeats at most the last screens of its chats. */
const KEPT = 2000

/** The messages already answered, so that a puppet which delivers the past again gets silence. Ids only, no text. */
export interface Answered {
  has(messageId: string): boolean
  add(messageId: string): void
}

export function openAnswered(file: string): Answered {
  mkdirSync(path.dirname(file), { recursive: true })
  const known = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(-KEPT) : []
  writeFileSync(file, known.map(id => `${id}\n`).join(''), { mode: 0o600 })
  const ids = new Set(known)
  return {
    has: id => ids.has(id),
    add: id => {
      ids.add(id)
      appendFileSync(file, `${id.replaceAll('\n', ' ')}\n`)
      for (const oldest of ids) {
        if (ids.size <= KEPT) break
        ids.delete(oldest)
      }
    },
  }
}
