import type { Person } from './people.ts'

/** A form that the platform gave an account, as its console shows it. */
export interface MockForm {
  templateId: string
  /** Which call sends it. */
  by: 'bizsend' | 'template' | 'subscribe'
  consent: 'once' | 'lasting' | 'none'
  fields: string[]
}

/** Written here from the platform's own table, not taken from the product. */
const limits: Record<string, (value: string) => boolean> = {
  thing: value => count(value) <= 20,
  number: value => /^-?[\d.]{1,32}$/.test(value),
  letter: value => /^[a-zA-Z]{1,32}$/.test(value),
  symbol: value => count(value) <= 5,
  character_string: value => count(value) <= 32 && !/[一-鿿]/.test(value),
  time: value => /^[\d年月日:：\-~～./\s]+$/.test(value),
  date: value => /^[\d年月日:：\-~～./\s]+$/.test(value),
  amount: value => /^\D?\d{1,10}(\.\d+)?元?$/.test(value),
  phone_number: value => count(value) <= 17,
  car_number: value => count(value) <= 8,
  name: value => count(value) <= (/^[\x20-\x7e]*$/.test(value) ? 20 : 10),
  phrase: value => count(value) <= 5 && /^[一-鿿]+$/.test(value),
  enum: value => count(value) <= 20,
}

const count = (value: string): number => Array.from(value).length

/** Name of the field that is wrong, or null. */
export function wrongField(form: MockForm, data: Record<string, unknown>): string | null {
  for (const field of form.fields) {
    const given = data[field]
    const value = typeof given === 'object' && given !== null && 'value' in given ? given.value : undefined
    if (typeof value !== 'string' || value === '') return field
    if (!limits[field.replace(/\d+$/, '')]?.(value)) return field
  }
  return Object.keys(data).find(field => !form.fields.includes(field)) ?? null
}

/** What the phone shows of it. */
export function shownForm(form: MockForm, data: Record<string, unknown>): string {
  const values = form.fields.map(field => {
    const given = data[field]
    return typeof given === 'object' && given !== null && 'value' in given ? String(given.value) : ''
  })
  return `[${form.templateId}] ${values.join(' / ')}`
}

/** Uses one yes up; false when there is none. */
export function takeConsent(person: Person, form: MockForm): boolean {
  if (form.consent === 'none') return true
  const left = person.allowed.get(form.templateId) ?? 0
  if (left <= 0) return false
  person.allowed.set(form.templateId, left - 1)
  return true
}
