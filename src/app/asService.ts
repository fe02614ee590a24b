import type { Tx } from './ports.ts'

/** Runs with the eyes of the service, and afterwards looks with those of before. */
export async function asService<T>(tx: Tx, run: () => Promise<T>): Promise<T> {
  const before = tx.eyes()
  await tx.as({ kind: 'system' })
  const result = await run()
  await tx.as(before)
  return result
}
