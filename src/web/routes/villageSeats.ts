import { z } from 'zod'
import type { Outcome } from '../../app/app.ts'
import type { ShownVillage } from '../../app/seats/seatDesk.ts'
import type { Officer } from '../../domain/officer.ts'
import { coordinateSystems } from '../../domain/seats/coordinates.ts'
import { json, refused, type Answer } from '../answer.ts'
import { emptyBody, jsonBody, noBody, noQuery, queryOf, zPlace } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { seatJson, seatSchema } from '../seatJson.ts'

const response = { description: '这个村和它的村委会的位置（WGS-84）', schema: seatSchema }

function shown(edge: Edge, officer: Officer, found: Outcome<ShownVillage>): Answer {
  return found.ok ? json(seatJson(found.value, officer.regionCode, edge.regions.name)) : refused(found.refusal)
}

const list = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/village-seats',
  summary: '本辖区的村和村委会的位置：谁记的、多准、离本镇最近的别的村委会多远；within 只看其中一个乡镇或村',
  body: noBody,
  query: queryOf(z.strictObject({ within: zPlace.optional() })),
  response: {
    description: '每个村一条，没有记的 seat 是 null；roughMetres：手机精度差于这个米数就提醒重测',
    schema: z.strictObject({ items: z.array(seatSchema), roughMetres: z.number() }),
  },
  handler: async ({ edge, caller, query }) => {
    const found = await edge.seats.list(caller.officer, query.within ?? null)
    if (!found.ok) return refused(found.refusal)
    const { villages, roughMetres } = found.value
    return json({
      items: villages.map(one => seatJson(one, caller.officer.regionCode, edge.regions.name)),
      roughMetres,
    })
  },
})

const record = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/village-seats/:village',
  summary: '在村委会门口记下它的位置，写明坐标系和手机说的精度（米）；重记就换掉原来的；记入审计',
  body: jsonBody(
    z.strictObject({
      longitude: z.number(),
      latitude: z.number(),
      system: z.enum(coordinateSystems),
      accuracy: z.number().nullable(),
    }),
  ),
  query: noQuery,
  response,
  handler: async ({ edge, caller, incoming, body }) => {
    const { system, accuracy, ...point } = body
    const village = incoming.params['village'] ?? ''
    return shown(edge, caller.officer, await edge.seats.record(caller.officer, village, { point, system, accuracy }))
  },
})

const remove = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/village-seats/:village/remove',
  summary: '去掉记错的村委会位置；记入审计',
  body: emptyBody,
  query: noQuery,
  response,
  handler: async ({ edge, caller, incoming }) =>
    shown(edge, caller.officer, await edge.seats.remove(caller.officer, incoming.params['village'] ?? '')),
})

export const villageSeatRoutes: Route[] = [list, record, remove]
