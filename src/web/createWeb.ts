import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import Router, { type RouterMiddleware } from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { faultOf } from '../app/faultOf.ts'
import { bearerOf } from './access.ts'
import { problem } from './answer.ts'
import type { WebDeps } from './deps.ts'
import type { Edge } from './edge.ts'
import type { Incoming } from './incoming.ts'
import { createMetrics } from './metrics.ts'
import { openApi } from './openApi.ts'
import { answerCall, answerPlatform } from './answerCall.ts'
import { createDoors, createRateLimits } from './rateLimits.ts'
import type { Route } from './route.ts'
import { allRoutes } from './routes.ts'
import { indexStaticFiles } from './staticFiles.ts'

/** The web edge. Listens to nothing; `runtime` binds `callback()` to a server. */
export interface Web {
  callback(): RequestListener
}

/** Puts the routes together: platforms beside Koa, everything else through it. */
export function createWeb(deps: WebDeps): Web {
  const routes = allRoutes(deps.platforms, deps.loginWays)
  const edge: Edge = {
    ...deps,
    limits: createRateLimits(),
    doors: createDoors(deps.auth),
    metrics: createMetrics(),
    description: () => openApi(routes, deps.config.publicUrl),
    streams: new Map(),
  }
  // One hop is trusted: what a caller writes into X-Forwarded-For himself stands before it and is not read.
  const web = new Koa({ proxy: deps.config.trustProxy, maxIpsCount: 1 })
  web.on('error', (error: unknown) => noteSocketError(edge, error))
  web.use(ordinaryRoutes(edge, routes))
  web.use(staticAndUnknown(edge, routes))
  const ofPlatform = platformCalls(edge, routes)
  return {
    callback: () => {
      const people = web.callback()
      return (request, response) => {
        if (!ofPlatform(request, response)) void people(request, response)
      }
    },
  }
}

/** Platform callbacks are found by one look-up, before Koa makes anything. False: not one of them. */
function platformCalls(edge: Edge, routes: readonly Route[]) {
  const lean = new Map(routes.filter(route => route.lean).map(route => [`${route.method} ${route.path}`, route]))
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const url = request.url ?? '/'
    const mark = url.indexOf('?')
    const route = lean.get(`${request.method} ${mark < 0 ? url : url.slice(0, mark)}`)
    if (!route) return false
    const plan = { pattern: route.path, params: {}, run: (incoming: Incoming) => route.run(incoming, edge) }
    answerPlatform(edge, { request, response }, plan).catch((error: unknown) => {
      noteSocketError(edge, error)
      response.destroy()
    })
    return true
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
  const pages = indexStaticFiles(edge.config.clientDir, edge.config.clientPaths)
  const supervisors = indexStaticFiles(edge.config.consoleDir, ['console'], '/console')
  const patterns = [...new Set(routes.map(route => route.path))].map(path => ({
    regexp: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
    allow: routes.filter(route => route.path === path).map(route => route.method),
  }))
  return ctx =>
    answerCall(edge, ctx, {
      pattern: 'static',
      params: {},
      run: async incoming => {
        const file = supervisors(incoming) ?? pages(incoming)
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
