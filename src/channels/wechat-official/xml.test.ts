import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8 } from './fields.ts'
import { cdata, readFlatXml, readStrictXml, readXml } from './xml.ts'
import { payloads, publishedTest } from './testdata/published.ts'

const nested = (depth: number): string => `<xml>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</xml>`

describe('reads', () => {
  test.each([
    ['text and CDATA', '<xml><A><![CDATA[x]]></A><B>1</B></xml>', { A: 'x', B: '1' }],
    ['white space around CDATA as layout', '<xml>\n<A>\n<![CDATA[x]]>\n</A></xml>', { A: 'x' }],
    ['white space inside CDATA as content', '<xml><A><![CDATA[ x ]]></A></xml>', { A: ' x ' }],
    ['end tags with a space', '<xml><A>1</A ></xml >', { A: '1' }],
    ['numbers as they stand', '<xml><A>007</A><B>1e5</B><C>0x10</C></xml>', { A: '007', B: '1e5', C: '0x10' }],
    ['ids of 19 digits', '<xml><MsgId>7250021412600020992</MsgId></xml>', { MsgId: '7250021412600020992' }],
    ['the five entities and numeric ones', '<xml><A>&lt;&amp;&#x4e2d;&#25991;</A></xml>', { A: '<&中文' }],
    ['repeated elements as a list', '<xml><A>1</A><A>2</A><A>3</A></xml>', { A: ['1', '2', '3'] }],
    ['nested elements', '<xml><L><I><A>1</A></I></L></xml>', { L: { I: { A: '1' } } }],
    ['nothing as nothing', '<xml></xml>', {}],
    ['a declaration', '<?xml version="1.0" encoding="UTF-8"?><xml><A>1</A></xml>', { A: '1' }],
    ['a split CDATA end', '<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>', { A: 'a]]>b' }],
    ['a sticker name in brackets', '<xml><A><![CDATA[[微笑]]]></A></xml>', { A: '[微笑]' }],
  ])('%s', (_name, text, expected) => {
    expect({ ...readXml(text) }).toEqual(expected)
  })

  test('a field called __proto__ as a field', () => {
    const fields = readXml('<xml><__proto__><polluted>1</polluted></__proto__></xml>')
    expect(Object.keys(fields ?? {})).toEqual(['__proto__'])
    expect('polluted' in {}).toBe(false)
  })
})

describe('refuses', () => {
  test.each([
    ['DOCTYPE', '<!DOCTYPE xml><xml><A>1</A></xml>'],
    ['lower-case doctype', '<!doctype xml><xml><A>1</A></xml>'],
    ['external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><A>&e;</A></xml>'],
    ['undeclared entity', '<xml><A>&nbsp;</A></xml>'],
    ['comment', '<xml><!-- --><A>1</A></xml>'],
    ['processing instruction', '<xml><?php x?><A>1</A></xml>'],
    ['other encoding', '<?xml version="1.0" encoding="UTF-7"?><xml><A>1</A></xml>'],
    ['17 levels', nested(17)],
    ['20,000 levels', nested(20_000)],
    ['2,001 elements', `<xml>${'<a/>'.repeat(2001)}</xml>`],
    ['2,000 attributes', `<xml ${Array.from({ length: 2000 }, (_, n) => `a${n}="1"`).join(' ')}/>`],
    ['text after the end', '<xml><A>1</A></xml>x'],
    ['two roots', '<xml><A>1</A></xml><xml/>'],
    ['other root', '<html><A>1</A></html>'],
    ['text between elements', '<xml>x<A>1</A></xml>'],
    ['text as root', '<xml>x</xml>'],
    ['missing end', '<xml><A>1</A>'],
    ['wrong end', '<xml><A>1</B></xml>'],
    ['NUL', '<xml><A>\0</A></xml>'],
    ['U+FFFE', '<xml><A>\ufffe</A></xml>'],
    ['CDATA end in text', '<xml><A>]]></A></xml>'],
    ['bare ampersand', '<xml><A>a & b</A></xml>'],
    ['nothing', ''],
  ])('%s', (_name, text) => {
    expect(readXml(text)).toBeNull()
  })

  test('bytes that are not UTF-8', () => {
    for (const bytes of [
      [0xff, 0xfe, 0x3c, 0],
      [0x3c, 0xc3, 0x28],
      [0xed, 0xa0, 0x80],
      [0xf8, 0x88, 0x80, 0x80, 0x80],
    ]) {
      expect(decodeUtf8(Uint8Array.from(bytes))).toBeNull()
    }
  })
})

const shape = fc.constantFrom('text', 'cdata')
const element = fc.record({
  name: fc.constantFrom('ToUserName', 'Encrypt', 'Content', 'MsgId', 'x', '__proto__', 'A_1', 'A b'),
  shape,
  text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  before: fc.constantFrom('', ' ', '\n', '\t', '\r\n', 'x', '\u00a0', '<!-- -->'),
})

test('where the flat reader answers, the strict one answers the same', () => {
  let answered = 0
  fc.assert(
    fc.property(fc.array(element, { maxLength: 5 }), elements => {
      const written = elements.map(
        e => `${e.before}<${e.name}>${e.shape === 'cdata' ? `<![CDATA[${e.text}]]>` : e.text}</${e.name}>`,
      )
      const text = `<xml>${written.join('')}</xml>`
      const flat = readFlatXml(text)
      if (flat === null) return
      answered++
      expect({ ...flat }).toEqual({ ...readStrictXml(text) })
    }),
    { numRuns: 2000 },
  )
  expect(answered).toBeGreaterThan(100)
})

test('what CDATA is written around comes back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('', ']]>', ']]', '<a>', '&amp;'),
      (text, knot) => {
        const clean = `${text}${knot}${text}`.replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]/g, '')
        expect(readXml(`<xml><A>${cdata(clean)}</A></xml>`)?.['A'] ?? '').toBe(clean)
      },
    ),
  )
})

publishedTest('every published XML body is read', () => {
  const bodies = [...payloads('oa-'), ...payloads('wecom-')].filter(({ name }) => name.endsWith('.xml'))
  expect(bodies.length).toBeGreaterThan(40)
  for (const { name, bytes } of bodies) expect(readXml(decodeUtf8(bytes) ?? ''), name).not.toBeNull()
})
