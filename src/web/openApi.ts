import { z } from 'zod'
import type { Route } from './route.ts'
import { problemSchema } from './schemas.ts'

/** OpenAPI 3.1 from the very schemas that decode the calls; nothing here is written twice. */
export function openApi(routes: readonly Route[], publicUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    const methods = (paths[path] ??= {})
    const method = route.method.toLowerCase()
    methods[method] = merged(methods[method], operation(route))
  }
  return {
    openapi: '3.1.0',
    info: { title: '暖心 Nuanxin', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes,
    },
  }
}

const securitySchemes = {
  resident: { type: 'http', scheme: 'bearer' },
  bot: { type: 'http', scheme: 'bearer' },
  operator: { type: 'http', scheme: 'bearer' },
  officer: {
    type: 'apiKey',
    in: 'cookie',
    name: 'nuanxin',
    description: 'https: __Host-nuanxin; writes need X-CSRF-Token',
  },
}

interface Operation {
  summary: string
  security: Record<string, string[]>[]
  parameters: Record<string, unknown>[]
  responses: Record<string, ResponseObject>
  'x-access': string[]
}

interface ResponseObject {
  description: string
  content?: Record<string, { schema: Record<string, unknown> }>
}

function operation(route: Route): Operation & Record<string, unknown> {
  return {
    summary: route.summary,
    'x-access': [route.access],
    ...(route.roles.length > 0 ? { 'x-roles': route.roles } : {}),
    security: route.access in securitySchemes ? [{ [route.access]: [] }] : [],
    parameters: parametersOf(route),
    ...(route.body.schema
      ? { requestBody: { content: { 'application/json': { schema: jsonSchema(route.body.schema, 'input') } } } }
      : {}),
    responses: {
      [route.response.schema || route.response.mediaType ? '200' : '204']: success(route),
      default: failure,
    },
  }
}

const failure: ResponseObject = {
  description: 'RFC 9457',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function success({ response }: Route): ResponseObject {
  const { description, schema, mediaType } = response
  if (schema) return { description, content: { 'application/json': { schema: jsonSchema(schema, 'output') } } }
  return mediaType ? { description, content: { [mediaType]: { schema: { type: 'string' } } } } : { description }
}

function parametersOf(route: Route): Record<string, unknown>[] {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = route.query.schema ? jsonSchema(route.query.schema, 'input')['properties'] : {}
  const inQuery = Object.entries(query ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
  const fence = { name: 'If-Match', in: 'header', required: route.fence === 'needed', schema: { type: 'string' } }
  const csrf = { name: 'X-CSRF-Token', in: 'header', required: true, schema: { type: 'string' } }
  const once = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }
  const writes = route.access === 'officer' && route.method === 'POST'
  return [...inPath, ...inQuery, ...(route.fence ? [fence] : []), ...(writes ? [csrf, once] : [])]
}

// One address, two kinds of caller: the credential decides, the description shows both.
function merged(known: unknown, next: Operation): unknown {
  if (!isOperation(known)) return next
  const schemas = [known, next].flatMap(one => one.responses['200']?.content?.['application/json']?.schema ?? [])
  const responses = {
    ...next.responses,
    200: {
      description: next.responses['200']?.description ?? '',
      content: { 'application/json': { schema: { oneOf: schemas } } },
    },
  }
  return {
    ...next,
    summary: `${known.summary}；${next.summary}`,
    'x-access': [...known['x-access'], ...next['x-access']],
    security: [...known.security, ...next.security],
    parameters: next.parameters.length >= known.parameters.length ? next.parameters : known.parameters,
    responses,
  }
}

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'responses' in value

function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
