import { z } from 'zod'
import type { TaskEvidence } from '../../app/evidence/evidencePort.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { PICTURE_LIMIT } from '../../app/evidence/picture.ts'
import { soundTypeOf, VOICE_LIMIT, VOICE_SECONDS } from '../../app/evidence/sound.ts'
import { json, problem, refused, uploaded, type Answer } from '../answer.ts'
import type { Officer } from '../../domain/officer.ts'
import { cleanImage } from '../imageCleaning.ts'
import { emptyBody, jsonBody, noBody, noQuery } from '../decode.ts'
import type { Edge } from '../edge.ts'
import type { Incoming } from '../incoming.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'

const pieceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('photo'), state: z.enum(['here', 'coming', 'lost']) }),
  z.object({ kind: z.literal('place'), latitude: z.number(), longitude: z.number(), label: z.string() }),
  z.object({ kind: z.literal('voice'), seconds: z.number() }),
])
export const evidenceSchema = z.object({
  items: z.array(z.object({ id: z.string(), at: z.string(), by: z.string().nullable(), piece: pieceSchema })),
})

function pieceJson({ piece }: TaskEvidence): z.infer<typeof pieceSchema> {
  if (piece.kind === 'place') return piece
  if (piece.kind === 'voice') return { kind: 'voice', seconds: piece.seconds }
  if (piece.upload !== null || piece.own) return { kind: 'photo', state: 'here' }
  return { kind: 'photo', state: piece.lost ? 'lost' : 'coming' }
}

const list = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/tasks/:id/evidence',
  summary: '工作人员为这个任务留下的照片、位置和语音；coming：还在从聊天平台取',
  body: noBody,
  query: noQuery,
  response: { description: '照片、位置和语音，先发的在前', schema: evidenceSchema },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.evidence.list(caller.officer, incoming.params['id'] ?? '')
    if (!found.ok) return refused(found.refusal)
    return json({
      items: found.value.map(({ evidence, by }) => ({
        ...{ id: evidence.id, at: shanghaiTime(evidence.at), by },
        piece: pieceJson(evidence),
      })),
    })
  },
})

/** A write: it leaves an audit row. */
const open = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/tasks/:id/evidence/:evidence',
  summary: '为任务留下的一张照片或一段语音；看过、听过留审计记录',
  body: emptyBody,
  query: noQuery,
  response: { description: '照片或语音', mediaType: 'image/jpeg' },
  handler: async ({ edge, caller, incoming }) => {
    const { id: taskId = '', evidence: id = '' } = incoming.params
    const found = await edge.evidence.open(caller.officer, { taskId, id })
    if (!found.ok) return refused(found.refusal)
    if (found.value.kind === 'sound') return uploaded(found.value.sound)
    if (found.value.kind === 'picture') return uploaded(found.value.picture)
    const file = await edge.auth.upload(found.value.id)
    return file ? uploaded(file) : problem('notFound')
  },
})

/** Base64 takes four letters for three bytes. */
const VOICE_LETTERS = Math.ceil(VOICE_LIMIT / 3) * 4
const BODY_AROUND = 1024
const PICTURE_LETTERS = Math.ceil(PICTURE_LIMIT / 3) * 4

const base64 = (letters: number) =>
  z
    .string()
    .min(1)
    .max(letters)
    .regex(/^[\w+/]+={0,2}$/)

/** In JSON like every other write of an officer: what waits on a phone without network is kept as text. */
const add = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/tasks/:id/evidence',
  summary: `给自己经办的任务留一段语音（${VOICE_SECONDS} 秒以内，webm、ogg、mp4、mp3 或 aac）或一张照片（${PICTURE_LIMIT / 1000} kB 以内，JPEG 或 PNG），Base64`,
  body: jsonBody(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('voice'),
        seconds: z.int().min(1).max(VOICE_SECONDS),
        audio: base64(VOICE_LETTERS),
      }),
      z.strictObject({ kind: z.literal('photo'), image: base64(PICTURE_LETTERS) }),
    ]),
    Math.max(VOICE_LETTERS, PICTURE_LETTERS) + BODY_AROUND,
  ),
  query: noQuery,
  response: { description: '凭据编号', schema: z.object({ id: z.string() }) },
  handler: async ({ edge, caller, incoming, body }) => {
    if (!edge.limits('voices', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    if (body.kind === 'photo') return addPhoto({ edge, caller, incoming }, body.image)
    const bytes = Buffer.from(body.audio, 'base64')
    const mimeType = soundTypeOf(bytes)
    if (mimeType === null) return problem('wrongMediaType')
    const sound = { mimeType, seconds: body.seconds, bytes }
    const added = await edge.evidence.addVoice(caller.officer, incoming.params['id'] ?? '', sound)
    return added.ok ? json(added.value) : refused(added.refusal)
  },
})

/** What tells where and with what it was taken stays behind. */
async function addPhoto(
  { edge, caller, incoming }: { edge: Edge; caller: { officer: Officer }; incoming: Incoming },
  image: string,
): Promise<Answer> {
  const picture = cleanImage(Buffer.from(image, 'base64'))
  if (!picture) return problem('wrongMediaType')
  const added = await edge.evidence.addPicture(caller.officer, incoming.params['id'] ?? '', picture)
  return added.ok ? json(added.value) : refused(added.refusal)
}

export const taskEvidenceRoutes: Route[] = [list, open, add]
