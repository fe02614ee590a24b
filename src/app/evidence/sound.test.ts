import { expect, test } from 'vitest'
import { soundTypeOf } from './sound.ts'

test.each([
  ['what Chromium records', [0x1a, 0x45, 0xdf, 0xa3, 0x9f], 'audio/webm'],
  ['what Firefox records', [0x4f, 0x67, 0x67, 0x53, 0, 2], 'audio/ogg'],
  ['what Safari records', [0, 0, 0, 0x1c, 0x66, 0x74, 0x79, 0x70, 0x69], 'audio/mp4'],
  ['MP3 with a tag', [0x49, 0x44, 0x33, 4], 'audio/mpeg'],
  ['what WeChat records', [0xff, 0xfb, 0x90, 0x44], 'audio/mpeg'],
  ['what WeChat records where it was asked for AAC', [0xff, 0xf1, 0x50, 0x80], 'audio/aac'],
  ['a page', [...Buffer.from('<!doctype html>')], null],
  ['a photo', [0xff, 0xd8, 0xff, 0xe0], null],
  ['nothing', [], null],
])('%s is %s', (_what, bytes, type) => {
  expect(soundTypeOf(new Uint8Array(bytes))).toBe(type)
})
