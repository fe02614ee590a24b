import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

/** The policy that the service sends with its pages; what it forbids must already fail here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "media-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
}

/** Files of the build by their path, `index.html` for every page address. */
export function serveBuilt(root: string, path: string, response: ServerResponse): void {
  const asset = path.startsWith('/assets/') && existsSync(join(root, path))
  if (path.startsWith('/assets/') && !asset) {
    response.writeHead(404).end()
    return
  }
  const file = asset ? path : '/index.html'
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
  })
  response.end(readFileSync(join(root, file)))
}
