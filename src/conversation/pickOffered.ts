import type { Turn } from './machine.ts'

/** The key a number means in the list that was put last; null: it means none of them. */
export function pickOffered({ library, context }: Turn, said: string, offered: string[]): string | null {
  if (offered.length === 0) return null
  const heard = library.readValue('choice', said, {
    today: context.today,
    options: offered.map((key, n) => ({ value: key, label: String(n + 1) })),
  })
  return heard.status === 'ok' && typeof heard.value === 'string' ? heard.value : null
}
