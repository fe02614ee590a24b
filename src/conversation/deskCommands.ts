import { tellNoticeAside } from './deskNotice.ts'
import { tellAllMatters } from './howLong.ts'
import { tellCases } from './deskCases.ts'
import type { Turn } from './machine.ts'
import { tellOrder } from './officer/tellOrder.ts'
import type { Command, CommandResult } from './types.ts'
import { named, say } from './walk.ts'

/** Says what came of a front desk command. Unknown outcomes get a sentence, never silence. */
export function tellOutcome(turn: Turn, { name, args }: Command, { outcome, values }: CommandResult): void {
  if (name === 'progress' && outcome === 'none' && tellAllMatters(turn, args)) return
  if (tellCases(turn, name, { outcome, values })) return
  if (tellOrder(turn, name, { outcome, values })) return
  if (name === 'issueNotice' && outcome !== 'failed') return tellNoticeAside(turn, outcome, values)
  const key = `desk.outcome.${name}.${outcome}`
  say(turn, turn.library.texts.has('zh-CN', key) ? key : 'common.flowError', named(values))
}
