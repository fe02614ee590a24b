import type { Plugin } from 'vite'

/**
 * The worker that opens the officers' pages without network. It keeps the page itself and what the officers' part loads,
 * and touches nothing of /api: what is read and written there is kept by the pages (`src/offline`). The page is asked for
 * first and the copy taken when no answer comes in time, so that a new build is seen at once; files with a hash never change.
 */
const worker = (name: string, files: string[]) => `const KEPT = ${JSON.stringify(name)}
const FILES = ${JSON.stringify(files)}
const PATIENCE_MS = 3000

self.addEventListener('install', event => {
  event.waitUntil(caches.open(KEPT).then(cache => cache.addAll(['/officer', ...FILES])).then(() => self.skipWaiting()))
})
self.addEventListener('activate', event => {
  const old = names => Promise.all(names.filter(name => name !== KEPT).map(name => caches.delete(name)))
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()))
})

const fromNetwork = request =>
  new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE_MS)
    fetch(request).then(resolve, reject)
  })

async function page(request) {
  const kept = await caches.match('/officer')
  return kept ? fromNetwork(request).catch(() => kept) : fetch(request)
}

const file = async request => (await caches.match(request)) ?? fetch(request)

self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(file(request))
})
`

/** Pages of residents, which the officers' pages never load. */
const FOREIGN = /\/pages-/

/** FNV-1a: tells builds apart, protects nothing. */
function fingerprint(words: string): string {
  let hash = 0x811c9dc5
  for (const sign of words) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(16)
}

export const offlineWorker: Plugin = {
  name: 'nuanxin:offline-worker',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle)
      .filter(file => /\.(js|css)$/.test(file) && !FOREIGN.test(file))
      .map(file => `/${file}`)
      .sort()
    this.emitFile({
      type: 'asset',
      fileName: 'offline.js',
      source: worker(`nuanxin-${fingerprint(files.join())}`, files),
    })
  },
}
