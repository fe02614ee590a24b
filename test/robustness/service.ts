import type { App } from '../../src/app/app.ts'
import { makeApp } from '../../src/app/makeApp.ts'
import type { CrashPointName, TurnAnswer } from '../../src/app/ports.ts'
import type { TurnInput } from '../../src/conversation/types.ts'
import type { World } from '../../src/domain/world.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { appParts } from '../../src/runtime/wireApp.ts'
import { openConversation } from '../../src/store/turnRows.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'

/** Thrown at a named place instead of ending the process: what was not committed there is lost all the same. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** Two instances of the use cases on one real database, with a clock that walks can move and a switch that kills. */
export interface Service {
  database: TestDatabase
  world: World & { advance(ms: number): void }
  /** Takes a message on one of the instances. */
  take(sender: string, key: string, input: TurnInput, instance?: number): Promise<TurnAnswer>
  fire(timer: Timer): Promise<void>
  /** The next turn or timer dies at this place, once. */
  killAt(point: CrashPointName): void
  /** False when the place was reached since `killAt`. */
  disarm(): boolean
  timersOf(sender: string): Promise<Timer[]>
  stateOf(sender: string): Promise<State>
  close(): Promise<void>
}

export type Timer = Parameters<App['fireTimer']>[0]

export interface State {
  residentId: string
  /** Counts every move of the conversation. */
  version: number
  /** As stored, before encryption. */
  json: string
}

export async function openService(): Promise<Service> {
  const database = await testDatabase()
  const world = movingWorld()
  const armed: { at: CrashPointName | null } = { at: null }
  const apps = [0, 1].map(() => {
    const { store } = database.open({ world })
    const parts = appParts(readConfig({}), loadKnowledge('.'), {
      ...{ store, world },
      wake: { outbox: () => undefined, timers: () => undefined },
      report: () => undefined,
    })
    return makeApp({ ...parts, crash: point => crash(armed, point) })
  })
  const app = (instance: number): App => {
    const chosen = apps[instance % apps.length]
    if (!chosen) throw new Error('no instance')
    return chosen
  }
  const opened = database.open({ world })
  const residentOf = async (sender: string): Promise<string> => {
    const address = { channel: 'web', sender, messageKey: 'looked-at' } as const
    return (await opened.store.turns.open(address, world.now())).resident.id
  }
  return {
    ...{ database, world },
    take: (sender, messageKey, input, instance = 0) =>
      app(instance).takeTurn({
        address: { channel: 'web', sender, messageKey },
        ...{ input, said: input.kind, receivedAt: world.now(), passiveBudgetMs: null },
      }),
    fire: timer => app(0).fireTimer(timer),
    killAt: point => {
      armed.at = point
    },
    disarm: () => {
      const waiting = armed.at !== null
      armed.at = null
      return waiting
    },
    timersOf: async sender => {
      const residentId = await residentOf(sender)
      const rows = await database.sql('select * from timer where resident_id = $1 order by session_id, name', [
        residentId,
      ])
      return rows.map(row => timerOf(residentId, row))
    },
    stateOf: async sender => {
      const residentId = await residentOf(sender)
      const [row] = await database.sql('select version, state from conversation where resident_id = $1', [residentId])
      const sealed = row?.['state']
      const json = Buffer.isBuffer(sealed) ? JSON.stringify(openConversation(database.cipher, residentId, sealed)) : ''
      return { residentId, version: Number(row?.['version'] ?? 0), json }
    },
    close: () => database.close(),
  }
}

function crash(armed: { at: CrashPointName | null }, point: CrashPointName): void {
  if (armed.at !== point) return
  armed.at = null
  throw new Killed(point)
}

function timerOf(residentId: string, row: Record<string, unknown>): Timer {
  const name = row['name'] === 'remind' ? 'remind' : 'expire'
  return { residentId, sessionId: String(row['session_id']), name, turnId: String(row['turn_id']) }
}

/** Real chance, a clock of its own: it starts in office hours and goes on when told. */
function movingWorld(): Service['world'] {
  let at = Date.parse('2026-11-23T09:00:00+08:00')
  return {
    ...realWorld(),
    now: () => at,
    advance: ms => {
      at += ms
    },
  }
}
