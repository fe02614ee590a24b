import { z } from 'zod'
import { knownFact, layerFact, narrowestFact, type Fact, type Known } from '../packs/fact.ts'
import { messagePurposes, type MessagePurpose } from './purpose.ts'

/** What `regions/messages.yaml` says, each number with its ground. */
export interface MessageRuleFile {
  quietHours: Known<QuietHours>
  /** Whoever wrote so many minutes ago is awake: word about his own case reaches him by night too. 0 = nobody is. */
  awakeMinutes: Known<number>
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
  awakeMinutes: number
  caps: Caps
  coolDownDays: Record<MessagePurpose, number>
  expiryHours: Record<MessagePurpose, number | null>
}

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .transform(text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const quietHours = z.strictObject({ from: clock, to: clock })
const minutes = z.int().min(0).max(1440)
const caps = z.array(z.strictObject({ days: z.int().min(1).max(366), most: z.int().min(1).max(1000) })).min(1)
const days = z.int().min(0).max(366)
const hours = z.int().min(1).max(8784).nullable()
const ofEach = <T extends z.ZodType>(value: T) => z.record(z.enum(messagePurposes), value)

const file: z.ZodType<MessageRuleFile> = z.strictObject({
  quietHours: knownFact(quietHours),
  awakeMinutes: knownFact(minutes),
  caps: knownFact(caps),
  coolDownDays: knownFact(ofEach(days)),
  expiryHours: knownFact(ofEach(hours)),
})

/** The section of one pack file: a place says otherwise where it knows of something else, field by field. */
export const messagesSchema = z.strictObject({
  quietHours: layerFact(quietHours).exactOptional(),
  awakeMinutes: layerFact(minutes).exactOptional(),
  caps: layerFact(caps).exactOptional(),
  coolDownDays: layerFact(ofEach(days)).exactOptional(),
  expiryHours: layerFact(ofEach(hours)).exactOptional(),
})

export type MessagesLayer = z.infer<typeof messagesSchema>

/** What the packs of a place say of messages; what none of them says is as the file of rules has it. */
export interface MessageFacts {
  quietHours: Fact<QuietHours>
  awakeMinutes: Fact<number>
  caps: Fact<Caps>
  coolDownDays: Fact<Record<MessagePurpose, number>>
  expiryHours: Fact<Record<MessagePurpose, number | null>>
}

/** Lays the sections over each other, widest first, fact by fact. */
export function layerMessages(layers: readonly (MessagesLayer | undefined)[]): MessageFacts {
  return {
    quietHours: narrowestFact(layers.map(layer => layer?.quietHours)),
    awakeMinutes: narrowestFact(layers.map(layer => layer?.awakeMinutes)),
    caps: narrowestFact(layers.map(layer => layer?.caps)),
    coolDownDays: narrowestFact(layers.map(layer => layer?.coolDownDays)),
    expiryHours: narrowestFact(layers.map(layer => layer?.expiryHours)),
  }
}

/** The rules of everywhere with what a place says otherwise. */
export function messageRulesOf(everywhere: MessageRules, here: MessageFacts | undefined): MessageRules {
  return {
    quietHours: here?.quietHours.value ?? everywhere.quietHours,
    awakeMinutes: here?.awakeMinutes.value ?? everywhere.awakeMinutes,
    caps: here?.caps.value ?? everywhere.caps,
    coolDownDays: here?.coolDownDays.value ?? everywhere.coolDownDays,
    expiryHours: here?.expiryHours.value ?? everywhere.expiryHours,
  }
}

/** All quiet hours that hold somewhere: those of everywhere, and of each place that says otherwise. */
export function quietHoursAnywhere(
  { quietHours: usual }: Pick<MessageRules, 'quietHours'>,
  layers: readonly (MessagesLayer | undefined)[],
): QuietHours[] {
  return [usual, ...layers.flatMap(layer => layer?.quietHours?.value ?? [])]
}

/** Decodes the file of rules. @throws with the field when one is missing, has no source, or is out of bounds. */
export function parseMessageRules(data: unknown): MessageRuleFile {
  return file.parse(data)
}

/** The rules alone, to decide by. */
export function messageRules(known: MessageRuleFile): MessageRules {
  const { quietHours, awakeMinutes, caps, coolDownDays, expiryHours } = known
  return {
    ...{ quietHours: quietHours.value, awakeMinutes: awakeMinutes.value, caps: caps.value },
    ...{ coolDownDays: coolDownDays.value, expiryHours: expiryHours.value },
  }
}
