/** Every rule, by hand. A rule without its broken sample fails the test beside this file. */
import type { CompiledFlow, Library } from '../machine.ts'
import { bereavedWording } from './bereavedWording.ts'
import { brokenMigration } from './brokenMigration.ts'
import { changedRevision } from './changedRevision.ts'
import { exitWithoutText } from './exitWithoutText.ts'
import type { Finding, Rule, StoredPosition } from './finding.ts'
import { keywordTwice } from './keywordTwice.ts'
import { longTextWithoutReason } from './longTextWithoutReason.ts'
import { loopWithoutAsk } from './loopWithoutAsk.ts'
import { missingHelp } from './missingHelp.ts'
import { missingText } from './missingText.ts'
import { questionWithoutTries } from './questionWithoutTries.ts'
import { recursion } from './recursion.ts'
import { removedStep } from './removedStep.ts'
import { sensitiveWithoutConsent } from './sensitiveWithoutConsent.ts'
import { sensitiveWithoutPurpose } from './sensitiveWithoutPurpose.ts'
import { steeringRating } from './steeringRating.ts'
import { steeringWords } from './steeringWords.ts'
import { textTooLong } from './textTooLong.ts'
import { unknownFlow } from './unknownFlow.ts'
import { unknownName } from './unknownName.ts'
import { unknownStep } from './unknownStep.ts'
import { unreachableEnd } from './unreachableEnd.ts'
import { unreachableStep } from './unreachableStep.ts'
import { unsoundOpening } from './unsoundOpening.ts'
import { unsoundSurvey } from './unsoundSurvey.ts'

export const rules: readonly Rule[] = [
  unknownStep,
  unreachableStep,
  unreachableEnd,
  loopWithoutAsk,
  unknownFlow,
  recursion,
  missingText,
  exitWithoutText,
  missingHelp,
  questionWithoutTries,
  sensitiveWithoutConsent,
  sensitiveWithoutPurpose,
  textTooLong,
  longTextWithoutReason,
  bereavedWording,
  keywordTwice,
  steeringRating,
  steeringWords,
  unknownName,
  unsoundOpening,
  unsoundSurvey,
  removedStep,
  changedRevision,
  brokenMigration,
]

/** All findings over all loaded revisions; `positions` is where people stand in stored conversations. */
export function checkFlows(library: Library, flows: CompiledFlow[], positions: StoredPosition[] = []): Finding[] {
  return rules.flatMap(rule => rule.check({ library, flows, positions }))
}
