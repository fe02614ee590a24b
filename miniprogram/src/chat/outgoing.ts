import type { Answer } from '../api/answer.ts'
import type { Reply } from '../api/chatShapes.ts'
import { fields, list, text, textOrNull } from '../api/decode.ts'
import type { TurnBody } from '../api/residentApi.ts'
import { oneByOne, type Wait } from '../offline/oneByOne.ts'
import type { KeyValue } from '../platform/platform.ts'

/** One answer of the resident on its way. It keeps its id through every attempt, so the service takes it once. */
export interface OutgoingTurn {
  messageId: string
  body: TurnBody
  /** What the bubble shows; empty for the turn that opens the chat. */
  said: string
  state: 'sending' | 'retrying' | 'refused'
  /** The service's sentence when it refused the turn for good. */
  reason: string
}

export interface OutgoingParts {
  store: KeyValue
  newId(): string
  turn(messageId: string, body: TurnBody): Promise<Answer<Reply[]>>
  wait(ms: number): Wait
  onChange(turns: readonly OutgoingTurn[]): void
  onAnswered(turn: OutgoingTurn, replies: Reply[]): void
}

export interface Outgoing {
  add(body: TurnBody, said: string): void
  /** The network is back or the page is seen again: try at once. */
  wake(): void
  /** Takes back a turn that the service refused. */
  drop(messageId: string): void
}

const KEY = 'nuanxin.outgoing'
/** Pauses between attempts; the last is kept. Short at first, for a phone that passes through a tunnel. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000]

function turnBody(value: unknown): TurnBody {
  const from = fields(value)
  const body: TurnBody = {}
  for (const key of ['text', 'choice', 'mediaId'] as const) {
    const content = textOrNull(from, key)
    if (content !== null) body[key] = content
  }
  return body
}

function storedTurn(value: unknown): OutgoingTurn {
  const from = fields(value)
  return {
    messageId: text(from, 'messageId'),
    body: turnBody(from['body']),
    said: text(from, 'said'),
    state: from['state'] === 'refused' ? 'refused' : 'sending',
    reason: textOrNull(from, 'reason') ?? '',
  }
}

/** What an earlier page left unsent. A format it cannot read is an older client's; its turns cannot be sent. */
function storedTurns(store: KeyValue): OutgoingTurn[] {
  try {
    return list(JSON.parse(store.read(KEY) ?? '[]'), storedTurn)
  } catch {
    return []
  }
}

/** Sends turns one after another, in the order in which they were said, until each is answered or refused. */
export function createOutgoing(parts: OutgoingParts): Outgoing {
  let turns = storedTurns(parts.store)

  function set(changed: OutgoingTurn[]): void {
    turns = changed
    parts.store.write(KEY, JSON.stringify(turns))
    parts.onChange(turns)
  }

  function mark(messageId: string, change: Partial<OutgoingTurn>): void {
    set(turns.map(turn => (turn.messageId === messageId ? { ...turn, ...change } : turn)))
  }

  /** True when this turn is settled and the next may go. */
  async function attempt(turn: OutgoingTurn): Promise<boolean> {
    const answer = await parts.turn(turn.messageId, turn.body)
    if (answer.ok) {
      set(turns.filter(({ messageId }) => messageId !== turn.messageId))
      parts.onAnswered(turn, answer.value)
      return true
    }
    const refused = answer.problem.kind === 'refused'
    mark(turn.messageId, refused ? { state: 'refused', reason: answer.problem.title } : { state: 'retrying' })
    return refused
  }

  const line = oneByOne({
    next: () => turns.find(turn => turn.state !== 'refused') ?? null,
    ...{ attempt, pauses: PAUSES_MS, wait: parts.wait },
  })

  parts.onChange(turns)
  line.run()
  return {
    add(body, said) {
      const turn: OutgoingTurn = { messageId: parts.newId(), body, said, state: 'sending', reason: '' }
      set([...turns, turn])
      line.run()
    },
    wake: line.wake,
    drop: messageId => set(turns.filter(turn => turn.messageId !== messageId)),
  }
}
