import { z } from 'zod'
import type { TaskEvidence } from '../../app/evidence/evidencePort.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, problem, refused, uploaded } from '../answer.ts'
import { emptyBody, noBody, noQuery } from '../decode.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'

const pieceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('photo'), state: z.enum(['here', 'coming', 'lost']) }),
  z.object({ kind: z.literal('place'), latitude: z.number(), longitude: z.number(), label: z.string() }),
])
export const evidenceSchema = z.object({
  items: z.array(z.object({ id: z.string(), at: z.string(), by: z.string().nullable(), piece: pieceSchema })),
})

function pieceJson({ piece }: TaskEvidence): z.infer<typeof pieceSchema> {
  if (piece.kind === 'place') return piece
  if (piece.upload !== null) return { kind: 'photo', state: 'here' }
  return { kind: 'photo', state: piece.lost ? 'lost' : 'coming' }
}

const list = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/tasks/:id/evidence',
  summary: '工作人员为这个任务发来的照片和位置；coming：还在从聊天平台取',
  body: noBody,
  query: noQuery,
  response: { description: '照片和位置，先发的在前', schema: evidenceSchema },
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
const photo = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/tasks/:id/evidence/:evidence',
  summary: '为任务发来的一张照片；看过留审计记录',
  body: emptyBody,
  query: noQuery,
  response: { description: '照片', mediaType: 'image/jpeg' },
  handler: async ({ edge, caller, incoming }) => {
    const { id: taskId = '', evidence: id = '' } = incoming.params
    const found = await edge.evidence.photo(caller.officer, { taskId, id })
    if (!found.ok) return refused(found.refusal)
    const file = await edge.auth.upload(found.value.upload)
    return file ? uploaded(file) : problem('notFound')
  },
})

export const taskEvidenceRoutes: Route[] = [list, photo]
