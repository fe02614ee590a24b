import type { Recording, Sound, Sounds } from './platform.ts'

/** Of WeChat's own, where uni-app has no name for it. */
declare const wx: { env: { USER_DATA_PATH: string } }

/** Speech stays clear at these, and a minute below 200 kB. The rates go together in WeChat's table. */
const OPTIONS = { format: 'mp3', sampleRate: 16_000, numberOfChannels: 1, encodeBitRate: 24_000 } as const

function readSound(path: string): Promise<ArrayBuffer | null> {
  return new Promise(resolve =>
    uni.getFileSystemManager().readFile({
      filePath: path,
      success: ({ data }) => resolve(data instanceof ArrayBuffer ? data : null),
      fail: () => resolve(null),
    }),
  )
}

/** WeChat has one recorder, whose listeners stay: those of the newest recording are told. */
let told: { begun(): void; refused(why: Error): void; ended(sound: Sound | null): void } | null = null
let listening = false

function listen(): void {
  if (listening) return
  listening = true
  const recorder = uni.getRecorderManager()
  recorder.onStart(() => told?.begun())
  recorder.onError(cause => told?.refused(new Error('no recording', { cause })))
  recorder.onStop((result: { tempFilePath: string; duration?: number }) => {
    const ended = told?.ended
    void readSound(result.tempFilePath).then(bytes =>
      ended?.(bytes && { bytes, seconds: Math.max(1, Math.round((result.duration ?? 0) / 1000)) }),
    )
  })
}

function record(seconds: number): Promise<Recording> {
  listen()
  const recorder = uni.getRecorderManager()
  return new Promise((resolve, reject) => {
    const sound = new Promise<Sound | null>(hear => {
      told = {
        begun: () => resolve({ sound, stop: () => recorder.stop() }),
        refused(why) {
          reject(why)
          hear(null)
        },
        ended: heard => hear(heard && { ...heard, seconds: Math.min(seconds, heard.seconds) }),
      }
    })
    recorder.start({ ...OPTIONS, duration: seconds * 1000 })
  })
}

/** The player takes addresses only; the sound lies in a file while it is played. */
function play(bytes: ArrayBuffer, ended: (heard: boolean) => void): () => void {
  const path = `${wx.env.USER_DATA_PATH}/heard`
  const player = uni.createInnerAudioContext()
  let over = false
  const end = (heard: boolean) => {
    if (over) return
    over = true
    player.destroy()
    ended(heard)
  }
  player.onEnded(() => end(true))
  player.onError(() => end(false))
  uni.getFileSystemManager().writeFile({
    filePath: path,
    data: bytes,
    success() {
      player.src = path
      player.play()
    },
    fail: () => end(false),
  })
  return () => {
    player.stop()
    end(true)
  }
}

export const weixinSounds: Sounds = {
  record,
  play,
  toText: bytes => uni.arrayBufferToBase64(bytes),
  fromText: text => uni.base64ToArrayBuffer(text),
}
