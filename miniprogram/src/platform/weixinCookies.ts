import type { KeyValue } from './platform.ts'

/** `wx.request` keeps no cookies; the officers' session lives in one. Only name and value matter for our one service. */
const KEY = 'nuanxin.cookies'

function stored(store: KeyValue): Map<string, string> {
  const pairs = (store.read(KEY) ?? '').split('; ').filter(pair => pair.includes('='))
  return new Map(pairs.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

export function cookieHeader(store: KeyValue): Record<string, string> {
  const cookie = store.read(KEY)
  return cookie ? { cookie } : {}
}

export function keepCookies(store: KeyValue, setCookies: string[]): void {
  if (setCookies.length === 0) return
  const jar = stored(store)
  for (const line of setCookies) {
    const [pair = '', ...attributes] = line.split(';')
    const name = pair.slice(0, pair.indexOf('=')).trim()
    const value = pair.slice(pair.indexOf('=') + 1).trim()
    const ended = value === '' || attributes.some(attribute => /^\s*max-age=0\s*$/i.test(attribute))
    if (ended) jar.delete(name)
    else jar.set(name, value)
  }
  store.write(KEY, [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
}
