import type { Recording, Sound, Sounds } from './platform.ts'

/** Speech stays clear at this rate, and a minute below 200 kB. */
const BITS_PER_SECOND = 24_000

async function record(seconds: number): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } })
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND })
  const parts: Blob[] = []
  const began = Date.now()
  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop()
  }
  const timer = setTimeout(stop, seconds * 1000)
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const sound = new Promise<Sound | null>(resolve =>
    recorder.addEventListener('stop', () => {
      clearTimeout(timer)
      stream.getTracks().forEach(track => track.stop())
      const took = Math.min(seconds, Math.max(1, Math.round((Date.now() - began) / 1000)))
      const whole = new Blob(parts)
      if (whole.size === 0) resolve(null)
      else void whole.arrayBuffer().then(bytes => resolve({ bytes, seconds: took }))
    }),
  )
  recorder.start()
  return { sound, stop }
}

/** On http the microphone is closed, except on the own machine. */
const canRecord = () => typeof MediaRecorder !== 'undefined' && navigator.mediaDevices !== undefined

function play(bytes: ArrayBuffer, ended: (heard: boolean) => void): () => void {
  const address = URL.createObjectURL(new Blob([bytes]))
  const player = new Audio(address)
  let over = false
  const end = (heard: boolean) => {
    if (over) return
    over = true
    URL.revokeObjectURL(address)
    ended(heard)
  }
  player.addEventListener('ended', () => end(true))
  player.addEventListener('error', () => end(false))
  player.play().catch(() => end(false))
  return () => {
    // First: what is hushed before it began is not a failure.
    end(true)
    player.pause()
  }
}

/** Letters at a time: a call takes only so many arguments. */
const PIECE = 8192

function toText(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes)
  let letters = ''
  for (let at = 0; at < all.length; at += PIECE) letters += String.fromCharCode(...all.subarray(at, at + PIECE))
  return btoa(letters)
}

export const h5Sounds: Sounds = {
  record: canRecord() ? record : null,
  play,
  toText,
  fromText: text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer,
}
