/** One resident talking to one engine; prompts are `Q1` to `Q6`. */
export interface Dialogue {
  /** Hands in a message. Resolves when the engine is through with it, however it ended. */
  say(text: string, messageId: number): Promise<void>
  /** From now on one step throws, once. */
  failOnce(): void
  /** All that the resident saw, in order: prompts, and `error` where handing in failed. */
  seen(): string[]
  /** Answers that are kept, in any order; null when the engine cannot be asked. */
  kept(): Promise<string[] | null>
}

export interface Contender {
  name: string
  /** A fresh resident. */
  open(): Promise<Dialogue>
  close(): Promise<void>
}

export type MakeContender = () => Contender | Promise<Contender>
