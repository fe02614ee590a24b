/** Every step kind, by hand. A kind without its case file in testdata fails the test beside this file. */
import { z } from 'zod'
import type { CompiledStep } from '../flow.ts'
import { askSchema, compileAsk } from './ask.ts'
import { branchSchema, compileBranch } from './branch.ts'
import { collectSchema, compileCollect } from './collect.ts'
import { commitSchema, compileCommit } from './commit.ts'
import { commitmentSchema, compileCommitment } from './commitment.ts'
import { compileEnd, endSchema } from './end.ts'
import { compileHandoff, handoffSchema } from './handoff.ts'
import { compileReview, reviewSchema } from './review.ts'
import { compileSay, saySchema } from './say.ts'

/** Any step as written in a flow. Strict: a misspelt field stops the load. */
export const stepSchema = z.discriminatedUnion('kind', [
  saySchema,
  askSchema,
  branchSchema,
  collectSchema,
  reviewSchema,
  commitmentSchema,
  commitSchema,
  handoffSchema,
  endSchema,
])
export type StepSource = z.infer<typeof stepSchema>
export type StepKindName = StepSource['kind']

export const stepKindNames = stepSchema.options.map(option => option.shape.kind.value)

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
    case 'handoff':
      return compileHandoff(flow, step)
    case 'end':
      return compileEnd(flow, step)
  }
}
