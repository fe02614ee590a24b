/** Every rule, by hand. A rule without its broken sample fails the test beside this file. */
import type { CompiledFlow, Library } from '../machine.ts'
import type { Finding, Rule, StoredPosition } from './finding.ts'
import { keywordTwice } from './keywordTwice.ts'
import { loopWithoutAsk } from './loopWithoutAsk.ts'
import { missingHelp } from './missingHelp.ts'
import { missingText } from './missingText.ts'
import { questionWithoutTries } from './questionWithoutTries.ts'
import { removedStep } from './removedStep.ts'
import { sensitiveWithoutConsent } from './sensitiveWithoutConsent.ts'
import { steeringRating } from './steeringRating.ts'
import { textTooLong } from './textTooLong.ts'
import { unknownName } from './unknownName.ts'
import { unknownStep } from './unknownStep.ts'
import { unreachableStep } from './unreachableStep.ts'

export const rules: readonly Rule[] = [
  unknownStep,
  unreachableStep,
  loopWithoutAsk,
  missingText,
  missingHelp,
  questionWithoutTries,
  sensitiveWithoutConsent,
  textTooLong,
  keywordTwice,
  steeringRating,
  removedStep,
  unknownName,
]

/** All findings over all loaded revisions; `positions` is where people stand in stored conversations. */
export function checkFlows(library: Library, flows: CompiledFlow[], positions: StoredPosition[] = []): Finding[] {
  return rules.flatMap(rule => rule.check({ library, flows, positions }))
}
