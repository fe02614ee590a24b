import { z } from 'zod'
import type { Application, Matter } from './application.ts'
import { readIdentityNumber } from './identityNumber.ts'
import { readPersonName } from './personName.ts'
import { readPhone } from './phone.ts'
import type { LocalDate } from './world.ts'

/** One field, as it is to be, and why. */
export interface Correction {
  field: string
  value: string | number | boolean | null
  reason: string
}

const name = z.string().transform((text, context) => {
  const read = readPersonName(text)
  if (read.ok) return read.name
  context.addIssue(read.reason)
  return z.NEVER
})
const phone = z.string().transform((text, context) => {
  const read = readPhone(text)
  if (read.ok) return read.number
  context.addIssue(read.reason)
  return z.NEVER
})
const idNumber = (today: LocalDate) =>
  z.string().transform((text, context) => {
    const read = readIdentityNumber(text, today)
    if (read.ok) return read.id
    context.addIssue(read.reason)
    return z.NEVER
  })
const count = z.int().min(0).max(30)
const words = (most: number) => z.string().min(1).max(most)

/** What may be corrected in each matter, and into what. The place is none of it: that moves the case (`moveCase`). */
function fieldsOf(matter: Matter, today: LocalDate): Record<string, z.ZodType> {
  const filing = { applicantName: name, applicantId: idNumber(today), phone }
  switch (matter) {
    case 'birthRegistration':
      return {
        ...filing,
        stage: z.enum(['expecting', 'born']),
        birthDate: z.iso.date(),
        childName: name.nullable(),
        earlierChildren: count,
        married: z.boolean().nullable(),
      }
    case 'additionalBirthPermit':
      return { ...filing, spouseName: name.nullable(), spouseId: idNumber(today).nullable(), livingChildren: count }
    case 'certificateReissue':
      return { ...filing, oldNumber: words(50).nullable(), change: words(500).nullable() }
  }
}

export type Corrected =
  | { ok: true; content: Application['content'] }
  | { ok: false; reason: 'noSuchField' | 'badValue' | 'unchanged'; field: string }

/** The content with its corrections, every value checked as when it was first given. */
export function correctContent(
  application: Application,
  corrections: readonly Correction[],
  today: LocalDate,
): Corrected {
  const fields = fieldsOf(application.matter, today)
  let content = application.content
  for (const { field, value } of corrections) {
    const schema = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (!schema) return { ok: false, reason: 'noSuchField', field }
    const read = schema.safeParse(value)
    if (!read.success) return { ok: false, reason: 'badValue', field }
    if (Object.entries(content).some(([key, before]) => key === field && before === read.data))
      return { ok: false, reason: 'unchanged', field }
    content = { ...content, [field]: read.data }
  }
  return { ok: true, content }
}
