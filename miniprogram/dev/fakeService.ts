/** A small stand-in for the service, to develop and look at the pages without it. Canned data; test use only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { answerOfficer } from './fakeOfficers.ts'
import { answerResident } from './fakeResidents.ts'
import { serveBuilt } from './serveBuilt.ts'

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
  response: ServerResponse
}

export interface Reply {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** Null: not mine, ask the next. `'held'`: the response stays open. */
export type Part = (call: Call) => Reply | null | 'held'

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function write(response: ServerResponse, { status, body, headers }: Reply): void {
  const binary = body instanceof Uint8Array
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  response.writeHead(status, {
    'content-type': binary ? 'application/pdf' : type,
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(binary ? body : JSON.stringify(body))
}

export function startFakeService(port: number, builtH5: string | null) {
  const parts: Part[] = [answerResident(), answerOfficer()]
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const body = await bodyOf(request)
    const call: Call = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      response,
    }
    for (const part of parts) {
      const reply = part(call)
      if (reply === 'held') return
      if (reply) return write(response, reply)
    }
    if (builtH5 && !url.pathname.startsWith('/api/')) return serveBuilt(builtH5, url.pathname, response)
    write(response, { status: 404, body: { code: 'notFound', title: '没有找到。' } })
  })
  return new Promise<typeof server>(resolve => server.listen(port, '127.0.0.1', () => resolve(server)))
}
