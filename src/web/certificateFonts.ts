import * as fontkit from 'fontkit'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** One face, opened when first needed: the large ones take a quarter of a second and tens of megabytes. */
export interface Face {
  has(codePoint: number): boolean
  font(): fontkit.Font
}

export interface CertificateFonts {
  /** In the order in which they are asked for a glyph; the first is the body face. */
  regular: readonly Face[]
  bold: readonly Face[]
}

/** Files with rare characters, best first, as Debian's packages name them. A collection's member stands beside it. */
const rareFiles: readonly { file: string; member?: string }[] = [
  { file: 'NotoSansCJK-Regular.ttc', member: 'NotoSansCJKsc-Regular' }, // fonts-noto-cjk
  { file: 'HanaMinA.ttf' }, // fonts-hanazono: Ext A and the compatibility block
  { file: 'HanaMinB.ttf' }, // Ext B to F
  { file: 'BabelStoneHan.ttf' }, // fonts-babelstone-han: to Ext H and beyond
]

/** The faces of the package first, then those found somewhere below `folders`. */
export function loadCertificateFonts(folders: readonly string[]): CertificateFonts {
  const own = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts')
  const found = folders
    .filter(existsSync)
    .flatMap(folder => readdirSync(folder, { recursive: true, withFileTypes: true }))
  const rare = rareFiles.flatMap(({ file, member }) => {
    const place = found.find(entry => entry.name === file)
    return place ? [faceOf(join(place.parentPath, place.name), member)] : []
  })
  return {
    regular: [faceOf(join(own, 'NotoSansHans-Regular.otf')), ...rare],
    bold: [faceOf(join(own, 'NotoSansHans-Bold.otf')), ...rare],
  }
}

function faceOf(path: string, member?: string): Face {
  let opened: fontkit.Font | null = null
  const font = (): fontkit.Font => (opened ??= open(path, member))
  return { font, has: codePoint => font().hasGlyphForCodePoint(codePoint) }
}

function open(path: string, member: string | undefined): fontkit.Font {
  const opened = fontkit.create(readFileSync(path), member)
  if ('fonts' in opened) {
    const [first] = opened.fonts
    if (!first) throw new Error('an empty font collection')
    return first
  }
  return opened
}

/** A stretch of text in one face. */
export interface Run {
  text: string
  face: Face
}

/** Variation selectors and combining marks stay with the sign before them. */
const CLINGS = /^[\p{M}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]$/u

/**
 * Splits by face. A sign that no face has becomes a box with its code point beside it: a name is never shortened in
 * silence, and an officer can still tell which character it is.
 */
export function runsOf(text: string, faces: readonly Face[]): Run[] {
  const [body] = faces
  if (!body) throw new Error('no face to print with')
  const runs: Run[] = []
  for (const sign of text) {
    const codePoint = sign.codePointAt(0) ?? 0
    const last = runs.at(-1)
    if (last && CLINGS.test(sign)) {
      if (last.face.has(codePoint)) last.text += sign
      continue // a selector only chooses among shapes of the sign before it
    }
    const found = faces.find(one => one.has(codePoint))
    append(runs, found ? sign : missing(codePoint), found ?? body)
  }
  return runs
}

function missing(codePoint: number): string {
  return `□U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}

function append(runs: Run[], text: string, face: Face): void {
  const last = runs.at(-1)
  if (last?.face === face) last.text += text
  else runs.push({ text, face })
}
