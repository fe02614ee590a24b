import type { Turn, Walk } from './machine.ts'
import type { TextValues } from './texts.ts'
import type { Choice, Json, Reply, Session, Trace } from './types.ts'

/** Adds a reply; ids count up within the turn. */
export function reply(turn: Turn, { kind, text, choices, input, url }: Omit<Reply, 'id'>): void {
  // Field by field: spreading what is mostly absent would cost twice as much.
  const said: Reply = { id: `${turn.context.turnId}-${turn.replies.length + 1}`, kind, text }
  if (choices) said.choices = choices
  if (input) said.input = input
  if (url !== undefined) said.url = url
  turn.replies.push(said)
}

/** Says a sentence of the catalogue. */
export function say(turn: Turn, key: string, values?: TextValues): void {
  reply(turn, { kind: 'text', text: text(turn, key, values) })
}

export function text(turn: Turn, key: string, values?: TextValues): string {
  return turn.library.texts.format(turn.conversation.language, key, values)
}

/** Values given by name; every other name is null. */
export function named(values: Record<string, Json>): TextValues {
  return name => values[name] ?? null
}

/** Puts a list from which numbers pick while no flow is open. Keys are `desk/…` and never grow old. */
export function offer(turn: Turn, said: string, choices: Choice[]): void {
  turn.conversation.offered = choices.map(({ key }) => key)
  reply(turn, { kind: 'choices', text: said, choices })
}

/** `session/visit/value`: an old button is recognised by session and visit. */
export function choiceKey(session: Session, value: string): string {
  return `${session.id}/${session.visit}/${value}`
}

export function trace(walk: Walk, event: Trace['event'], via?: string): void {
  const { flow, session, turn } = walk
  const { name, revision } = flow
  const { step } = session
  turn.trace.push(
    via === undefined ? { flow: name, revision, step, event } : { flow: name, revision, step, event, via },
  )
}

/** The region code answered so far, here or in a flow that called this one; null before. */
export function regionOf({ flow, session, turn }: Walk): string | null {
  const code = flow.regionSlot ? session.slots[flow.regionSlot] : null
  if (typeof code === 'string') return code
  for (const place of session.stack?.toReversed() ?? []) {
    const slot = turn.library.flow(place.flow, place.revision)?.regionSlot
    const outer = slot ? place.slots[slot] : null
    if (typeof outer === 'string') return outer
  }
  return session.within ?? null
}
