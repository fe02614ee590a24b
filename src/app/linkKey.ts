import type { AppParts } from './parts.ts'

/** Whether a key that somebody shows is the one we gave. Hashes are compared, so that the time tells nothing about the key. */
export function isKey({ hashToken }: Pick<AppParts, 'hashToken'>, given: string, shown: string): boolean {
  const [ours, theirs] = [hashToken(given), hashToken(shown)]
  return ours.length === theirs.length && ours.every((byte, n) => byte === theirs[n])
}
