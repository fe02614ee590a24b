import type { z } from 'zod'
import type { OfficerRole } from '../domain/officer.ts'
import {
  anyone,
  botOnly,
  officerGate,
  operatorOnly,
  residentOnly,
  type Gate,
  type OfficerCaller,
  type ResidentCaller,
} from './access.ts'
import { problem, type Answer } from './answer.ts'
import { isAddressPart, type BodyReader, type QueryReader } from './decode.ts'
import type { Edge } from './edge.ts'
import type { Incoming } from './incoming.ts'
import { writeOnce } from './writeOnce.ts'

export const accesses = ['anyone', 'resident', 'officer', 'platform', 'operator', 'bot'] as const
export type Access = (typeof accesses)[number]

export interface Call<Caller, Body, Query> {
  edge: Edge
  incoming: Incoming
  caller: Caller
  body: Body
  query: Query
}

/** What the answer holds, for `/openapi.json`: a schema, or a media type when it is no JSON. */
export interface ResponseDoc {
  description: string
  schema?: z.ZodType
  mediaType?: string
}

interface Spec<Caller, Body, Query> {
  method: 'GET' | 'POST'
  path: string
  /** One line for the readers of `/openapi.json`. */
  summary: string
  body: BodyReader<Body>
  query: QueryReader<Query>
  response: ResponseDoc
  /** Whether If-Match must carry the fencing number of a task. */
  fence?: 'needed' | 'optional'
  /** Served before any other middleware: the hot path. */
  lean?: boolean
  /** Of an officer's own account: open also to whoever has to switch his second factor on first. */
  early?: boolean
  handler(call: Call<Caller, Body, Query>): Promise<Answer> | Answer
}

export interface Route {
  method: 'GET' | 'POST'
  path: string
  access: Access
  /** Officers' roles that may; empty = roles do not matter. */
  roles: readonly OfficerRole[]
  summary: string
  body: BodyReader<unknown>
  query: QueryReader<unknown>
  response: ResponseDoc
  fence: 'needed' | 'optional' | null
  lean: boolean
  run(incoming: Incoming, edge: Edge): Promise<Answer>
}

/** The one order for every route: who calls, may he, is it well-formed, then the handler. */
function guarded<Caller, Body, Query>(
  access: { access: Access; roles: readonly OfficerRole[]; gate: Gate<Caller> },
  spec: Spec<Caller, Body, Query>,
): Route {
  const { method, path, summary, body, query, response, fence = null, lean = false } = spec
  return {
    ...{ method, path, access: access.access, roles: access.roles, summary, body, query, response, fence, lean },
    async run(incoming, edge) {
      const admitted = await access.gate(incoming, edge)
      if (!admitted.ok) return admitted.answer
      if (!Object.values(incoming.params).every(isAddressPart)) return problem('notFound')
      const asked = query.read(incoming.search)
      if (!asked.ok) return asked.answer
      const sent = await body.read(incoming)
      if (!sent.ok) return sent.answer
      return spec.handler({ edge, incoming, caller: admitted.caller, body: sent.value, query: asked.value })
    },
  }
}

/** All officers who work on cases; the auditor reads the audit trail and nothing else. */
export const caseRoles = ['village', 'town', 'county'] as const

export const openRoute = <B, Q>(spec: Spec<null, B, Q>) => guarded({ access: 'anyone', roles: [], gate: anyone }, spec)

/** The platform proves itself by its signature; the channel's handler checks it. */
export const platformRoute = <B, Q>(spec: Spec<null, B, Q>) =>
  guarded({ access: 'platform', roles: [], gate: anyone }, spec)

export const operatorRoute = <B, Q>(spec: Spec<null, B, Q>) =>
  guarded({ access: 'operator', roles: [], gate: operatorOnly }, spec)

export const botRoute = <B, Q>(spec: Spec<null, B, Q>) => guarded({ access: 'bot', roles: [], gate: botOnly }, spec)

export const residentRoute = <B, Q>(spec: Spec<ResidentCaller, B, Q>) =>
  guarded({ access: 'resident', roles: [], gate: residentOnly }, spec)

export const officerRoute = <B, Q>(roles: readonly OfficerRole[], spec: Spec<OfficerCaller, B, Q>) =>
  guarded(
    {
      access: 'officer',
      roles,
      gate: officerGate(roles, { writes: spec.method === 'POST', early: spec.early ?? false }),
    },
    spec.method === 'POST' ? { ...spec, handler: writeOnce(spec.handler) } : spec,
  )
