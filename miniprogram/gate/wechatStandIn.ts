/** Just enough of WeChat around `miniprogram-simulate` to open the pages of the built program and tap in them. */
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface Rendered {
  attach(host: HTMLElement): void
  instance: { route?: string; onLoad?(query: Record<string, string>): void; onShow?(): void; onReady?(): void }
}

interface Simulator {
  load(path: string, options: { rootPath: string; compiler: 'official' }): string
  render(id: string): Rendered
  sleep(ms: number): Promise<void>
}

export interface Request {
  url: string
  method: string
  header: Record<string, string>
  data?: unknown
  success(answer: { statusCode: number; data: string; cookies: string[] }): void
  fail(cause: unknown): void
}

export interface OpenPage {
  page: Rendered
  host: HTMLElement
}

export interface Phone {
  pages: OpenPage[]
  open(url: string): Promise<OpenPage>
  wait(ms: number): Promise<void>
}

const device = {
  platform: 'devtools',
  SDKVersion: '3.8.0',
  windowWidth: 375,
  windowHeight: 667,
  pixelRatio: 2,
  language: 'zh_CN',
}

function wechat(storage: Map<string, unknown>, onRequest: (request: Request) => void, navigate: (url: string) => void) {
  return {
    canIUse: () => true,
    getSystemInfoSync: () => device,
    getAppBaseInfo: () => device,
    getWindowInfo: () => device,
    getDeviceInfo: () => device,
    getLaunchOptionsSync: () => ({ path: 'pages/chat/index', query: {}, scene: 1001 }),
    onAppShow() {},
    onAppHide() {},
    onError() {},
    onThemeChange() {},
    onNetworkStatusChange() {},
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => storage.set(key, value),
    removeStorageSync: (key: string) => storage.delete(key),
    getStorageInfoSync: () => ({ keys: [...storage.keys()] }),
    login: ({ success }: { success(result: { code: string }): void }) => success({ code: 'code-of-wechat' }),
    request: onRequest,
    navigateTo: ({ url }: { url: string }) => navigate(url),
  }
}

/** Boots the built program at `root`; `onRequest` answers what it asks the service. */
export async function bootPhone(
  root: string,
  storage: Map<string, unknown>,
  onRequest: (request: Request) => void,
): Promise<Phone> {
  const require = createRequire(import.meta.url)
  const simulator: Simulator = require('miniprogram-simulate')
  const pages: OpenPage[] = []
  const globals: Record<string, unknown> = {}
  const open = async (url: string): Promise<OpenPage> => {
    const [path = '', search = ''] = url.replace(/^\//, '').split('?')
    const page = simulator.render(simulator.load(join(root, path), { rootPath: root, compiler: 'official' }))
    const host = document.createElement('div')
    document.body.append(host)
    page.instance.route = path
    const opened = { page, host }
    pages.push(opened)
    page.attach(host)
    page.instance.onLoad?.(Object.fromEntries(new URLSearchParams(search)))
    page.instance.onShow?.()
    page.instance.onReady?.()
    await simulator.sleep(80)
    return opened
  }
  globals['App'] = (app: { globalData?: object; onLaunch?(options: object): void; onShow?(options: object): void }) => {
    app.globalData ??= {}
    globals['app'] = app
    const options = { path: 'pages/chat/index', query: {}, scene: 1001 }
    app.onLaunch?.(options)
    app.onShow?.(options)
  }
  // uni-app keeps the old way of making pages at hand; its pages are components.
  globals['Page'] = () => {
    throw new Error('pages are built as components')
  }
  globals['getApp'] = () => globals['app']
  globals['getCurrentPages'] = () => pages.map(({ page }) => page.instance)
  const wx: object = Reflect.get(globalThis, 'wx')
  Object.assign(
    wx,
    wechat(storage, onRequest, url => void open(url)),
  )
  Object.assign(globalThis, globals)
  require(join(root, 'app.js'))
  return { pages, open, wait: simulator.sleep }
}

interface Exparser {
  Event: {
    create(name: string, detail: unknown, options: object): unknown
    dispatchEvent(node: unknown, event: unknown): void
  }
}

/** An event of WeChat at a drawn element, as a finger or the keyboard would cause it; it crosses component borders. */
export function happen(element: Element, name: string, detail: unknown = {}): void {
  const exparser: Exparser = createRequire(import.meta.url)('miniprogram-exparser')
  const event = exparser.Event.create(name, detail, { bubbles: true, capturePhase: true, composed: true })
  exparser.Event.dispatchEvent(Reflect.get(element, '__wxElement'), event)
}
