import Router, { type RouterMiddleware } from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { faultOf } from '../app/faultOf.ts'
import { bearerOf } from './access.ts'
import { problem } from './answer.ts'
import type { WebDeps } from './deps.ts'
import type { Edge } from './edge.ts'
import { createMetrics } from './metrics.ts'
import { openApi } from './openApi.ts'
import { answerCall } from './answerCall.ts'
import { createRateLimits } from './rateLimits.ts'
import type { Route } from './route.ts'
import { allRoutes } from './routes.ts'
import { indexStaticFiles } from './staticFiles.ts'

/** The Koa application. Listens to nothing; `runtime` binds `web.callback()` to a server. */
export function createWeb(deps: WebDeps): Koa {
  const routes = allRoutes(deps.platforms)
  const edge: Edge = {
    ...deps,
    limits: createRateLimits(),
    metrics: createMetrics(),
    description: () => openApi(routes, deps.config.publicUrl),
    usedSteps: new Map(),
    streams: new Map(),
  }
  // One hop is trusted: what a caller writes into X-Forwarded-For himself stands before it and is not read.
  const web = new Koa({ proxy: deps.config.trustProxy, maxIpsCount: 1 })
  web.on('error', (error: unknown) => noteSocketError(edge, error))
  web.use(leanRoutes(edge, routes))
  web.use(ordinaryRoutes(edge, routes))
  web.use(staticAndUnknown(edge, routes))
  return web
}

/** Platform callbacks: found by one look-up, before Koa does anything else. */
function leanRoutes(edge: Edge, routes: readonly Route[]): Middleware {
  const lean = new Map(routes.filter(route => route.lean).map(route => [`${route.method} ${route.path}`, route]))
  return async (ctx, next) => {
    const [path = '/'] = (ctx.req.url ?? '/').split('?', 1)
    const route = lean.get(`${ctx.req.method} ${path}`)
    if (!route) return void (await next())
    return answerCall(edge, ctx, { pattern: path, params: {}, lean: true, run: incoming => route.run(incoming, edge) })
  }
}

function ordinaryRoutes(edge: Edge, routes: readonly Route[]) {
  const router = new Router()
  for (const group of sameAddress(routes)) {
    const { method, path } = group.first
    const handle: RouterMiddleware = ctx =>
      answerCall(edge, ctx, {
        pattern: path,
        params: ctx.params,
        lean: false,
        run: incoming =>
          (group.forResident && bearerOf(incoming) !== null ? group.forResident : group.first).run(incoming, edge),
      })
    if (method === 'GET') router.get(path, handle)
    else router.post(path, handle)
  }
  return router.routes()
}

interface Group {
  /** Answers unless a resident shows his token: without any credential both say 401. */
  first: Route
  forResident: Route | null
}

/** Routes of one address that differ in who calls. */
function sameAddress(all: readonly Route[]): Group[] {
  const groups = new Map<string, Group>()
  for (const route of all.filter(one => !one.lean)) {
    const key = `${route.method} ${route.path}`
    const known = groups.get(key)
    if (!known) groups.set(key, { first: route, forResident: null })
    else
      groups.set(
        key,
        known.first.access === 'resident'
          ? { first: route, forResident: known.first }
          : { first: known.first, forResident: route },
      )
  }
  return [...groups.values()]
}

/** The built client, and 404 or 405 for the rest. */
function staticAndUnknown(edge: Edge, routes: readonly Route[]): Middleware {
  const files = indexStaticFiles(edge.config.clientDir, edge.config.clientPaths)
  const patterns = [...new Set(routes.map(route => route.path))].map(path => ({
    regexp: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
    allow: routes.filter(route => route.path === path).map(route => route.method),
  }))
  return ctx =>
    answerCall(edge, ctx, {
      pattern: 'static',
      params: {},
      lean: false,
      run: async incoming => {
        const file = files(incoming)
        if (file) return file
        const known = patterns.find(({ regexp }) => regexp.test(incoming.path))
        return known
          ? problem('methodNotAllowed', {}, { allow: [...new Set(known.allow)].join(', ') })
          : problem('notFound')
      },
    })
}

/** A caller who hung up is no fault of ours. */
const hungUp = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECANCELED'])

function noteSocketError(edge: Edge, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!hungUp.has(code)) edge.log.error({ fault: faultOf(error) }, 'answer could not be sent')
}
