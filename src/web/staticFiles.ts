import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Answer } from './answer.ts'
import type { Incoming } from './incoming.ts'

interface Asset {
  type: string
  etag: string
  cache: string
  plain: Buffer
  /** Null where compression gains nothing. */
  gzip: Buffer | null
  /** Smaller still; null where the build left none. */
  brotli: Buffer | null
  /** Own policy of a page with inline scripts; null = the general one. */
  csp: string | null
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.mp3': 'audio/mpeg',
}
/** Copies that the build made: this compression is too slow for a start. */
const PACKED = '.br'
const worthZipping = /^text|json|svg|ttf/

/** Names made by the bundler: `assets/index-BzY3k2Qd.js`, `assets/chat.3f9ac1d2.css`. */
const HASHED = /[\\/]assets[\\/][^\\/]*[-.][\w-]{8,}\.\w+$/
const FOREVER = 'public, max-age=31536000, immutable'
/** The page itself is asked for each time, and answered with 304. */
const ASK = 'no-cache'

export type StaticFiles = (incoming: Incoming) => Answer | null

/**
 * The built client, read whole at the start and served from memory: only what is in the index can be asked for, so no
 * spelling of a path leads out of the folder. `clientPaths` are the first parts of addresses that the page itself routes;
 * `under` is the address below which the folder is served, with a slash before it and none after.
 */
export function indexStaticFiles(folder: string | null, clientPaths: readonly string[], under = ''): StaticFiles {
  const assets = folder !== null && existsSync(folder) ? readFolder(folder, under) : new Map<string, Asset>()
  const page = assets.get(`${under}/index.html`)
  const routedByClient = new Set(clientPaths)
  return incoming => {
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return null
    const routed = incoming.path === `${under}/` || routedByClient.has(incoming.path.split('/')[1] ?? '')
    const asset = assets.get(incoming.path) ?? (routed ? page : undefined)
    return asset ? serve(asset, incoming) : null
  }
}

function readFolder(folder: string, under: string): Map<string, Asset> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && !entry.name.endsWith(PACKED),
  )
  return new Map(
    files.map(file => {
      const path = join(file.parentPath, file.name)
      return [under + path.slice(folder.length).replaceAll('\\', '/').replace(/^\/*/, '/'), readAsset(path)]
    }),
  )
}

function readAsset(path: string): Asset {
  const plain = readFileSync(path)
  const type = types[extname(path)] ?? 'application/octet-stream'
  const zipped = worthZipping.test(type) ? gzipSync(plain, { level: 9 }) : null
  return {
    type,
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    cache: HASHED.test(path) && !path.endsWith('.html') ? FOREVER : ASK,
    plain,
    gzip: zipped && zipped.length < plain.length ? zipped : null,
    brotli: existsSync(path + PACKED) ? readFileSync(path + PACKED) : null,
    csp: type.startsWith('text/html') ? pagePolicy(plain.toString('utf8')) : null,
  }
}

function serve(asset: Asset, { header }: Incoming): Answer {
  const headers: Record<string, string> = {
    etag: asset.etag,
    'cache-control': asset.cache,
    ...(asset.gzip || asset.brotli ? { vary: 'accept-encoding' } : {}),
    ...(asset.csp === null ? {} : { 'content-security-policy': asset.csp }),
  }
  if (
    header('if-none-match')
      .split(/\s*,\s*/)
      .includes(asset.etag)
  )
    return { status: 304, headers, body: null }
  headers['content-type'] = asset.type
  const accepted = header('accept-encoding')
  if (asset.brotli && /\bbr\b/.test(accepted))
    return { status: 200, headers: { ...headers, 'content-encoding': 'br' }, body: asset.brotli }
  if (asset.gzip && /\bgzip\b/.test(accepted))
    return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: asset.gzip }
  return { status: 200, headers, body: asset.plain }
}

/** Everything from ourselves, nothing from elsewhere, no inline script, no eval. */
export function contentPolicy(scripts: readonly string[] = []): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "media-src 'self' blob:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')
}

// The build's own inline scripts are allowed by their hash: they are ours, and no other text has that hash.
function pagePolicy(html: string): string | null {
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g)].map(([, code]) => code ?? '')
  if (inline.length === 0) return null
  return contentPolicy(inline.map(code => `'sha256-${createHash('sha256').update(code).digest('base64')}'`))
}
