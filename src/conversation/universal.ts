import { stepText } from './stepText.ts'
import type { Walk } from './machine.ts'
import { back, correct, follow, handOver, repeatQuestion, takeUpAgain } from './engine.ts'
import { currentStep } from './places.ts'
import { restart } from './restart.ts'
import { inSession } from './sessions.ts'
import { walkValues } from './showValue.ts'
import { say, text, trace, reply } from './walk.ts'

/** Commands that act on the session in which they are said. False: this is none of them. */
export function obeyInSession(walk: Walk, name: string, number: number | null): boolean {
  if (!sessionCommands[name]) return false
  inSession(walk, () => runInSession(walk, name, number))
  return true
}

/** The same for callers that are in the session already and settle it themselves. */
export function runInSession(walk: Walk, name: string, number: number | null): void {
  const { session } = walk
  if (name !== 'human' && session.status === 'handedOff') session.status = 'waiting'
  sessionCommands[name]?.(walk, number ?? 0)
}

/** In a list that is being filled, 改第N个 and 删除第N个 mean its items. */
function editHere(walk: Walk, what: 'change' | 'remove', number: number): boolean {
  if (walk.session.confirming) return false
  const move = currentStep(walk.flow, walk.session).edit?.(walk, what, number)
  if (!move) return false
  follow(walk, move)
  return true
}

const sessionCommands: Record<string, (walk: Walk, number: number) => void> = {
  back: walk => {
    if (back(walk)) return
    say(walk.turn, 'common.nothingBehind')
    repeatQuestion(walk)
  },
  change: (walk, number) => {
    if (editHere(walk, 'change', number) || correct(walk, number)) return
    say(walk.turn, 'common.noSuchItem')
    repeatQuestion(walk)
  },
  remove: (walk, number) => {
    if (editHere(walk, 'remove', number)) return
    say(walk.turn, 'common.noSuchItem')
    repeatQuestion(walk)
  },
  cancel: walk => {
    const { session } = walk
    if (session.confirming?.kind === 'cancel' || session.path.length === 0) {
      session.status = 'cancelled'
      return trace(walk, 'cancelled')
    }
    follow(walk, { move: 'confirm', confirming: { kind: 'cancel' } })
  },
  restart: walk => {
    if (walk.session.confirming?.kind === 'restart' || walk.session.path.length === 0)
      return follow(walk, restart(walk))
    follow(walk, { move: 'confirm', confirming: { kind: 'restart' } })
  },
  help: walk => {
    const { turn, flow, session } = walk
    const key = stepText(flow.name, currentStep(flow, session).id, 'help')
    const help = turn.library.texts.has('zh-CN', key) ? [text(turn, key, walkValues(walk))] : []
    reply(turn, { kind: 'text', text: [...help, text(turn, 'common.helpCommands')].join('\n') })
    repeatQuestion(walk)
  },
  human: walk => {
    if (walk.session.status === 'handedOff') return say(walk.turn, 'common.stillHandedOff')
    trace(walk, 'handedOff', 'asked')
    handOver(walk, 'asked')
    say(walk.turn, 'common.handedOff')
  },
}

/** 继续. */
export function goOn(walk: Walk): void {
  inSession(walk, () => takeUpAgain(walk))
}
