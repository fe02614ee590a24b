/** Our service below the web: `takeTurn` as wired in production, two instances on one embedded PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { makeApp } from '../../src/app/makeApp.ts'
import type { App } from '../../src/app/app.ts'
import { converse } from '../../src/conversation/converse.ts'
import type { Json } from '../../src/conversation/types.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { openEmbeddedPostgres } from '../../src/runtime/embeddedPostgres.ts'
import { openFieldCipher, passingMasterKeys } from '../../src/runtime/fieldCipher.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { appParts } from '../../src/runtime/wireApp.ts'
import { dataKeysOf } from '../../src/store/dataKeys.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore, type OpenStore } from '../../src/store/openStore.ts'
import { benchLibrary } from '../engine/library.ts'
import { root } from '../places.ts'
import type { Contender, Dialogue } from './dialogue.ts'

const OPENING = '开始提问'

export async function makeContender(): Promise<Contender> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'nuanxin-burst-'))
  const server = await openEmbeddedPostgres({ dir: path.join(dir, 'postgres'), log: () => undefined })
  await migrate(server.connection, path.join(root, 'src', 'store', 'migrations'))
  const cipher = await openFieldCipher({
    master: passingMasterKeys(),
    dataKeys: dataKeysOf(server.connection),
    algorithm: 'aes',
  })
  const world = realWorld()
  const stores = [0, 1].map(() => openStore({ connection: server.connection, cipher, world, log: () => undefined }))
  const fault: Fault = { armed: false }
  const apps = stores.map(store => instance(store, fault))
  let residents = 0
  return {
    name: 'Nuanxin, two instances on PostgreSQL',
    open: async () => openDialogue({ apps, stores, fault, sender: `resident-${++residents}` }),
    close: async () => {
      await Promise.all(stores.map(store => store.close()))
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Whether the next turn throws after its step has run and before anything is written. */
interface Fault {
  armed: boolean
}

function instance({ store }: OpenStore, fault: Fault): App {
  const knowledge = { ...loadKnowledge(root), library: benchLibrary('burst', 'burst') }
  const wake = { outbox: () => undefined, timers: () => undefined }
  const parts = appParts(readConfig({}), knowledge, { store, world: realWorld(), wake, report: () => undefined })
  return makeApp({
    ...parts,
    converse: (conversation, input, context) => {
      const result = converse(knowledge.library, conversation, input, context)
      if (!fault.armed) return result
      fault.armed = false
      throw new Error('backend down')
    },
  })
}

interface Place {
  apps: App[]
  stores: OpenStore[]
  fault: Fault
  sender: string
}

async function openDialogue({ apps, stores, fault, sender }: Place): Promise<Dialogue> {
  const seen: string[] = []
  const address = (messageId: number) => ({ channel: 'web' as const, sender, messageKey: String(messageId) })
  let turn = 0
  const say = async (text: string, messageId: number): Promise<void> => {
    // Messages reach the instances in turn, as behind a load balancer.
    const app = apps[turn++ % apps.length]
    const message = { address: address(messageId), input: { kind: 'text' as const, text }, said: text }
    try {
      const answer = await app?.takeTurn({ ...message, receivedAt: Date.now(), passiveBudgetMs: null })
      // The answer to a repeated message is the stored one: the platform shows it once.
      if (answer && !answer.repeated) seen.push(...answer.replies.map(reply => reply.text).filter(isPrompt))
    } catch {
      seen.push('error')
    }
  }
  const kept = async (): Promise<string[]> => {
    const opened = await stores[0]?.store.turns.open(address(-1), Date.now())
    const slots: Record<string, Json> = opened?.conversation?.sessions[0]?.slots ?? {}
    return Object.values(slots).map(String)
  }
  const failOnce = (): void => {
    fault.armed = true
  }
  return { say: (text, id) => say(text === 'hi' ? OPENING : text, id), failOnce, seen: () => seen, kept }
}

/** Greetings and the like are no questions. */
const isPrompt = (text: string): boolean => /^Q\d$/.test(text)
