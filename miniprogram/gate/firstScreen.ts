import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Set with the officers' part: a village phone on 3G fetches this in half a second. */
export const FIRST_SCREEN_LIMIT_BYTES = 100_000

/** What a script fetches before it runs: its static imports, and theirs. */
function closure(folder: string, first: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const source = readFileSync(join(folder, file), 'utf8')
    for (const [, imported = ''] of source.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) visit(imported)
  }
  first.forEach(visit)
  return [...found]
}

/** Bytes of script, compressed, that the officers' first screen waits for. Null when the pages are not built. */
export function officersFirstScreen(built: string): { bytes: number; files: string[] } | null {
  const page = join(built, 'index.html')
  if (!existsSync(page)) return null
  const folder = join(built, 'assets')
  const entry = [...readFileSync(page, 'utf8').matchAll(/src="\/assets\/([^"]+\.js)"/g)].map(([, file = '']) => file)
  const officers = readdirSync(folder).filter(file => /^officer-index\..+\.js$/.test(file))
  const files = closure(folder, [...entry, ...officers])
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0)
  return { bytes, files }
}
