import { z } from 'zod'

/** Ways of a platform by which a message goes as a filled form, outside any conversation. */
export const templateWays = ['officialSubscription', 'officialTemplate', 'miniSubscription'] as const
export type TemplateWay = (typeof templateWays)[number]

/** A form that the account was given by the platform, and how one of our sentences fills it. */
export interface MessageTemplate {
  way: TemplateWay
  /** Key of the sentence in `locales/`; with `*` at its end all that begin so. */
  key: string
  templateId: string
  /** What a yes of the person is good for; `none`: no yes is needed. */
  consent: 'once' | 'lasting' | 'none'
  /** Name of a field, as the platform gave it, to a text in which `{name}` is a value of the sentence. */
  fields: Record<string, string>
  /** Page of the mini-program that a tap opens. */
  page: string | null
  /** Page of the Official Account on which the platform asks for the yes; https. */
  askAt?: string | null
}

/** Field names carry the kind of their value and a number: `thing1`, `phone_number3`. */
const fieldName = z.string().regex(/^[a-z_]{3,20}\d{1,3}$/)

const template = z.strictObject({
  way: z.enum(templateWays),
  key: z.string().regex(/^[\w.-]+\*?$/),
  templateId: z.string().regex(/^[\w-]{10,64}$/),
  consent: z.enum(['once', 'lasting', 'none']),
  fields: z.record(fieldName, z.string().min(1).max(200)),
  page: z
    .string()
    .regex(/^[^/\s][^\s]{0,255}$/)
    .nullable()
    .default(null),
  askAt: z
    .url({ protocol: /^https$/ })
    .nullable()
    .exactOptional(),
})

/** Decodes the operator's file. @throws with the field that is wrong. */
export function parseTemplates(data: unknown): MessageTemplate[] {
  return z.strictObject({ templates: z.array(template) }).parse(data).templates
}

/** A card of the platform asks for at most so many forms at once (requestSubscribeMessage, the older of its two limits). */
const MOST_ON_A_CARD = 3

/**
 * What a resident is asked to allow: forms for the card of the mini-program, never of both kinds at once, and the page on which
 * the Official Account asks.
 */
export function askable(templates: readonly MessageTemplate[]): { card: string[]; page: string | null } {
  const ids = (consent: MessageTemplate['consent']) => [
    ...new Set(
      templates.flatMap(one => (one.way === 'miniSubscription' && one.consent === consent ? [one.templateId] : [])),
    ),
  ]
  const lasting = ids('lasting')
  const page = templates.find(one => one.way === 'officialSubscription' && one.askAt)?.askAt ?? null
  return { card: (lasting.length > 0 ? lasting : ids('once')).slice(0, MOST_ON_A_CARD), page }
}

/** The form of a way that takes this sentence; the one named exactly before the one named by its beginning. */
export function templateFor(
  templates: readonly MessageTemplate[],
  way: TemplateWay,
  key: string,
): MessageTemplate | null {
  const ofWay = templates.filter(one => one.way === way)
  const exact = ofWay.find(one => one.key === key)
  const wide = ofWay.find(one => one.key.endsWith('*') && key.startsWith(one.key.slice(0, -1)))
  return exact ?? wide ?? null
}

const characters = (text: string) => Array.from(text).length
const upTo = (most: number) => z.string().refine(text => text !== '' && characters(text) <= most)
const matching = (most: number, shape: RegExp) => upTo(most).regex(shape)

/**
 * What a value may be, by the beginning of its field's name (订阅消息参数值内容限制, as published). Lengths are characters. An
 * `enum` takes only words from the account's own console, which nobody can check from here: any short text passes.
 */
const kinds: Record<string, z.ZodType<string>> = {
  thing: upTo(20),
  number: matching(32, /^-?\d+(\.\d+)?$/),
  letter: matching(32, /^[A-Za-z]+$/),
  symbol: matching(5, /^[^\p{L}\p{N}\s]+$/u),
  character_string: matching(32, /^[\x21-\x7e]+$/),
  time: matching(64, /^[\d年月日:：\-~～./ ]+$/),
  date: matching(64, /^[\d年月日:：\-~～./ ]+$/),
  amount: matching(16, /^[¥￥$]?\d{1,10}(\.\d+)?元?$/),
  phone_number: matching(17, /^[\d+\-() ]+$/),
  car_number: upTo(8),
  name: upTo(20).refine(text => characters(text) <= 10 || /^[\x20-\x7e]+$/.test(text)),
  phrase: matching(5, /^\p{Script=Han}+$/u),
  enum: upTo(20),
}

/** Kinds in which a shortened text still says the same. A cut number, day or name would be another. */
const shortened = new Set(['thing'])

export type FilledTemplate = { ok: true; fields: Record<string, string> } | { ok: false; field: string }

/**
 * Fills a form with the values of a sentence. A text that is too long for a `thing` ends in …; anything else that does not fit
 * names its field, and this way is closed for the message before it is queued.
 */
export function fillTemplate(form: MessageTemplate, values: Record<string, unknown>): FilledTemplate {
  const fields: Record<string, string> = {}
  for (const [field, pattern] of Object.entries(form.fields)) {
    const filled = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => wordOf(values[name]))
    const kind = field.replace(/\d+$/, '')
    const text = shortened.has(kind) ? shorten(filled.replaceAll(/\s+/g, ' ').trim(), 20) : filled.trim()
    if (!kinds[kind]?.safeParse(text).success) return { ok: false, field }
    fields[field] = text
  }
  return { ok: true, fields }
}

const wordOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

function shorten(text: string, most: number): string {
  const all = Array.from(text)
  return all.length <= most ? text : `${all.slice(0, most - 1).join('')}…`
}
