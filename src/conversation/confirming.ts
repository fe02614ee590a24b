import { readIdentityNumber } from '../domain/identityNumber.ts'
import { isNamed, itemsOf } from './items.ts'
import type { Answer, CompiledStep, Move, Walk } from './machine.ts'
import { yesOrNo } from './pickOption.ts'
import { policyTitle, tellChosenPolicy } from './policy/policyAnswers.ts'
import { rootOf } from './places.ts'
import { plainValue } from './plainText.ts'
import { restart } from './restart.ts'
import { showDay, walkValues } from './showValue.ts'
import { stepText } from './stepText.ts'
import type { Choice, Confirming, Json } from './types.ts'
import { choiceKey, named, regionOf, reply, say, text, trace } from './walk.ts'

/** Puts what is held open: 对吗, which of several, really cancel … */
export function putConfirming(walk: Walk, confirming: Confirming): void {
  const { turn } = walk
  switch (confirming.kind) {
    case 'value':
      return ask(walk, valueQuestion(walk, confirming), yesNo(walk, 'common.right', 'common.wrong'))
    case 'options':
      return ask(
        walk,
        text(turn, 'common.whichOne'),
        numbered(
          walk,
          confirming.options.map(({ label }) => label),
        ),
      )
    case 'cancel':
      return ask(walk, text(turn, 'common.confirmCancel'), yesNo(walk, 'common.cancelYes', 'common.goOn'))
    case 'restart':
      return ask(walk, text(turn, 'common.confirmRestart'), yesNo(walk, 'common.restartYes', 'common.goOn'))
    case 'whichItem':
      return say(turn, 'common.whichItem')
    case 'another':
      return ask(
        walk,
        text(turn, 'common.another', flowTitles(walk, confirming.flow)),
        yesNo(walk, 'common.anotherYes', 'common.goOn'),
      )
    case 'policy':
      return ask(walk, text(turn, 'policy.which'), numbered(walk, policyTitles(walk, confirming.keys)))
    case 'draft':
      return ask(walk, text(turn, 'common.draft', stoppedAt(walk)), yesNo(walk, 'common.goOn', 'common.draftNo'))
  }
}

function valueQuestion(walk: Walk, { value, shown, doubt }: Extract<Confirming, { kind: 'value' }>): string {
  const { turn } = walk
  if (doubt === undefined) return text(turn, 'common.confirmValue', named({ shown }))
  const id = readIdentityNumber(plainValue(value), turn.context.today)
  const told = id.ok ? { birth: showDay(turn.conversation.language, id.birth), sex: id.sex } : {}
  return text(turn, doubt, walkValues(walk, { shown, ...told }))
}

/** The name of the question at which a draft stopped; null for a step that has none. */
function stoppedAt({ turn, flow, session }: Walk) {
  const label = stepText(flow.name, session.step, 'label')
  return named({
    title: text(turn, `${rootOf(session).flow}.title`),
    label: turn.library.texts.has('zh-CN', label) ? text(turn, label) : null,
  })
}

function flowTitles({ turn, session }: Walk, other: string) {
  return named({ current: text(turn, `${rootOf(session).flow}.title`), other: text(turn, `${other}.title`) })
}

function ask(walk: Walk, question: string, choices: Choice[]): void {
  const input = { slot: 'confirm', type: 'confirm' as const, required: true, sensitive: false }
  reply(walk.turn, { kind: 'choices', text: question, choices, input })
}

function yesNo(walk: Walk, yes: string, no: string): Choice[] {
  const { session, turn } = walk
  return [
    { key: choiceKey(session, 'yes'), label: text(turn, yes) },
    { key: choiceKey(session, 'no'), label: text(turn, no) },
  ]
}

function numbered({ session, turn }: Walk, labels: string[]): Choice[] {
  const options = labels.map((label, n) => ({ key: choiceKey(session, String(n + 1)), label }))
  return [...options, { key: choiceKey(session, 'no'), label: text(turn, 'common.noneOfThese') }]
}

/**
 * The answer to what was held open. Null: it was no answer to that; the text is then read as an answer to the
 * question itself, so that a person may simply say it again.
 */
export function answerConfirming(walk: Walk, step: CompiledStep, confirming: Confirming, given: Answer): Move | null {
  switch (confirming.kind) {
    case 'value':
      return answerValue(walk, step, confirming, given)
    case 'options':
      return answerOptions(walk, step, confirming.options, given)
    case 'whichItem':
      return answerWhichItem(walk, given)
    case 'cancel':
    case 'restart':
    case 'another':
      return answerDecision(walk, step, confirming, given)
    case 'policy':
      return answerPolicy(walk, step, confirming.keys, given)
    case 'draft':
      return answerDraft(walk, step, given)
  }
}

/** The question at which it stopped has not been put yet, so nothing else can be an answer to it. */
function answerDraft(walk: Walk, step: CompiledStep, given: Answer): Move {
  const yes = yesOrNo(walk, given, ['common.goOn', 'common.draftNo'])
  if (yes === null) {
    putConfirming(walk, { kind: 'draft' })
    return { move: 'more' }
  }
  delete walk.session.confirming
  return yes ? askAgain(walk, step) : restart(walk)
}

function answerValue(
  walk: Walk,
  step: CompiledStep,
  { value, shown }: { value: Json; shown: string },
  given: Answer,
): Move | null {
  const yes = yesOrNo(walk, given, ['common.right', 'common.wrong'])
  if (yes === null) return letGo(walk, given)
  delete walk.session.confirming
  if (yes && step.accept) return step.accept(walk, value, shown)
  return askAgain(walk, step)
}

function answerOptions(
  walk: Walk,
  step: CompiledStep,
  options: { value: Json; label: string }[],
  given: Answer,
): Move | null {
  const number = pickNumber(
    walk,
    options.map(({ label }) => label),
    given,
  )
  if (number === null) return letGo(walk, given)
  delete walk.session.confirming
  const option = options[number - 1]
  return option && step.accept ? step.accept(walk, option.value, option.label) : askAgain(walk, step)
}

/** The answer that was chosen, and then the open question again. */
function answerPolicy(walk: Walk, step: CompiledStep, keys: string[], given: Answer): Move | null {
  const number = pickNumber(walk, policyTitles(walk, keys), given)
  if (number === null) return letGo(walk, given)
  delete walk.session.confirming
  const key = keys[number - 1]
  if (key !== undefined) tellChosenPolicy(walk.turn, key, regionOf(walk))
  return askAgain(walk, step)
}

function policyTitles({ turn }: Walk, keys: string[]): string[] {
  return keys.map(key => policyTitle(turn, key) ?? key)
}

function answerWhichItem(walk: Walk, given: Answer): Move | null {
  if (given.kind !== 'text') return null
  const item = itemNamed(walk, given.text)
  if (item === null) return null
  delete walk.session.confirming
  return { move: 'correct', item }
}

/** 4 or 电话. */
function itemNamed(walk: Walk, said: string): number | null {
  const { turn } = walk
  const heard = turn.library.readValue('number', said, { today: turn.context.today, min: 1 })
  if (heard.status === 'ok' && typeof heard.value === 'number') return heard.value
  const at = said.length > LONGEST_NAME ? -1 : itemsOf(walk).findIndex(item => isNamed(item, said))
  return at < 0 ? null : at + 1
}

/** 我要改身份证号码; more than that is a sentence. */
const LONGEST_NAME = 10

type Decision = Extract<Confirming, { kind: 'cancel' | 'restart' | 'another' }>
const decisionLabel: Record<Decision['kind'], string> = {
  cancel: 'common.cancelYes',
  restart: 'common.restartYes',
  another: 'common.anotherYes',
}

function answerDecision(walk: Walk, step: CompiledStep, confirming: Decision, given: Answer): Move | null {
  const yes = yesOrNo(walk, given, [decisionLabel[confirming.kind], 'common.goOn'])
  if (yes === null) return letGo(walk, given)
  delete walk.session.confirming
  if (!yes) return askAgain(walk, step)
  if (confirming.kind === 'restart') return restart(walk)
  if (confirming.kind === 'cancel') {
    walk.session.status = 'cancelled'
    trace(walk, 'cancelled')
  }
  if (confirming.kind === 'another') {
    walk.session.status = 'paused'
    walk.turn.conversation.queue = [{ flow: confirming.flow, slots: {} }, ...walk.turn.conversation.queue]
  }
  return { move: 'wait' }
}

function askAgain(walk: Walk, step: CompiledStep): Move {
  walk.session.visit += 1
  // A step that only acts was stopped by an earlier error: it is tried again (commands carry the same key).
  if (!step.put) return step.enter(walk)
  step.put(walk)
  return { move: 'more' }
}

// Neither yes nor no: most often the value once more, better said.
function letGo({ session }: Walk, given: Answer): null {
  if (given.kind === 'text') delete session.confirming
  return null
}

/** 1 … n for an option, n + 1 for none of these, null when it was no choice. */
function pickNumber({ turn }: Walk, labels: string[], given: Answer): number | null {
  if (given.kind === 'pressed') return given.value === 'no' ? labels.length + 1 : Number(given.value) || null
  if (given.kind !== 'text') return null
  const options = [...labels, text(turn, 'common.noneOfThese')].map((label, n) => ({ value: String(n + 1), label }))
  const heard = turn.library.readValue('choice', given.text, { today: turn.context.today, options })
  return heard.status === 'ok' ? Number(heard.value) || null : null
}
