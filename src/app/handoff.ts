import { answersOf } from '../conversation/places.ts'
import type { DistressCause, Effect, Json, Session, TurnResult } from '../conversation/types.ts'
import type { Application } from '../domain/application.ts'
import { maskName } from '../domain/mask.ts'
import { covers } from '../domain/officer.ts'
import type { TaskDetail } from '../domain/task.ts'
import { openTask, taskCreated } from '../domain/taskState.ts'
import type { WorkingDay } from '../domain/workingDays.ts'
import { shanghaiDate, type Instant } from '../domain/world.ts'
import { callAtOnce } from './distress/callAtOnce.ts'
import type { AppParts } from './parts.ts'
import type { ChannelName, Tx } from './ports.ts'

type Handoff = Extract<Effect, { type: 'handoff' }>

/**
 * Every hand-over of this turn becomes a task with the half-filled case, for the officer of the place. Who asks again while
 * somebody is already to call gets no second task; distress and emergency are causes of their own and never wait behind one.
 */
export async function openHandoffs(parts: AppParts, tx: Tx, asking: Asking, result: TurnResult): Promise<void> {
  for (const effect of result.effects) {
    if (effect.type !== 'handoff') continue
    const session = result.conversation.sessions.find(({ id }) => id === effect.sessionId)
    await openHandoff(parts, tx, asking, { effect, session })
  }
}

/** Who is to be called, and where he wrote. */
interface Asking {
  residentId: string
  channel: ChannelName
}

interface Asked {
  effect: Handoff
  session: Session | undefined
}

async function openHandoff(parts: AppParts, tx: Tx, asking: Asking, { effect, session }: Asked): Promise<void> {
  const { residentId, channel } = asking
  const at = parts.world.now()
  const [newest = null] = await tx.applications.ofResident(residentId)
  const contact = newest && { id: newest.id, number: newest.number, maskedName: maskName(newest.content.applicantName) }
  const due = callBackDay(parts, effect, at)
  const task = openTask({
    id: parts.world.newId(),
    source: isUrgent(effect) ? 'distress' : 'halfFilledCase',
    regionCode: effect.regionCode ?? (await placeToCall(parts, tx, newest, effect)),
    applicationId: null,
    summary: summaryOf(parts, { effect, session }, { channel, contact }),
    detail: { ...detailOf(residentId, effect, session), channel, application: contact },
    promiseDue: due.date,
    dueProvisional: due.provisional,
    createdAt: at,
  })
  // One cry is one task, in whatever session it was heard.
  const cause = isUrgent(effect) ? `${effect.reason}:${residentId}` : `handoff:${residentId}:${effect.sessionId}:help`
  const isNew = await tx.tasks.insertUnlessWaiting(cause, task, taskCreated(task, { kind: 'resident', id: residentId }))
  if (isUrgent(effect)) await callAtOnce(parts, tx, { residentId, cause, opened: isNew ? task : null, effect })
}

/** Where the officer can open the earlier application and so call; the home county when there is none, or nobody there. */
async function placeToCall(parts: AppParts, tx: Tx, application: Application | null, effect: Handoff): Promise<string> {
  const home = parts.settings.homeRegion
  // Who can be there within minutes lives in the village.
  if (!application || (covers(home, application.regionCode) && !isUrgent(effect))) return home
  return (await tx.officers.forRegion(application.regionCode)) ? application.regionCode : home
}

/** Without a phone number in hand the line itself says where to find one, or that there is none. */
function summaryOf(
  parts: AppParts,
  { effect, session }: Asked,
  { channel, contact }: { channel: ChannelName; contact: TaskDetail['application'] },
): string {
  const say = (key: string, values = {}) => parts.text('zh-CN', `app.${key}`, values)
  const wish = say(`handoff.${effect.cause ? wishByCause[effect.cause] : effect.reason}`)
  if (session && answersOf(session)['phone']) return wish
  const where = { channel: say(`channel.${channel}`) }
  if (!contact) return say('handoff.noContact', { wish, ...where })
  return say('handoff.byApplication', { wish, ...where, number: contact.number, name: contact.maskedName })
}

const wishByCause: Record<DistressCause, string> = {
  words: 'distress',
  tone: 'distressTone',
  silence: 'distressSilence',
}

const isUrgent = ({ reason }: Handoff): boolean => reason === 'distress' || reason === 'emergency'

/** Lists are sorted by the due day: without one, a cry for help would stand below every form of the coming weeks. */
function callBackDay(parts: AppParts, effect: Handoff, at: Instant): WorkingDay {
  const today = shanghaiDate(at)
  if (isUrgent(effect)) return { date: today, provisional: false }
  return parts.addWorkingDays(today, parts.settings.callBackDays)
}

function detailOf(residentId: string, effect: Handoff, session: Session | undefined): TaskDetail {
  const given = Object.entries(session ? answersOf(session) : {})
  const answers = given.filter((slot): slot is [string, Scalar] => isScalar(slot[1]))
  return {
    residentId,
    sessionId: effect.sessionId,
    flow: effect.flow,
    step: session?.step ?? '',
    answers: Object.fromEntries(answers),
  }
}

type Scalar = string | number | boolean | null
const isScalar = (value: Json | undefined): value is Scalar => value === null || typeof value !== 'object'
