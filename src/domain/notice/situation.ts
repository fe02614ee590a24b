import type { Application } from '../application.ts'
import type { Situation } from './notice.ts'

/** Answers from which circumstances are known, by slot; anything else says nothing. */
export interface SituationAnswers {
  stage?: unknown
  registrant?: unknown
  married?: unknown
  remarried?: unknown
}

/** Circumstances as far as the answers tell. Who is not married has not married again. */
export function situationFrom({ stage, registrant, married, remarried }: SituationAnswers): Situation {
  return {
    ...(stage === 'born' || stage === 'expecting' ? { born: stage === 'born', expecting: stage === 'expecting' } : {}),
    ...(typeof registrant === 'string' ? { proxy: registrant === 'proxy' } : {}),
    ...(typeof married === 'boolean' ? { married } : {}),
    ...(typeof remarried === 'boolean' ? { remarried } : married === false ? { remarried: false } : {}),
  }
}

/** The circumstances of a case that was filed. */
export function situationOf({ matter, content }: Application): Situation {
  const proxy = { proxy: content.proxy !== null }
  if (matter !== 'birthRegistration') return proxy
  return { ...situationFrom({ ...content }), ...proxy }
}
