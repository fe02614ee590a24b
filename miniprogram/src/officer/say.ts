import type { Problem } from '../api/answer.ts'
import { t, tWord } from '../text.ts'

const CODES = ['taken', 'staleFence', 'notAllowed', 'alreadyDone', 'tooManyReveals', 'notFound'] as const

function firstSentence({ kind, code, title }: Problem): string {
  if (kind === 'unreachable') return t('problem.unreachable')
  const known = CODES.find(word => word === code)
  if (known) return t(`problem.${known}`)
  return ended(title) || t(kind === 'busy' ? 'problem.busy' : 'problem.refused')
}

/** Titles of the service come without a full stop, and more sentences may follow. */
const ended = (title: string) => title.replace(/[\u4e00-\u9fff]$/, '$&。')

/** What went wrong, who holds it, what is possible now: in words for the officer. */
export function sayProblem(problem: Problem): string {
  const sentences = [firstSentence(problem)]
  if (problem.heldBy) sentences.push(t('problem.heldBy', { name: problem.heldBy }))
  if (problem.allowed.length > 0) {
    const actions = problem.allowed.map(action => tWord('action', action)).join('、')
    sentences.push(t('problem.allowed', { actions }))
  }
  return sentences.join('')
}
