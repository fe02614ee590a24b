/** Voice notes of officers: what is taken, and how much. */

/** Nobody listens to more; longer reports are written. */
export const VOICE_SECONDS = 60

/** What a browser or WeChat writes at most without being asked to: 128 kbit/s. Ours asks for a fifth of it. */
const SOUND_BYTES_PER_SECOND = 16_000

/** One megabyte or so: a minute at the highest rate. */
export const VOICE_LIMIT = VOICE_SECONDS * SOUND_BYTES_PER_SECOND

const soundTypes = ['audio/webm', 'audio/ogg', 'audio/mp4', 'audio/mpeg', 'audio/aac'] as const
export type SoundType = (typeof soundTypes)[number]

/** First bytes of each form, from `at`; a mask leaves out bits that differ from file to file. */
const marks: readonly { type: SoundType; at: number; bytes: readonly number[]; mask?: readonly number[] }[] = [
  { type: 'audio/webm', at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] }, // EBML, RFC 8794
  { type: 'audio/ogg', at: 0, bytes: [0x4f, 0x67, 0x67, 0x53] }, // OggS, RFC 3533
  { type: 'audio/mp4', at: 4, bytes: [0x66, 0x74, 0x79, 0x70] }, // ftyp, ISO/IEC 14496-12
  { type: 'audio/mpeg', at: 0, bytes: [0x49, 0x44, 0x33] }, // ID3
  { type: 'audio/aac', at: 0, bytes: [0xff, 0xf0], mask: [0xff, 0xf6] }, // ADTS: twelve set bits, layer 0
  { type: 'audio/mpeg', at: 0, bytes: [0xff, 0xe2], mask: [0xff, 0xe6] }, // MPEG audio: eleven set bits, layer 3
]

/** By what the bytes are, never by what they are called. Null when they are no sound that we take. */
export function soundTypeOf(sound: Uint8Array): SoundType | null {
  const found = marks.find(({ at, bytes, mask }) =>
    bytes.every((byte, n) => ((sound[at + n] ?? 0) & (mask?.[n] ?? 0xff)) === byte),
  )
  return found?.type ?? null
}
