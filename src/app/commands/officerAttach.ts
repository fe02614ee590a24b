import { z } from 'zod'
import { placeInTrail } from '../../domain/taskSight.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Json } from '../../conversation/types.ts'
import type { NewPiece } from '../evidence/evidencePort.ts'
import type { ChannelName } from '../ports.ts'
import { outcome, type CommandHandler } from './command.ts'
import { heldTask } from './heldTask.ts'

const piece = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('photo'), mediaId: z.string().min(1).max(300) }),
  z.object({ kind: z.literal('place'), latitude: z.number(), longitude: z.number(), label: z.string().max(300) }),
])
const attached = z.object({ taskId: z.string(), pieces: z.array(piece).min(1) })

/** Where a photo is not an upload of ours but lies with the platform, to be fetched within days. */
const lyingElsewhere = new Set<ChannelName>(['wecom', 'wechat-official'])

/**
 * Photos and places that an officer sent, as evidence of a task he holds. Outcomes: `attached` with how many; `gone` when none is his; those of
 * `heldTask`, with the pieces again.
 */
export const officerAttach: CommandHandler = async (args, context) => {
  const { taskId, pieces } = attached.parse(args)
  const { parts, tx, officer, residentId, address, at } = context
  if (!officer) return outcome('notFound')
  const found = await heldTask(tx, officer, taskId)
  // What could not be attached goes back, to be attached elsewhere.
  if (!found.ok) return outcome(found.told.outcome, { ...found.told.values, pieces })
  let [photos, places] = [0, 0]
  const added: string[] = []
  for (const sent of pieces) {
    const id = parts.world.newId()
    const evidence = { id, taskId, officerId: officer.id, residentId, at, piece: pieceOf(sent, address.channel) }
    if (!(await tx.evidence.add(evidence))) continue
    added.push(id)
    if (sent.kind === 'photo') photos += 1
    else places += 1
  }
  if (photos + places === 0) return outcome('gone')
  await tx.audit.add({
    actor: officerActor(officer),
    action: 'task.evidence',
    objectKind: 'task',
    objectId: taskId,
    regionCode: placeInTrail(found.task),
    detail: { photos, places },
    at,
  })
  return outcome('attached', { taskId, added, summary: found.task.summary, photos, places })
}

const detached = z.object({ taskId: z.string(), pieces: z.array(z.string()) })

/**
 * 附错了: takes back pieces that he himself attached in chat to a task he holds; they come with the outcome, to be attached
 * elsewhere. Outcomes: `detached` with how many; `gone`; those of `heldTask`.
 */
export const officerDetach: CommandHandler = async (args, { tx, officer, at }) => {
  const { taskId, pieces: ids } = detached.parse(args)
  if (!officer) return outcome('notFound')
  const found = await heldTask(tx, officer, taskId)
  if (!found.ok) return found.told
  const pieces = await tx.evidence.takeBack({ taskId, officerId: officer.id, ids, at })
  const photos = pieces.filter(({ kind }) => kind === 'photo').length
  const places = pieces.length - photos
  if (pieces.length === 0) return outcome('gone')
  await tx.audit.add({
    ...{ actor: officerActor(officer), action: 'task.evidenceTakenBack', objectKind: 'task', objectId: taskId },
    ...{ regionCode: placeInTrail(found.task), detail: { photos, places }, at },
  })
  const back = pieces.map((piece): Json =>
    piece.kind === 'photo' ? { kind: 'photo', mediaId: piece.sent } : { ...piece },
  )
  return outcome('detached', { summary: found.task.summary, photos, places, pieces: back })
}

function pieceOf(sent: z.infer<typeof piece>, channel: ChannelName): NewPiece {
  if (sent.kind === 'place') return sent
  const { kind, mediaId } = sent
  return lyingElsewhere.has(channel) ? { kind, channel, mediaId } : { kind, upload: mediaId }
}
