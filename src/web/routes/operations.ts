import { json } from '../answer.ts'
import { noBody, noQuery } from '../decode.ts'
import { openRoute, operatorRoute, type Route } from '../route.ts'
import { readySchema } from '../schemas.ts'

const healthz = openRoute({
  method: 'GET',
  path: '/healthz',
  summary: '进程存活',
  body: noBody,
  query: noQuery,
  response: { description: 'ok', mediaType: 'text/plain' },
  handler: () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok\n' }),
})

const readyz = openRoute({
  method: 'GET',
  path: '/readyz',
  summary: '依赖就绪；不就绪为 503',
  body: noBody,
  query: noQuery,
  response: { description: '各依赖状态', schema: readySchema },
  handler: async ({ edge }) => {
    const parts = await edge.ping()
    const ready = !edge.closing.aborted && Object.values(parts).every(Boolean)
    return json({ ready, parts }, {}, ready ? 200 : 503)
  },
})

const metrics = operatorRoute({
  method: 'GET',
  path: '/metrics',
  summary: 'Prometheus 指标；本机或凭令牌',
  body: noBody,
  query: noQuery,
  response: { description: '指标', mediaType: 'text/plain' },
  handler: ({ edge }) => ({
    status: 200,
    headers: { 'content-type': 'text/plain; version=0.0.4' },
    body: edge.metrics.print(),
  }),
})

const description = openRoute({
  method: 'GET',
  path: '/openapi.json',
  summary: '本接口说明（OpenAPI 3.1）',
  body: noBody,
  query: noQuery,
  response: { description: 'OpenAPI 3.1', mediaType: 'application/json' },
  handler: ({ edge }) => json(edge.description()),
})

export const operationRoutes: Route[] = [healthz, readyz, metrics, description]
