import { SaxesParser } from 'saxes'
import { emptyFields, printable, type Fields, type Value } from './fields.ts'

/** Real messages are 2 to 5 deep with up to 40 elements. */
const MAX_DEPTH = 16
const MAX_NODES = 2000

class XmlRefused extends Error {}

/**
 * Reads `<xml>…</xml>`: elements, text, CDATA and an XML declaration, nothing else. Null for all the rest: not
 * well-formed, DOCTYPE, comments, too deep, too many nodes. Attributes are counted and ignored.
 */
export function readXml(text: string): Fields | null {
  return readFlatXml(text) ?? readStrictXml(text)
}

/** What the flat reader leaves to the strict one: carriage returns are normalised, other controls refused. */
const notFlat = /[\0-\x08\x0b-\x1f\ufffe\uffff]/
const elementName = /^[A-Za-z][A-Za-z0-9_]*$/
const MAX_FLAT = 64

/**
 * The hot path: one level, no attributes, no entities, no repeats, as the platform writes envelopes and most
 * messages. Null means "not of that shape", never "wrong"; where it answers, it answers what the strict reader does.
 */
export function readFlatXml(text: string): Fields | null {
  if (!text.startsWith('<xml>') || notFlat.test(text)) return null
  const fields = emptyFields()
  let at = skipSpace(text, 5)
  for (let count = 0; count < MAX_FLAT; count++) {
    if (text.startsWith('</xml>', at)) return skipSpace(text, at + 6) === text.length && count > 0 ? fields : null
    at = readFlatElement(text, at, fields)
    if (at < 0) return null
    at = skipSpace(text, at)
  }
  return null
}

/** Position after the element, or -1. */
function readFlatElement(text: string, at: number, fields: Fields): number {
  const open = text.indexOf('>', at)
  if (open < 0 || text.charCodeAt(at) !== 0x3c) return -1
  const name = text.slice(at + 1, open)
  if (name in fields || !elementName.test(name)) return -1
  let close: number
  if (text.startsWith('<![CDATA[', open + 1)) {
    const end = text.indexOf(']]>', open + 10)
    if (end < 0) return -1
    fields[name] = text.slice(open + 10, end)
    close = end + 3
  } else {
    close = text.indexOf('<', open)
    const value = text.slice(open + 1, close)
    if (close < 0 || value.includes('&') || value.includes(']]>')) return -1
    fields[name] = trimXml(value)
  }
  const end = close + 3 + name.length
  return text.startsWith('</', close) && text.startsWith(name, close + 2) && text.charCodeAt(end - 1) === 0x3e
    ? end
    : -1
}

function skipSpace(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x09; code = text.charCodeAt(at)) at++
  return at
}

function trimXml(text: string): string {
  return text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '')
}

interface Frame {
  name: string
  children: Fields | null
  text: string
  /** Once there is CDATA, white space around it is layout and not content. */
  cdata: boolean
}

/** The strict reader on its own; `readXml` is what callers want. */
export function readStrictXml(text: string): Fields | null {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof XmlRefused) return null
    throw error
  }
}

function refuse(why: string): never {
  throw new XmlRefused(why)
}

function parse(text: string): Fields {
  const top: Frame = { name: '', children: emptyFields(), text: '', cdata: false }
  const stack: Frame[] = [top]
  const last = (): Frame => stack[stack.length - 1] ?? top
  let nodes = 0
  const count = (): void => {
    if (++nodes > MAX_NODES) refuse('too many nodes')
  }
  const parser = new SaxesParser({ position: false })
  parser.on('error', error => refuse(error.message))
  parser.on('doctype', () => refuse('doctype'))
  parser.on('comment', () => refuse('comment'))
  parser.on('processinginstruction', () => refuse('processing instruction'))
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) refuse('encoding')
  })
  parser.on('attribute', count)
  parser.on('opentag', tag => {
    count()
    if (stack.length > MAX_DEPTH) refuse('too deep')
    stack.push({ name: tag.name, children: null, text: '', cdata: false })
  })
  parser.on('text', piece => addText(last(), piece))
  parser.on('cdata', piece => addCdata(last(), piece))
  parser.on('closetag', () => {
    const frame = stack.pop() ?? top
    addChild(last(), frame.name, valueOf(frame))
  })
  parser.write(text).close()
  const root = top.children?.['xml']
  if (root === undefined || Array.isArray(root)) return refuse('no <xml> root')
  return typeof root === 'string' ? (root === '' ? emptyFields() : refuse('text as root')) : root
}

function addText(frame: Frame, piece: string): void {
  if (frame.cdata && trimXml(piece) === '') return
  frame.text += piece
}

function addCdata(frame: Frame, piece: string): void {
  if (!frame.cdata && trimXml(frame.text) === '') frame.text = ''
  frame.cdata = true
  frame.text += piece
}

function valueOf(frame: Frame): Value {
  if (frame.children === null) return frame.cdata ? frame.text : trimXml(frame.text)
  if (trimXml(frame.text) !== '') refuse('text between elements')
  return frame.children
}

function addChild(parent: Frame, name: string, value: Value): void {
  parent.children ??= emptyFields()
  const before = parent.children[name]
  if (before === undefined) parent.children[name] = value
  else if (Array.isArray(before)) before.push(value)
  else parent.children[name] = [before, value]
}

/** A CDATA section that holds exactly this text, minus what XML cannot hold. */
export function cdata(text: string): string {
  const clean = printable(text)
  return `<![CDATA[${clean.includes(']]>') ? clean.replaceAll(']]>', ']]]]><![CDATA[>') : clean}]]>`
}
