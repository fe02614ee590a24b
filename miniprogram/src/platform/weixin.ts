import en from '../locales/en.json'
import { lastingStore } from './lastingStore.ts'
import { cookieHeader, keepCookies } from './weixinCookies.ts'
import { patienceFor, type HttpRequest, type Located, type Photo, type Platform } from './platform.ts'
import { weixinSounds } from './weixinSounds.ts'

/** Loopback is the service of `npm start`, reachable from the developer tools only. A release sets VITE_SERVICE_URL. */
const SERVICE = import.meta.env.VITE_SERVICE_URL || 'http://127.0.0.1:3000'

/** Above this WeChat's own type size counts as large (17 is normal, 23.8 the care mode). */
const LARGE_TYPE_PX = 20

const store = lastingStore({
  read(key) {
    const value: unknown = uni.getStorageSync(key)
    return typeof value === 'string' && value !== '' ? value : null
  },
  write: (key, value) => uni.setStorageSync(key, value),
  remove: key => uni.removeStorageSync(key),
  keys: () => uni.getStorageInfoSync().keys,
})

function send(request: HttpRequest): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: SERVICE + request.path,
      method: request.method,
      header: { ...cookieHeader(store), ...request.headers },
      ...(request.body === undefined ? {} : { data: request.body }),
      dataType: 'text',
      responseType: 'text',
      timeout: patienceFor(request),
      success: answer => {
        keepCookies(store, answer.cookies ?? [])
        resolve({
          status: answer.statusCode,
          body: typeof answer.data === 'string' ? answer.data : JSON.stringify(answer.data),
        })
      },
      fail: cause => reject(new Error('no answer', { cause })),
    })
  })
}

function download(request: HttpRequest): Promise<{ status: number; path: string }> {
  return new Promise((resolve, reject) => {
    uni.downloadFile({
      url: SERVICE + request.path,
      header: { ...cookieHeader(store), ...request.headers },
      success: answer => resolve({ status: answer.statusCode, path: answer.tempFilePath }),
      fail: cause => reject(new Error('no answer', { cause })),
    })
  })
}

/** Files are fetched by GET only; what is asked for with a body comes as bytes. */
function bytesByPost(request: HttpRequest): Promise<ArrayBuffer | null> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: SERVICE + request.path,
      method: 'POST',
      header: { ...cookieHeader(store), ...request.headers },
      ...(request.body === undefined ? {} : { data: request.body }),
      responseType: 'arraybuffer',
      timeout: patienceFor(request),
      success: ({ statusCode, data }) => resolve(statusCode === 200 && data instanceof ArrayBuffer ? data : null),
      fail: cause => reject(new Error('no answer', { cause })),
    })
  })
}

async function pictureByPost(request: HttpRequest): Promise<string | null> {
  const bytes = await bytesByPost(request)
  return bytes && `data:image/jpeg;base64,${uni.arrayBufferToBase64(bytes)}`
}

async function openFile(request: HttpRequest, fileName: string): Promise<number> {
  const { status, path } = await download(request)
  // Held long, a picture that is shown large can be saved or sent on.
  if (status === 200 && /\.(png|jpg)$/.test(fileName)) uni.previewImage({ urls: [path] })
  else if (status === 200) uni.openDocument({ filePath: path, fileType: 'pdf', showMenu: true })
  return status
}

function readBytes(path: string): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    uni.getFileSystemManager().readFile({
      filePath: path,
      success: ({ data }) => (data instanceof ArrayBuffer ? resolve(data) : reject(new Error('not bytes'))),
      fail: cause => reject(new Error('unreadable', { cause })),
    })
  })
}

function pickPhoto(): Promise<Photo | null> {
  return new Promise((resolve, reject) => {
    uni.chooseImage({
      count: 1,
      sizeType: ['compressed'],
      success: ({ tempFilePaths }) => {
        const path = typeof tempFilePaths === 'string' ? tempFilePaths : tempFilePaths[0]
        if (path === undefined) return resolve(null)
        const mimeType = path.toLowerCase().endsWith('.png') ? 'image/png' : 'image/jpeg'
        readBytes(path).then(bytes => resolve({ bytes, mimeType }), reject)
      },
      fail: () => resolve(null),
    })
  })
}

function scan(): Promise<string | null> {
  return new Promise(resolve =>
    uni.scanCode({ scanType: ['qrCode'], success: ({ result }) => resolve(result), fail: () => resolve(null) }),
  )
}

function widthOf(selector: string, within: unknown): Promise<number> {
  return new Promise(resolve =>
    uni
      .createSelectorQuery()
      .in(within)
      .select(selector)
      .boundingClientRect(box => resolve((Array.isArray(box) ? box[0] : box)?.width ?? 0))
      .exec(),
  )
}

/** Under three seconds WeChat does not wait for the satellites; the system is the one of its maps, wherever in China one is. */
const LOCATING_MS = 8_000

function locate(): Promise<Located | null> {
  return new Promise(resolve =>
    uni.getLocation({
      ...{ type: 'gcj02', isHighAccuracy: true, highAccuracyExpireTime: LOCATING_MS },
      success: ({ longitude, latitude, accuracy }) => resolve({ longitude, latitude, accuracy, system: 'gcj02' }),
      fail: () => resolve(null),
    }),
  )
}

/** The person has switched off all messages of this mini-program in WeChat: no card is shown. */
const SWITCHED_OFF = 20004

function askToSubscribe(forms: string[]): Promise<'asked' | 'switchedOff'> {
  return new Promise(resolve => {
    uni.requestSubscribeMessage({
      tmplIds: forms,
      success: () => resolve('asked'),
      fail: (cause: { errCode?: number }) => resolve(cause.errCode === SWITCHED_OFF ? 'switchedOff' : 'asked'),
    })
  })
}

function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    uni.login({
      provider: 'weixin',
      success: ({ code }) => resolve(code),
      fail: cause => reject(new Error('no code', { cause })),
    })
  })
}

const hex = (digits: number) =>
  Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('')

function onAwake(run: () => void): void {
  uni.onAppShow(run)
  uni.onNetworkStatusChange(({ isConnected }) => isConnected && run())
}

export const platform: Platform = {
  name: 'weixin',
  send,
  stream: null,
  openFile,
  async fetchPicture(request) {
    if (request.method === 'POST') return pictureByPost(request)
    const { status, path } = await download(request)
    return status === 200 ? path : null
  },
  dial: phone => uni.makePhoneCall({ phoneNumber: phone }),
  copy: words =>
    new Promise(resolve =>
      uni.setClipboardData({ data: words, success: () => resolve(true), fail: () => resolve(false) }),
    ),
  // A mini-program may not leave for a browser; the address can be pasted there.
  openLink: url => uni.setClipboardData({ data: url.startsWith('/') ? SERVICE + url : url }),
  pickPhoto,
  scan,
  widthOf,
  locate,
  askToSubscribe,
  store,
  loginKeepsPerson: true,
  residentLogin: async () => ({
    method: 'POST',
    path: '/api/mini/login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: await loginCode() }),
  }),
  onAwake,
  voice: null,
  sounds: async () => weixinSounds,
  fetchSound: bytesByPost,
  // Only tells the turns of one person apart, so it need not be unguessable.
  newId: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  now: () => Date.now(),
  english: async () => en,
  prefersLargeType: () => (uni.getAppBaseInfo().hostFontSizeSetting ?? 0) > LARGE_TYPE_PX,
  start: () => undefined,
}
