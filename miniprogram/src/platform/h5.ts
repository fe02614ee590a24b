import { installAccessibility } from './h5Accessibility.ts'
import { pickPhoto } from './h5Photo.ts'
import { codeReader } from './h5Scan.ts'
import { lastingStore } from './lastingStore.ts'
import { patienceFor, type HttpRequest, type Platform, type Stop, type Voice } from './platform.ts'

/** `AbortSignal.timeout` is missing in the browsers of phones from before 2022. */
function timeLimit(request: HttpRequest): AbortSignal {
  const abort = new AbortController()
  setTimeout(() => abort.abort(), patienceFor(request))
  return abort.signal
}

declare global {
  interface Window {
    /** Reads that the page itself began before its scripts had arrived (`firstScreen.ts` of the build), by path. */
    nuanxinEarly?: Record<string, Promise<Response>>
  }
}

/** The answer of a read that is under way already. Each is taken once, and waited for no longer than others. */
function early(request: HttpRequest): Promise<Response> | null {
  const begun = request.method === 'GET' ? window.nuanxinEarly?.[request.path] : undefined
  if (!begun) return null
  delete window.nuanxinEarly?.[request.path]
  const tooLong = new Promise<never>((_resolve, reject) => setTimeout(reject, patienceFor(request)))
  return Promise.race([begun, tooLong])
}

async function ask(request: HttpRequest, signal: AbortSignal): Promise<Response> {
  return fetch(request.path, {
    method: request.method,
    headers: request.headers ?? {},
    body: request.body ?? null,
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  })
}

async function stream(request: HttpRequest, onText: (text: string) => void, stop: Stop): Promise<number> {
  const abort = new AbortController()
  stop.whenStopped(() => abort.abort())
  const answer = await ask(request, abort.signal)
  if (!answer.ok || !answer.body) return answer.status
  const reader = answer.body.getReader()
  const decoder = new TextDecoder()
  while (!stop.stopped) {
    const { done, value } = await reader.read()
    if (done) break
    onText(decoder.decode(value, { stream: true }))
  }
  return answer.status
}

/** A link with `download` works after an await, where `window.open` is taken for a pop-up and blocked. */
async function openFile(request: HttpRequest, fileName: string): Promise<number> {
  const answer = await ask(request, timeLimit(request))
  if (!answer.ok) return answer.status
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return answer.status
}

async function fetchPicture(request: HttpRequest): Promise<string | null> {
  const answer = await ask(request, timeLimit(request))
  return answer.ok ? URL.createObjectURL(await answer.blob()) : null
}

async function fetchSound(request: HttpRequest): Promise<ArrayBuffer | null> {
  const answer = await ask(request, timeLimit(request))
  return answer.ok ? answer.arrayBuffer() : null
}

const store = lastingStore({
  read: key => localStorage.getItem(key),
  write: (key, value) => localStorage.setItem(key, value),
  remove: key => localStorage.removeItem(key),
  keys: () => Object.keys(localStorage),
})

const voice: Voice = {
  speak(text, language, ended) {
    speechSynthesis.cancel()
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.lang = language
    utterance.rate = 0.9 // a little slower than usual: asked for by listeners over 60
    utterance.onend = () => ended?.()
    speechSynthesis.speak(utterance)
  },
  hush: () => speechSynthesis.cancel(),
}

/** `randomUUID` exists only on https and loopback; a test server in the village network has neither. */
function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join(
    '',
  )
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

export const platform: Platform = {
  name: 'h5',
  async send(request) {
    const answer = await (early(request) ?? ask(request, timeLimit(request)))
    return { status: answer.status, body: await answer.text() }
  },
  stream,
  openFile,
  fetchPicture,
  dial: phone => window.open(`tel:${phone}`, '_self'),
  copy: words =>
    navigator.clipboard?.writeText(words).then(
      () => true,
      () => false,
    ) ?? Promise.resolve(false),
  openLink: url => window.open(url, '_blank', 'noopener'),
  pickPhoto,
  scan: codeReader(),
  // By itself: uni-app's own query would make the first screen wait for five kilobytes more.
  widthOf: async selector => document.querySelector(selector)?.clientWidth ?? 0,
  locate: async () => (await import('./h5Locate.ts')).locate(),
  store,
  residentLogin: async () => ({ method: 'POST', path: '/api/guest' }),
  loginKeepsPerson: false,
  onAwake(run) {
    window.addEventListener('online', run)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && run())
  },
  voice: typeof speechSynthesis === 'undefined' ? null : voice,
  sounds: async () => (await import('./h5Sounds.ts')).h5Sounds,
  fetchSound,
  newId,
  now: () => Date.now(),
  english: async () => (await import('../locales/en.json')).default,
  prefersLargeType: () => false,
  start: installAccessibility,
}
