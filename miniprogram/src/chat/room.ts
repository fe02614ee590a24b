import { reactive } from 'vue'
import type { Answer } from '../api/answer.ts'
import type { HistoryEntry } from '../api/chatShapes.ts'
import type { Page } from '../api/decode.ts'
import type { ResidentApi } from '../api/residentApi.ts'
import type { ResidentSession } from '../api/residentSession.ts'
import { interruptibleWait } from '../offline/oneByOne.ts'
import { createStop, type Platform, type Stop } from '../platform/platform.ts'
import { createEventReader } from './eventStream.ts'
import {
  bubblesOf,
  mergeHistory,
  notYetIn,
  oldestFirst,
  questionOf,
  type AnsweredTurn,
  type Bubble,
  type Question,
} from './feed.ts'
import { createOutgoing, type Outgoing, type OutgoingTurn } from './outgoing.ts'

export interface RoomState {
  bubbles: Bubble[]
  question: Question | null
  /** False until the history was read once. */
  loaded: boolean
  /** The service cannot be reached just now. */
  offline: boolean
  /** Cursor of what was said earlier. */
  earlier: string | null
  /** Why there is no chat for this person here (no login); empty as long as there is one. */
  closed: string
  /** The login had ended and this is the chat of a new guest: what was said before is not here. */
  startedAnew: boolean
  /** The newest words of the service, for screen readers. */
  announcement: string
}

export interface Room {
  state: RoomState
  say(body: { text?: string; choice?: string; mediaId?: string }, said: string): void
  drop(messageId: string): void
  /** What was said is gone from the service: it goes from here too, and the chat opens anew. */
  empty(): void
  loadEarlier(): Promise<void>
  open(): void
  close(): void
  /** The network is back or the page is seen again. */
  awake(): void
}

export interface RoomParts {
  platform: Platform
  session: ResidentSession
  api: ResidentApi
}

/** Without a stream (mini-program) the history is read this often while the chat is open. */
const POLL_MS = 5_000
const RECONNECT_MS = 3_000
/** Where there is no login a page left open asks again only now and then. */
const CLOSED_MS = 60_000

export function createRoom({ platform, session, api }: RoomParts): Room {
  const state = reactive<RoomState>({
    bubbles: [],
    question: null,
    loaded: false,
    offline: false,
    earlier: null,
    closed: '',
    startedAnew: false,
    announcement: '',
  })
  let history: HistoryEntry[] = []
  let answered: AnsweredTurn[] = []
  let waiting: readonly OutgoingTurn[] = []
  let stop: (Stop & { stop(): void }) | null = null
  let heard: Set<string> | null = null
  let newsWaits = false
  let renewals = session.renewals()

  function show(): void {
    state.bubbles = bubblesOf(history, answered, waiting)
    state.question = questionOf(history, answered, waiting)
    announce()
  }

  /** What was there when the chat opened is not read out again. */
  function announce(): void {
    const service = state.bubbles.filter(({ from }) => from === 'service')
    if (!state.loaded) return
    const known = heard
    const fresh = known ? service.filter(({ key }) => !known.has(key)) : []
    heard = new Set(service.map(({ key }) => key))
    if (fresh.length > 0) state.announcement = fresh.map(({ text }) => text).join('\n')
  }

  const outgoing: Outgoing = createOutgoing({
    store: platform.store,
    newId: platform.newId,
    turn: api.turn,
    wait: interruptibleWait,
    onChange(turns) {
      waiting = turns
      state.offline = turns.some(turn => turn.state === 'retrying')
      show()
    },
    onAnswered(turn, replies) {
      answered = notYetIn(history, [...answered, { turn, replies }])
      state.offline = false
      show()
      if (newsWaits || session.renewals() !== renewals) void refresh()
    },
  })

  /** Something was said. While a turn of ours is under way it is part of that news: wait for its answer. */
  function news(): void {
    newsWaits = waiting.some(turn => turn.state === 'sending')
    if (!newsWaits) void refresh()
  }

  /** Turns answered before the request went out are in the history that comes back. */
  async function refresh(): Promise<void> {
    newsWaits = false
    const settled = new Set(answered)
    const result = await api.history(null)
    if (!result.ok) {
      state.offline = result.problem.kind !== 'refused'
      if (!state.offline) state.closed = result.problem.title || result.problem.code
      return
    }
    noteNewPerson()
    history = mergeHistory(history, oldestFirst(result.value.items))
    const unsettled = answered.filter(turn => !settled.has(turn))
    answered = notYetIn(history, unsettled)
    arrived(result)
    show()
  }

  /** A guest whose login ended is somebody new to the service; the chat opens as for a first visit, and says so. */
  function noteNewPerson(): void {
    if (session.renewals() === renewals) return
    renewals = session.renewals()
    if (platform.loginKeepsPerson) return
    state.startedAnew = true
    state.loaded = false
    heard = null
  }

  function arrived(result: Extract<Answer<Page<HistoryEntry>>, { ok: true }>): void {
    state.offline = waiting.some(turn => turn.state === 'retrying')
    state.closed = ''
    if (state.loaded) return
    state.loaded = true
    state.earlier = result.value.next
    if (history.length === 0 && waiting.length === 0) outgoing.add({}, '')
  }

  async function loadEarlier(): Promise<void> {
    const result = await api.history(state.earlier)
    if (!result.ok) return
    const known = new Set(history.map(({ id }) => id))
    history = [...oldestFirst(result.value.items).filter(({ id }) => !known.has(id)), ...history]
    state.earlier = result.value.next
    show()
  }

  async function followOnce(until: Stop): Promise<void> {
    const headers = platform.stream ? await session.headers() : null
    if (!platform.stream || !headers) return
    const request = {
      method: 'GET' as const,
      path: '/api/chat/events',
      headers: { ...headers, accept: 'text/event-stream' },
    }
    const status = await platform.stream(request, createEventReader(news), until).catch(() => 0)
    if (status === 401) session.forget()
  }

  /** Reads the history, listens while it can, and starts again: nothing said in between is missed. */
  async function follow(until: Stop): Promise<void> {
    while (!until.stopped) {
      await refresh()
      if (until.stopped) return
      await followOnce(until)
      if (until.stopped) return
      const wait = interruptibleWait(state.closed ? CLOSED_MS : platform.stream ? RECONNECT_MS : POLL_MS)
      until.whenStopped(wait.wake)
      await wait.done
    }
  }

  return {
    state,
    say(body, said) {
      state.startedAnew = false
      outgoing.add(body, said)
    },
    drop: outgoing.drop,
    empty() {
      history = []
      answered = []
      heard = null
      state.loaded = false
      show()
    },
    loadEarlier,
    open() {
      if (stop) return
      stop = createStop()
      void follow(stop)
    },
    close() {
      stop?.stop()
      stop = null
    },
    awake() {
      outgoing.wake()
      void refresh()
    },
  }
}
