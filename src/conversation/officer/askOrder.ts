import { askApp } from '../askApp.ts'
import type { Turn } from '../machine.ts'
import type { Json } from '../types.ts'
import { say } from '../walk.ts'
import type { OrderName } from './heardOrder.ts'

/** The command of each order about one task. */
export const orderCommands = {
  lease: 'officerLease',
  release: 'officerRelease',
  close: 'officerClose',
  pause: 'officerPause',
  resume: 'officerResume',
  urge: 'officerUrge',
  transfer: 'officerTransfer',
  agree: 'officerAgree',
  decline: 'officerDecline',
  show: 'officerTask',
  ground: 'officerGround',
  script: 'officerScript',
} as const satisfies Partial<Record<OrderName, string>>

/** What became of words: `asked` the service, `said` something at once, or they are no order. */
export type Obeyed = 'asked' | 'said' | null

export function ask(turn: Turn, command: string, args: Record<string, Json>): Obeyed {
  askApp(turn, command, args)
  return 'asked'
}

export function tell(turn: Turn, key: string): Obeyed {
  say(turn, key)
  return 'said'
}

/** 老王 and 王主任 name a surname only; whose it is decides `app` among those who may take the task. */
export function whoIs(turn: Turn, who: string): Record<string, Json> {
  const { texts } = turn.library
  const before = texts.words('orders.nickBefore').find(nick => who.length > nick.length && who.startsWith(nick)) ?? ''
  const rest = who.slice(before.length)
  const after = texts.words('orders.nickAfter').find(nick => rest.length > nick.length && rest.endsWith(nick)) ?? ''
  const surname = rest.slice(0, rest.length - after.length)
  return { who: who === '' ? null : who, surname: surname === who ? null : surname }
}

/** More at once nobody reads on a phone: as many as a list has lines. Our own choice. */
export const MOST_AT_ONCE = 10

/** What may be done with several tasks at once. */
export type SeveralOrder = 'close' | 'pause' | 'urge'

/** The same for each of them, `said` for all. `all`: none was named, and what is not his is left alone. */
export function askSeveral(
  turn: Turn,
  order: SeveralOrder,
  { taskIds, said, all }: { taskIds: string[]; said: string; all: boolean },
): Obeyed {
  return ask(turn, 'officerSeveral', { order, taskIds, said, all, most: MOST_AT_ONCE })
}
