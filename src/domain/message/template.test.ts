import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askable, fillTemplate, parseTemplates, templateFor, type MessageTemplate } from './template.ts'

const form: MessageTemplate = {
  way: 'miniSubscription',
  key: 'app.told.*',
  templateId: 'abcdefghijklmnop',
  consent: 'once',
  fields: { thing1: '{matter}已{what}', character_string2: '{number}', date3: '{day}' },
  page: 'pages/cases/index',
}
const values = { matter: '生育登记', what: '办结', number: 'SY-2026-000123', day: '2026-11-23 09:00' }

describe('a form is filled from the values of a sentence', () => {
  test('field by field', () => {
    expect(fillTemplate(form, values)).toEqual({
      ok: true,
      fields: { thing1: '生育登记已办结', character_string2: 'SY-2026-000123', date3: '2026-11-23 09:00' },
    })
  })

  test('a long thing is shortened, a long number is refused by its name', () => {
    const long = fillTemplate(form, { ...values, matter: '一'.repeat(30) })
    expect(long.ok && [...(long.fields['thing1'] ?? '')].length).toBe(20)
    expect(fillTemplate(form, { ...values, number: 'N'.repeat(33) })).toEqual({ ok: false, field: 'character_string2' })
  })

  test.each([
    ['number1', '12.5', '十二'],
    ['letter1', 'abc', 'a1'],
    ['symbol1', '★!', 'a'],
    ['character_string1', 'A-1', '甲1'],
    ['time1', '09:00', '明天'],
    ['amount1', '￥100.5元', '一百元'],
    ['phone_number1', '0711-1234567', '电话'],
    ['car_number1', '鄂G12345', '鄂G12345678'],
    ['name1', '欧阳测试', '这是一个长于十个汉字的姓名'],
    ['phrase1', '已办结', '已办结了吗吗'],
    ['enum1', '通过', ''],
  ])('%s takes %s and not %s', (field, good, bad) => {
    const one = { ...form, fields: { [field]: '{v}' } }
    expect(fillTemplate(one, { v: good })).toEqual({ ok: true, fields: { [field]: good } })
    expect(fillTemplate(one, { v: bad })).toEqual({ ok: false, field })
  })

  test('whatever the values are, nothing longer than the platform takes comes out', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 })
    fc.assert(
      fc.property(text, text, (matter, number) => {
        const filled = fillTemplate(form, { ...values, matter, number })
        if (!filled.ok) return
        expect([...(filled.fields['thing1'] ?? '')].length).toBeLessThanOrEqual(20)
        expect(filled.fields['character_string2']).toMatch(/^[\x21-\x7e]{1,32}$/)
      }),
    )
  })
})

test('the form named exactly wins over the one named by its beginning, and each way has its own', () => {
  const exact = { ...form, key: 'app.told.decided', templateId: 'exactexactexact' }
  expect(templateFor([form, exact], 'miniSubscription', 'app.told.decided')).toBe(exact)
  expect(templateFor([form, exact], 'miniSubscription', 'app.told.other')).toBe(form)
  expect(templateFor([form, exact], 'officialTemplate', 'app.told.decided')).toBeNull()
})

test('a file with an unknown way, a wrong id or a foreign field name is refused', () => {
  const one = { ...form, fields: { thing1: 'x' } }
  expect(parseTemplates({ templates: [one] })).toEqual([one])
  for (const wrong of [{ way: 'sms' }, { templateId: 'short' }, { fields: { 'thing 1': 'x' } }, { page: '/pages/x' }]) {
    expect(() => parseTemplates({ templates: [{ ...one, ...wrong }] })).toThrow()
  }
})

test('a card asks for at most three forms, never for both kinds at once, and each once', () => {
  const once = Array.from({ length: 5 }, (_, n) => ({ ...form, templateId: `once-once-${n}` }))
  expect(askable([...once, once[0] ?? form]).card).toEqual(['once-once-0', 'once-once-1', 'once-once-2'])
  expect(askable([...once, { ...form, templateId: 'lasting-form', consent: 'lasting' }]).card).toEqual(['lasting-form'])
  const page = { ...form, way: 'officialSubscription' as const, askAt: 'https://example.org/subscribe' }
  expect(askable([page])).toEqual({ card: [], page: 'https://example.org/subscribe' })
  expect(askable([])).toEqual({ card: [], page: null })
})
