import { z } from 'zod'
import { knownFact, type Known } from '../packs/fact.ts'
import { messagePurposes, type MessagePurpose } from './purpose.ts'

/** What `regions/messages.yaml` says, each number with its ground. */
export interface MessageRuleFile {
  quietHours: Known<QuietHours>
  caps: Known<Caps>
  /** Days between two messages of one purpose to one household. */
  coolDownDays: Known<Record<MessagePurpose, number>>
  /** Hours after which a message is not worth sending any more; null = never. */
  expiryHours: Known<Record<MessagePurpose, number | null>>
}

/** Hours of Shanghai as minutes after midnight. `from` later than `to`: over midnight. */
export interface QuietHours {
  from: number
  to: number
}

/** Messages that a household may get of its capped purposes together, in so many days up to and with the day of the message. */
export type Caps = { days: number; most: number }[]

/** The same without grounds. */
export interface MessageRules {
  quietHours: QuietHours
  caps: Caps
  coolDownDays: Record<MessagePurpose, number>
  expiryHours: Record<MessagePurpose, number | null>
}

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .transform(text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const quietHours = z.strictObject({ from: clock, to: clock })
const caps = z.array(z.strictObject({ days: z.int().min(1).max(366), most: z.int().min(1).max(1000) })).min(1)
const days = z.int().min(0).max(366)
const hours = z.int().min(1).max(8784).nullable()
const ofEach = <T extends z.ZodType>(value: T) => z.record(z.enum(messagePurposes), value)

const file: z.ZodType<MessageRuleFile> = z.strictObject({
  quietHours: knownFact(quietHours),
  caps: knownFact(caps),
  coolDownDays: knownFact(ofEach(days)),
  expiryHours: knownFact(ofEach(hours)),
})

/** Decodes the file of rules. @throws with the field when one is missing, has no source, or is out of bounds. */
export function parseMessageRules(data: unknown): MessageRuleFile {
  return file.parse(data)
}

/** The rules alone, to decide by. */
export function messageRules({ quietHours, caps, coolDownDays, expiryHours }: MessageRuleFile): MessageRules {
  return {
    ...{ quietHours: quietHours.value, caps: caps.value },
    ...{ coolDownDays: coolDownDays.value, expiryHours: expiryHours.value },
  }
}
