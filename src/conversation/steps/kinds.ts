/** Every step kind, by hand. A kind without its case file in testdata fails the test beside this file. */
import type { CompiledStep } from '../machine.ts'
import { compileAsk } from './ask.ts'
import { compileBranch } from './branch.ts'
import { compileCollect } from './collect.ts'
import { compileCommit } from './commit.ts'
import { compileCommitment } from './commitment.ts'
import { compileEnd } from './end.ts'
import { compileHandoff } from './handoff.ts'
import { compileNotice } from './notice.ts'
import { compileReview } from './review.ts'
import { compileSay } from './say.ts'
import { compileSubflow } from './subflow.ts'
import type { StepSource } from './schema.ts'

export { stepKindNames } from './schema.ts'

/** @throws Error when a condition in it does not parse. */
export function compileStep(flow: string, step: StepSource): CompiledStep {
  switch (step.kind) {
    case 'say':
      return compileSay(flow, step)
    case 'ask':
      return compileAsk(flow, step)
    case 'branch':
      return compileBranch(step)
    case 'collect':
      return compileCollect(flow, step)
    case 'review':
      return compileReview(flow, step)
    case 'commitment':
      return compileCommitment(flow, step)
    case 'commit':
      return compileCommit(flow, step)
    case 'notice':
      return compileNotice(flow, step)
    case 'subflow':
      return compileSubflow(step)
    case 'handoff':
      return compileHandoff(flow, step)
    case 'end':
      return compileEnd(flow, step)
  }
}
