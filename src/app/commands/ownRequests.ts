/** 催一下 and 没办好 by chat: what of his own a resident may urge or have taken up again, and doing it. */
import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import { addDays, shanghaiDate } from '../../domain/world.ts'
import type { Refusal } from '../caseViews.ts'
import { residentViewer } from '../residentView.ts'
import { ownRequests, type OwnRequest } from '../tasks/ownRequests.ts'
import { rulesAt } from '../tasks/taskTime.ts'
import { reopenRequest as reopenIt, urgeAsResident, urgeRequest } from '../tasks/urging.ts'
import { complaintPhone } from '../complaints/tellComplaint.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

/** One thing that goes on, a case or a request alike. */
interface Open {
  mayUrge: boolean
  urgeFrom: string | null
  item: Json
}

/**
 * What goes on and could be urged, cases first. Outcomes: `listed` with items; `spent` when all of it was urged as often as a day
 * allows, with the day from which it may be again; `none`.
 */
export const urgeable: CommandHandler = async (_args, context) => {
  const { parts, tx, residentId } = context
  const applications = await tx.applications.ofResident(residentId)
  const cases = applications.map(await residentViewer(parts, tx, applications))
  const requests = await ownRequests(parts, tx, residentId)
  const open: Open[] = [
    ...cases.map(({ id, number, matter, mayUrge, urgeFrom }) => ({ mayUrge, urgeFrom, item: { id, number, matter } })),
    ...requests.map(request => ({ ...request, item: titleOf(request) })),
  ]
  const items = open.filter(({ mayUrge }) => mayUrge).map(({ item }) => item)
  if (items.length > 0) return outcome('listed', { items })
  const [from = null] = open.flatMap(({ urgeFrom }) => urgeFrom ?? []).toSorted()
  return from === null ? outcome('none') : outcome('spent', { from })
}

/** By what a request is told from others: its kind, and its number or its day. */
export function titleOf({ id, source, number, createdAt }: OwnRequest): Record<string, Json> {
  return { id, matter: source, number, received: shanghaiDate(createdAt) }
}

const target = z.object({ id: z.string() })

/**
 * Urges one of them: his case by its id, else his request. Outcomes: `urged`; `tooMany` with the day from which it may be urged
 * again; `notAllowed` when nobody works on it any more; `notFound`.
 */
export const urgeOwn: CommandHandler = async (args, { parts, tx, residentId, at }) => {
  const { id } = target.parse(args)
  const application = await tx.applications.byId(id)
  const done = application
    ? await urgeAsResident(parts, tx, residentId, { applicationId: id, note: null })
    : await urgeRequest(parts, tx, residentId, { id, note: null })
  if (done.ok) return outcome('urged', { total: done.value.urges.total })
  return outcome(nameOf(done.refusal), { from: addDays(shanghaiDate(at), 1) })
}

/**
 * What was closed and may be taken up again, newest first. Outcomes: `listed` with items, each with the phone for complaints where
 * it is one; `none` with the days within which one may say so.
 */
export const reopenable: CommandHandler = async (_args, context) => {
  const { parts, tx, residentId } = context
  const closed = (await ownRequests(parts, tx, residentId)).filter(({ mayReopen }) => mayReopen)
  if (closed.length > 0) return outcome('listed', { items: closed.map(reopenItem) })
  const place = (await tx.applications.ofResident(residentId))[0]?.regionCode ?? parts.settings.homeRegion
  return outcome('none', { days: rulesAt(parts, place).reopenDays, complaintPhone: complaintPhone(parts, place) })
}

/** The phone of a complaint is what its own question may have to name. */
export const reopenItem = (request: OwnRequest): Json => ({
  ...titleOf(request),
  ...(request.source === 'complaint' ? { complaintPhone: request.officePhone } : {}),
})

const reasons = ['nobody', 'half', 'wrong', 'other'] as const
const wish = z.object({ requestId: z.string(), why: z.enum(reasons), words: z.string().max(200).nullish() })

/** Has one taken up again. Outcomes: `reopened` with the day until which somebody calls, `notAllowed`, `tooMany`, `notFound`. */
export const reopenOwn: CommandHandler = async (args, { parts, tx, residentId, at }: CommandContext) => {
  const { requestId: id, why, words } = wish.parse(args)
  const said = parts.text('zh-CN', `request-reopen.steps.why.options.${why}`)
  const reason = words ? words : said
  const done = await reopenIt(parts, tx, residentId, { id, reason })
  if (!done.ok) return outcome(nameOf(done.refusal))
  return outcome('reopened', { by: parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays).date })
}

function nameOf({ code }: Refusal): 'tooMany' | 'notFound' | 'notAllowed' {
  return code === 'tooMany' || code === 'notFound' ? code : 'notAllowed'
}
