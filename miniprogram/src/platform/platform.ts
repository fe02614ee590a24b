import type { TextKey } from '../text.ts'

/** What the client needs from where it runs. `h5.ts` and `weixin.ts` are the only files that touch a browser or `wx`. */
export interface Platform {
  name: 'h5' | 'weixin'
  /** Resolves with any HTTP answer. Rejects only when there was none (offline, timeout). */
  send(request: HttpRequest): Promise<HttpAnswer>
  /** Server-sent events, where the platform can read a body as it arrives. Resolves with the status when it ends. */
  stream: ((request: HttpRequest, onText: (text: string) => void, stop: Stop) => Promise<number>) | null
  /** Fetches with the given headers and shows the file (PDF) in the platform's own viewer. Resolves with the status. */
  openFile(request: HttpRequest, fileName: string): Promise<number>
  /** Fetches a picture that needs a token. Null when it cannot be had. */
  fetchPicture(request: HttpRequest): Promise<string | null>
  openLink(url: string): void
  /** Opens the telephone with this number. */
  dial(phone: string): void
  /** Puts words where another app can take them from. False: this device does not let us. */
  copy(words: string): Promise<boolean>
  /** Null when the person changed his mind. */
  /** `small`: small enough to wait on the phone until there is a network. */
  pickPhoto(small?: boolean): Promise<Photo | null>
  /** Reads a QR code with the camera; null when the person changed his mind, empty when none was seen. Null: not on this platform. */
  scan: (() => Promise<string | null>) | null
  /** How wide a part of the page is now, in pixels; `within`: the component that has it. 0: not drawn yet. */
  widthOf(selector: string, within: unknown): Promise<number>
  /** Where the device is at this moment; only from a tap. Null when the person, the device or the platform says no. */
  locate(): Promise<Located | null>
  /**
   * Lets the platform's own card ask for these forms of messages; only from a tap. Resolves when the card is gone: what was
   * answered the service hears from the platform. Absent where there is no such card.
   */
  askToSubscribe?(forms: string[]): Promise<'asked' | 'switchedOff'>
  store: KeyValue
  /** The request by which this device gets a resident's token. */
  residentLogin(): Promise<HttpRequest>
  /** Whether a new login finds the same person again. A guest of the page is somebody new each time. */
  loginKeepsPerson: boolean
  /** Calls back when the page is seen again or the network returns. */
  onAwake(run: () => void): void
  /** Reading aloud, where the device can. */
  voice: Voice | null
  /** Recording and playing; fetched by the pages that need it. */
  sounds(): Promise<Sounds>
  /** Fetches a sound that needs a token. Null when it cannot be had. */
  fetchSound(request: HttpRequest): Promise<ArrayBuffer | null>
  newId(): string
  /** Milliseconds since 1970. */
  now(): number
  /** The English sentences; a page fetches them only for those who read English. */
  english(): Promise<Record<TextKey, string>>
  /** True when the person has asked his device or WeChat for large type. */
  prefersLargeType(): boolean
  /** Called once before the first page. */
  start(): void
}

export interface HttpRequest {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string | ArrayBuffer
}

export interface HttpAnswer {
  status: number
  body: string
}

export interface Stop {
  stopped: boolean
  whenStopped(run: () => void): void
}

export interface Photo {
  bytes: ArrayBuffer
  mimeType: string
}

/** In degrees, in the system that the platform measures in; accuracy in metres. */
export interface Located {
  longitude: number
  latitude: number
  accuracy: number
  system: 'wgs84' | 'gcj02'
}

export interface KeyValue {
  read(key: string): string | null
  /** False: this device keeps it only until the page is closed. */
  write(key: string, value: string): boolean
  remove(key: string): void
  /** All names that hold something. */
  keys(): string[]
}

export interface Voice {
  /** `ended`: the voice has come to the end by itself; not called when it was hushed. */
  speak(text: string, language: string, ended?: () => void): void
  hush(): void
}

/** Some seconds of sound, as the device has recorded them. */
export interface Sound {
  bytes: ArrayBuffer
  seconds: number
}

export interface Recording {
  /** When it was stopped, or the time was up. Null: nothing was heard. */
  sound: Promise<Sound | null>
  stop(): void
}

export interface Sounds {
  /** Begins at once, for so many seconds at most. Rejects when the person or the device says no. Null: this device cannot. */
  record: ((seconds: number) => Promise<Recording>) | null
  /** Answers how to hush it. `ended` is called once: `heard` is false when it could not be played. */
  play(bytes: ArrayBuffer, ended: (heard: boolean) => void): () => void
  /** As text, for what waits on the device or goes out in JSON. */
  toText(bytes: ArrayBuffer): string
  fromText(text: string): ArrayBuffer
}

/** Longer than the service's own limit for one answer, shorter than a person's patience. */
export const REQUEST_TIMEOUT_MS = 15_000

/** Of a line on which anything goes out at all: a voice note takes its minute there. */
const SLOWEST_BYTES_PER_MS = 4

/** How long an answer may take: what is large takes long to go out. */
export function patienceFor({ body }: HttpRequest): number {
  const size = typeof body === 'string' ? body.length : (body?.byteLength ?? 0)
  return REQUEST_TIMEOUT_MS + Math.round(size / SLOWEST_BYTES_PER_MS)
}

export function createStop(): Stop & { stop(): void } {
  const listeners: (() => void)[] = []
  return {
    stopped: false,
    whenStopped(run) {
      listeners.push(run)
    },
    stop() {
      if (this.stopped) return
      this.stopped = true
      listeners.forEach(run => run())
    },
  }
}
