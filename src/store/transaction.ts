import type pg from 'pg'
import { Conflict, type Scope, type Tx } from '../app/ports.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { readFunnels } from './funnels.ts'
import { sqlState, UNIQUE_VIOLATION, type Log } from './pools.ts'
import { beginStatement, scopeSettings } from './scope.ts'
import { applicationsIn } from './tx/applications.ts'
import { auditIn } from './tx/audit.ts'
import { badRatingsIn } from './tx/badRatings.ts'
import { birthListsIn } from './tx/birthLists.ts'
import { careIn } from './tx/care.ts'
import { campaignsIn } from './tx/campaigns.ts'
import { certificatesIn } from './tx/certificates.ts'
import { confirmationsIn } from './tx/confirmations.ts'
import { complaintsIn } from './tx/complaints.ts'
import { commitmentsIn } from './tx/commitments.ts'
import { crossRegionIn } from './tx/crossRegion.ts'
import { evidenceIn } from './tx/evidence.ts'
import { exceptionsIn } from './tx/exceptions.ts'
import { figuresIn } from './tx/figures.ts'
import { identitiesIn } from './tx/identities.ts'
import { householdChangesIn } from './tx/householdChanges.ts'
import { householdsIn } from './tx/households.ts'
import { messagesIn } from './tx/messages.ts'
import { noticesIn } from './tx/notices.ts'
import { officersIn } from './tx/officers.ts'
import { outboxIn } from './tx/outbox.ts'
import { privacyIn } from './tx/privacy.ts'
import { ratingsIn } from './tx/ratings.ts'
import { surveysIn } from './tx/surveys.ts'
import { serviceCalendarsIn } from './tx/serviceCalendars.ts'
import { shortCodesIn } from './tx/shortCodes.ts'
import { relativesIn } from './tx/relatives.ts'
import { registerIn } from './tx/register.ts'
import { seatsIn } from './tx/seats.ts'
import { staffIn } from './tx/staff.ts'
import { staffSurveysIn } from './tx/staffSurveys.ts'
import { tasksIn } from './tx/tasks.ts'
import { turnsIn } from './tx/turns.ts'
import { windowFilingsIn } from './tx/windowFilings.ts'
import type { Work } from './work.ts'

export interface Transactions {
  pool: pg.Pool
  cipher: FieldCipher
  newId(): string
  log: Log
}

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
/** Somebody else was faster: the caller may read again and repeat. */
const conflicts = new Set([UNIQUE_VIOLATION, SERIALIZATION_FAILURE, DEADLOCK])

/** Runs `run` in one transaction with the eyes of `scope`; its rows are durable when this resolves. */
export async function inTransaction<T>(
  { pool, cipher, newId, log }: Transactions,
  scope: Scope,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const after: (() => void)[] = []
  let eyes = scope
  const work: Work = { client, cipher, newId, scope: () => eyes }
  const see = async (next: Scope) => {
    await setScope(client, next)
    eyes = next
  }
  let result: T
  try {
    await client.query(beginStatement(client, scope))
    result = await run(repositories(work, see, after))
    await client.query('commit')
  } catch (error) {
    await giveUp(client)
    throw conflicts.has(sqlState(error) ?? '') ? new Conflict('Somebody else was faster', { cause: error }) : error
  }
  client.release()
  for (const hook of after) runHook(hook, log)
  return result
}

async function setScope(client: pg.ClientBase, scope: Scope): Promise<void> {
  const { region, resident, system, officer } = scopeSettings(scope)
  await client.query({
    name: 'scope.set',
    text: `select set_config('app.region', $1, true), set_config('app.resident', $2, true), set_config('app.system', $3, true),
      set_config('app.officer', $4, true)`,
    values: [region, resident, system, officer],
  })
}

function repositories(work: Work, see: (scope: Scope) => Promise<void>, after: (() => void)[]): Tx {
  return {
    as: see,
    eyes: () => work.scope(),
    turns: turnsIn(work),
    applications: applicationsIn(work),
    tasks: tasksIn(work),
    exceptions: exceptionsIn(work),
    evidence: evidenceIn(work),
    staff: staffIn(work),
    care: careIn(work),
    relatives: relativesIn(work),
    confirmations: confirmationsIn(work),
    shortCodes: shortCodesIn(work),
    windowFilings: windowFilingsIn(work),
    certificates: certificatesIn(work),
    register: registerIn(work),
    commitments: commitmentsIn(work),
    complaints: complaintsIn(work),
    campaigns: campaignsIn(work),
    privacy: privacyIn(work),
    messages: messagesIn(work),
    households: householdsIn(work),
    householdChanges: householdChangesIn(work),
    seats: seatsIn(work),
    notices: noticesIn(work),
    serviceCalendars: serviceCalendarsIn(work),
    ratings: ratingsIn(work),
    badRatings: badRatingsIn(work),
    surveys: surveysIn(work),
    staffSurveys: staffSurveysIn(work),
    outbox: outboxIn(work),
    officers: officersIn(work),
    audit: auditIn(work),
    figures: figuresIn(work),
    identities: identitiesIn(work),
    birthLists: birthListsIn(work),
    crossRegion: crossRegionIn(work),
    funnels: query => readFunnels(work.client, query),
    afterCommit: hook => after.push(hook),
  }
}

/** A connection that cannot even roll back is in an unknown state and is thrown away. */
async function giveUp(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('rollback')
    client.release()
  } catch (error) {
    client.release(error instanceof Error ? error : true)
  }
}

/** The rows are committed: a failing hook may no longer fail the caller. */
function runHook(hook: () => void, log: Log): void {
  try {
    hook()
  } catch (error) {
    log('store.afterCommitFailed', { reason: error instanceof Error ? error.name : 'unknown' })
  }
}
