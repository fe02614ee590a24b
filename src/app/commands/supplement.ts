import { z } from 'zod'
import { numberedLines } from '../../conversation/steps/notice.ts'
import { allowedActions } from '../../domain/allowedActions.ts'
import type { Application } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { supplementCase } from '../cases/residentSteps.ts'
import { noticeLink } from '../notices/noticeLinks.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

const which = z.object({ applicationId: z.string().nullish() })

/**
 * 补材料: the case of this resident that waits for something, the newest if several do, with the gaps of its notice.
 * Outcomes: `waiting`; `confirmed` when he has said that he has the notice; `none`.
 */
export const openSupplement: CommandHandler = async (args, context) => {
  const { applicationId } = which.parse(args)
  const own = await context.tx.applications.ofResident(context.residentId)
  const waiting = own.filter(({ actions }) =>
    allowedActions(foldApplication(actions), 'resident').includes('supplement'),
  )
  const found = waiting.find(({ id }) => id === applicationId) ?? waiting[0]
  if (!found) return outcome('none')
  const values = await gapsOf(found, context)
  const confirmed =
    values.noticeNumber === null || (await context.tx.notices.times(values.noticeNumber)).confirmed !== null
  return outcome(confirmed ? 'confirmed' : 'waiting', values)
}

async function gapsOf(application: Application, { tx, address, at }: CommandContext) {
  const notice = (await tx.notices.ofApplication(application.id)).at(-1)
  const gaps = notice?.content.gaps ?? []
  return {
    applicationId: application.id,
    applicationNumber: application.number,
    noticeNumber: notice?.number ?? null,
    gapList: numberedLines(gaps.map(({ what }) => what)),
    gapCount: gaps.length,
    supplementBy: notice?.content.supplementBy ?? null,
    paper: notice ? noticeLink(tx, { number: notice.number, at, channel: address.channel }, 'pdf') : null,
  }
}

/** Pictures of one answer; a household sends a page or two of each paper. */
const MOST_PHOTOS = 30

const sent = z.object({
  applicationId: z.string(),
  photos: z.array(z.string().max(200)).max(MOST_PHOTOS).nullish(),
  note: z.string().max(500).nullish(),
})

/**
 * Hands in what was asked for: pictures by the id of their upload, and words. Outcomes: `supplied`, after which the clocks go on;
 * `empty`; `notWaiting` when the case is not open for it any more, or is somebody else's.
 */
export const supplyMaterials: CommandHandler = async (args, { parts, tx, residentId }) => {
  const { applicationId, photos, note } = sent.parse(args)
  const materials = [...(photos ?? []), ...(note ? [note] : [])]
  if (materials.length === 0) return outcome('empty')
  const result = await supplementCase(parts, tx, residentId, { id: applicationId, materials })
  return result.ok ? outcome('supplied', { applicationNumber: result.value.number }) : outcome('notWaiting')
}
