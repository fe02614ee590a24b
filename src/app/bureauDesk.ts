/** The port to other bureaus: what they are told, and how an answer comes back. */
import type { ConfirmationRequest } from './lifePorts.ts'

/** What a bureau may be told of the person: only what the officer ticks. */
export const sharedFields = ['applicantName', 'applicantId', 'phone'] as const
export type SharedField = (typeof sharedFields)[number]

export interface ConfirmationAnswer {
  requestId: string
  token: string
  answer: 'accepted' | 'rejected'
  note: string | null
}

/** What came of an answer. `unknown`: no such request, a token that does not fit, or too late; nobody learns which. */
export type AnswerTaken = 'taken' | 'repeated' | 'unknown'

/** A request on its way to a bureau, with the token of its answer. */
export interface OutgoingConfirmation extends ConfirmationRequest {
  token: string
}

/** Carries requests out and brings answers in; there is one for files, and a real one for each interface of a bureau. */
export interface BureauDesk {
  /** The same request may come twice; it is to be one for the bureau. */
  send(request: OutgoingConfirmation): Promise<void>
  /** Answers that lie there; `take` is asked for each, and what it took or knew is put away. */
  collect(take: (answer: ConfirmationAnswer) => Promise<AnswerTaken>): Promise<void>
}
