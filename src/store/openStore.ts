import type { EvidencePhotos } from '../app/evidence/evidencePort.ts'
import type { SharedAccount } from '../app/sharedAccount.ts'
import type { AuthStore, ChannelName, OutboxStore, Store, TimerStore } from '../app/ports.ts'
import type { StoredPosition } from '../conversation/check/finding.ts'
import type { Officer } from '../domain/officer.ts'
import type { WorkCalendar } from '../domain/workingDays.ts'
import type { Instant, World } from '../domain/world.ts'
import { asSystem } from './asSystem.ts'
import type { AccountStore } from '../app/officer/accountPort.ts'
import { openAccounts } from './accounts.ts'
import { openAuditTrail, type AuditTrail } from './auditSeal.ts'
import { openAuthStore } from './authStore.ts'
import type { CardStore } from '../app/officerCards/cardPort.ts'
import { openBulkImports, type BulkImports } from './bulkImport.ts'
import { openCardStore } from './cardStore.ts'
import { lookAfterCalendars } from './calendarLooks.ts'
import { openEvidencePhotos } from './evidencePhotos.ts'
import { exclusively } from './exclusively.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { readFlowPositions } from './flowPositions.ts'
import { openMasterData, type MasterData } from './masterData.ts'
import type { Connection } from './migrate.ts'
import { bindOfficerIdentity, redeemBindingCode, upsertOfficer, type OfficerAccount } from './officers.ts'
import { openOutboxStore } from './outboxStore.ts'
import { openPools, type Log } from './pools.ts'
import { openTimerStore } from './timerStore.ts'
import { openSharedAccount } from './sharedAccount.ts'
import { inTransaction } from './transaction.ts'
import { openTurnStore } from './turnStore.ts'

export interface OpenStoreOptions {
  connection: Connection
  cipher: FieldCipher
  world: World
  log: Log
  /** Connections for transactions. The shared statements of turns have their own. */
  workers?: number
  /** Shared statements of each kind (open, commit) under way at once. */
  lanes?: number
}

/** Everything that is kept, behind the ports of `app`, and what starting the service needs besides. */
export interface OpenStore {
  store: Store
  auth: AuthStore
  /** What officers change of their own accounts. */
  accounts: AccountStore
  outbox: OutboxStore
  timers: TimerStore
  audit: AuditTrail
  /** Cards of tasks in the officers' chat. */
  cards: CardStore
  /** Tokens and counts of the platforms, shared by all processes. */
  account: SharedAccount
  /** Photos of evidence that still lie with a platform. */
  evidencePhotos: EvidencePhotos
  officers: {
    upsert(account: OfficerAccount): Promise<string>
    bind(binding: { channel: ChannelName; sender: string; officerId: string; at: Instant }): Promise<void>
    redeem(code: { codeHash: Uint8Array; channel: ChannelName; sender: string; at: Instant }): Promise<Officer | null>
    count(): Promise<number>
  }
  /** Where people stand in their flows, for `flows:publish`. */
  flowPositions(): Promise<StoredPosition[]>
  /** Open cases follow the calendars that are loaded now; answers how many are looked at again. */
  lookAfterCalendars(calendars: readonly WorkCalendar[], at: Instant): Promise<number>
  /** Officers, calendars and places as the county imports them. */
  masterData: MasterData
  /** Households, registers and lists of births, of any length. */
  bulk: BulkImports
  /** How many residents are known; 0 on a fresh database. */
  residents(): Promise<number>
  /** Runs `run` in one process at a time. */
  exclusively<T>(name: string, run: () => Promise<T>): Promise<T>
  /** Resolves when the database answers. */
  ping(): Promise<void>
  /** Lets turns under way end, then closes the connections. */
  close(): Promise<void>
}

const WORKERS = 10
const LANES = 2

export function openStore(options: OpenStoreOptions): OpenStore {
  const { connection, cipher, world, log, workers = WORKERS, lanes = LANES } = options
  const pools = openPools(connection, { work: workers, turns: 2 * lanes }, log)
  const newId = () => world.newId()
  const turns = openTurnStore({ pool: pools.turns, cipher, newId, lanes })
  const pool = pools.work
  const audit = openAuditTrail(pool, cipher)
  const count = async (table: 'officer' | 'resident') =>
    (await pool.query<{ n: number }>(`select count(*) as n from ${table}`)).rows[0]?.n ?? 0
  return {
    store: {
      turns,
      transaction: (scope, run) => inTransaction({ pool, cipher, newId, log }, scope, run),
      checkSeal: () => audit.check(),
    },
    auth: openAuthStore({ pool, cipher, newId }),
    accounts: openAccounts({ pool, cipher, newId }),
    outbox: openOutboxStore({ pool, cipher }),
    timers: openTimerStore(pool),
    audit,
    cards: openCardStore({ pool, cipher, newId }),
    account: openSharedAccount({ pool, cipher }),
    evidencePhotos: openEvidencePhotos({ pool, cipher, newId }),
    officers: {
      upsert: account => asSystem(pool, client => upsertOfficer({ client, cipher, newId }, account)),
      bind: binding => bindOfficerIdentity(pool, cipher, binding),
      redeem: code => redeemBindingCode(pool, cipher, code),
      count: () => count('officer'),
    },
    flowPositions: () => readFlowPositions(pool, cipher),
    lookAfterCalendars: (calendars, at) => lookAfterCalendars(pool, calendars, at),
    masterData: openMasterData({ pool, cipher, newId }),
    bulk: openBulkImports({ connection, cipher, log, newId }),
    residents: () => count('resident'),
    exclusively: (name, run) => exclusively(pool, name, run),
    ping: async () => {
      await pool.query('select 1')
    },
    close: async () => {
      await turns.idle()
      await pools.close()
    },
  }
}
