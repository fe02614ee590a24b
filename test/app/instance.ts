import { randomUUID } from 'node:crypto'
import type { App, InboundMessage } from '../../src/app/app.ts'
import { makeApp } from '../../src/app/makeApp.ts'
import type { ChannelName } from '../../src/app/ports.ts'
import type { AppParts } from '../../src/app/parts.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'
import { appParts } from '../../src/runtime/wireApp.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import type { World } from '../../src/domain/world.ts'
import type { TestDatabase } from '../store/database.ts'

/** One instance of the use cases on a real store and the real flows. */
export interface Instance {
  app: App
  kept: OpenStore
  parts: AppParts
  /** One turn of a resident, on the page unless said otherwise. */
  say(sender: string, text: string, channel?: ChannelName): ReturnType<App['takeTurn']>
  /** An officer's account. */
  appoint(username: string, role: Officer['role'], regionCode: string): Promise<Officer>
}

/** `world`: another clock than the real one. */
export function openInstance(database: TestDatabase, world = database.world): Instance {
  const kept = database.open({ world })
  const parts = appParts(readConfig({}), loadKnowledge('.'), {
    store: kept.store,
    world,
    wake: { outbox: () => undefined, timers: () => undefined },
    report: error => {
      throw error
    },
  })
  const app = makeApp(parts)
  return {
    app,
    kept,
    parts,
    say: (sender, text, channel = 'web') => app.takeTurn(turnOf(world, { sender, text, channel })),
    appoint: async (username, role, regionCode) => {
      const wanted = { id: username, username, name: username, role, regionCode, officePhone: null, disabled: false }
      const at = world.now()
      const id = await kept.officers.upsert({ officer: wanted, passwordHash: 'none', totpSecret: null, at })
      return { ...wanted, id }
    },
  }
}

function turnOf(
  world: World,
  { sender, text, channel }: { sender: string; text: string; channel: ChannelName },
): InboundMessage {
  return {
    address: { channel, sender, messageKey: randomUUID() },
    input: { kind: 'text', text },
    said: text,
    receivedAt: world.now(),
    passiveBudgetMs: null,
  }
}
