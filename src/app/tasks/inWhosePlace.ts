import type { Officer } from '../../domain/officer.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { eyesOf } from '../officer/eyes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** An officer as he works on one task. `standsInFor`: the absent colleague in whose place he does; null: in his own. */
export interface InPlace {
  officer: Officer
  standsInFor: string | null
}

/** The officer with the place and role of a colleague, under his own name. */
export const inPlaceOf = (officer: Officer, { role, regionCode }: Officer): Officer => ({
  ...officer,
  role,
  regionCode,
})

/** Colleagues for whom he stands in today, checked anew at every call. */
export const standsInFor = (parts: Pick<AppParts, 'world'>, tx: Tx, officer: Officer): Promise<Officer[]> =>
  tx.staff.standsInFor(officer.id, shanghaiDate(parts.world.now()))

/** In his own place if the task is in his sight there, else in that of the colleague who sees it. Sets the eyes accordingly. */
export async function inWhosePlace(
  parts: Pick<AppParts, 'world'>,
  tx: Tx,
  officer: Officer,
  taskId: string,
): Promise<InPlace> {
  await tx.as(eyesOf(officer))
  const own = { officer, standsInFor: null }
  const colleagues = await standsInFor(parts, tx, officer)
  if (colleagues.length === 0 || (await tx.tasks.byId(taskId))) return own
  for (const colleague of colleagues) {
    const there = inPlaceOf(officer, colleague)
    await tx.as(eyesOf(there))
    if (await tx.tasks.byId(taskId)) return { officer: there, standsInFor: colleague.name }
  }
  await tx.as(eyesOf(officer))
  return own
}
