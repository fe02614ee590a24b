/**
 * Vectors and payloads that others have published, kept beside the repository and not in it. Where they are absent
 * the tests that read them are skipped and say so; with REQUIRE_ALL=1 that is a failure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'

const folder = join(import.meta.dirname, '../../../../../shared/wechat')
const present = existsSync(folder)

export type Vector = Record<string, string>

export const vectors: Record<string, Vector[]> = present
  ? JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8'))
  : {}

/** Bodies of one platform by file name. */
export function payloads(prefix: string): { name: string; bytes: Buffer }[] {
  if (!present) return []
  const names = readdirSync(join(folder, 'payloads')).filter(name => name.startsWith(prefix))
  return names.map(name => ({ name, bytes: readFileSync(join(folder, 'payloads', name)) }))
}

/** A test that needs the published files. */
export function publishedTest(name: string, run: () => void | Promise<void>): void {
  if (present) test(name, run)
  else if (process.env['REQUIRE_ALL'] === '1') {
    test(name, () => {
      throw new Error('the published WeChat vectors are not here and REQUIRE_ALL=1')
    })
  } else test.skip(`${name} (published vectors are not here)`, () => {})
}
