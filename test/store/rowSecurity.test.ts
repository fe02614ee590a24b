/* Over 400 lines: all tables of the cases stand together, because every test looks at the same two cases with other eyes. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Conflict, type Page, type Scope, type Tx } from '../../src/app/ports.ts'
import type { Application } from '../../src/domain/application.ts'
import type { Task } from '../../src/domain/task.ts'
import { openTask } from '../../src/domain/taskState.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf } from './turns.ts'

const villageA = '420702104212'
const villageB = '420702104200'
const system: Scope = { kind: 'system' }
const officerOf = (regionCode: string): Scope => ({ kind: 'officer', officerId: 'o', regionCode })

let db: TestDatabase
let open: OpenStore
let residentA: string
let residentB: string
beforeAll(async () => {
  db = await testDatabase()
  // One connection for transactions: whatever one leaves behind, the next one meets.
  open = db.open({ workers: 1 })
  residentA = await newResident('a')
  residentB = await newResident('b')
  await within(system, async tx => {
    await file(tx, 'a1', villageA, residentA)
    await file(tx, 'b1', villageB, residentB)
  })
})
afterAll(() => db?.close())

const within = <T>(scope: Scope, run: (tx: Tx) => Promise<T>) => open.store.transaction(scope, run)
const newResident = async (name: string) =>
  (await open.store.turns.open(addressOf(`rls-${name}`, 'm'), db.world.now())).resident.id

export function applicationOf(id: string, regionCode: string, residentId: string): Application {
  const at = db.world.now()
  return {
    id,
    number: `N-${id}`,
    matter: 'birthRegistration',
    regionCode,
    residentId,
    receivedAt: at,
    content: {
      registrant: 'mother',
      applicantName: '欧阳测试',
      applicantId: '420702199001010008',
      phone: '13800000000',
      proxy: null,
      stage: 'expecting',
      birthDate: '2027-01-15',
      childName: null,
      earlierChildren: 0,
      married: null,
      regionCode,
      regionName: '测试村',
    },
    actions: [
      {
        applicationId: id,
        seq: 1,
        at,
        actor: { kind: 'resident', id: residentId },
        event: { type: 'submitted', online: true, assisted: false },
      },
    ],
  }
}

function taskOf(id: string, application: Application, promiseDue: string | null = '2026-12-01'): Task {
  return openTask({
    id,
    source: 'applicationStep',
    regionCode: application.regionCode,
    applicationId: application.id,
    summary: '生育登记 欧*',
    promiseDue,
    createdAt: application.receivedAt,
  })
}
const created = (taskId: string) => ({
  taskId,
  seq: 1,
  at: db.world.now(),
  actor: { kind: 'system' as const },
  fence: 0,
  event: { type: 'created' as const, source: 'applicationStep' as const },
})

/** What stands beside a case: its correction, its mark, a question to a bureau, a code, the key of the window. */
async function fileBeside(tx: Tx, application: Application) {
  const { id, regionCode, residentId } = application
  await tx.applications.correct(application, { seq: 2, content: application.content, at: 0 })
  await tx.applications.setMarks(application, [{ kind: 'phoneAndMonth', value: 'the same' }])
  await tx.confirmations.insert({
    ...{ id: `q-${id}`, applicationId: id, regionCode, residentId, bureau: '民政局', askedAt: 0, expiresAt: 9 },
    question: { text: '是否在册', about: {} },
  })
  const codeHash = new TextEncoder().encode(id)
  const code = { purpose: 'invitation' as const, residentId, officerId: null, content: { slot: 'x' } }
  await tx.shortCodes.insert({ ...code, codeHash, regionCode, at: 0, expiresAt: 1e13 })
  await tx.windowFilings.insert('o', `key-${id}`, application)
}

async function file(tx: Tx, id: string, regionCode: string, residentId: string) {
  const application = applicationOf(id, regionCode, residentId)
  await tx.applications.insert(application)
  await tx.applications.claimSubject({ matter: 'birthRegistration', subject: `s-${id}`, period: '2027' }, id)
  await tx.tasks.insert(taskOf(`t-${id}`, application), created(`t-${id}`))
  await tx.certificates.insert(
    {
      id: `c-${id}`,
      number: `C-${id}`,
      applicationId: id,
      regionCode,
      residentId,
      issuedAt: 0,
      status: 'valid',
      title: '登记凭证',
    },
    `code-${id}`,
  )
  await fileBeside(tx, application)
  await tx.ratings.insert({ applicationId: id, regionCode, level: 5, reasons: [], comment: '很好', at: 0 })
  await tx.audit.add({
    actor: { kind: 'system' },
    action: 'application.submit',
    objectKind: 'application',
    objectId: id,
    regionCode,
    detail: {},
    at: 0,
  })
}

describe('rows are seen by place', () => {
  test.each([
    ['the village', villageA, ['a1']],
    ['the neighbouring village', villageB, ['b1']],
    ['the town', '420702104', ['a1', 'b1']],
    ['another town', '420704108', []],
    ['the county', '420702', ['a1', 'b1']],
    ['an officer without a place', '', []],
  ])('%s sees what lies in it', async (_, place, expected) => {
    const seen = await within(officerOf(place), async tx => ({
      applications: (await tx.applications.list({ limit: 10 })).items.map(({ id }) => id).sort(),
      tasks: (await tx.tasks.list({ limit: 10 })).items.map(({ applicationId }) => applicationId).sort(),
      b: await tx.applications.byId('b1'),
    }))
    expect(seen.applications).toEqual(expected)
    expect(seen.tasks).toEqual(expected)
    expect(seen.b !== null).toBe(expected.includes('b1'))
  })

  test('a resident sees his own and nobody else', async () => {
    const seen = await within({ kind: 'resident', residentId: residentA }, async tx => ({
      own: (await tx.applications.ofResident(residentA)).map(({ id }) => id),
      other: await tx.applications.ofResident(residentB),
      certificate: await tx.certificates.byNumber('C-b1'),
      rating: await tx.ratings.ofApplications(['b1']),
    }))
    expect(seen).toEqual({ own: ['a1'], other: [], certificate: null, rating: [] })
  })

  test('an officer cannot act on a case of the neighbouring village', async () => {
    const action = {
      applicationId: 'b1',
      seq: 2,
      at: 0,
      actor: { kind: 'system' as const },
      event: { type: 'withdrawn' as const, reason: null },
    }
    await expect(within(officerOf(villageA), tx => tx.applications.append(action, 'withdrawn'))).rejects.toThrow(
      Conflict,
    )
    await expect(
      within(officerOf(villageA), tx => tx.applications.insert(applicationOf('x', villageB, residentB))),
    ).rejects.toThrow('row-level security')
  })

  test('a likeness is told across places, as ids and the place, and only of a case that the asker sees', async () => {
    const asked = (ids: string[]) => within(officerOf(villageA), tx => tx.applications.similar(ids))
    expect(await asked(['a1'])).toEqual([
      { applicationId: 'a1', otherId: 'b1', kind: 'phoneAndMonth', otherRegion: villageB },
    ])
    expect(await asked(['b1'])).toEqual([])
  })

  test('questions and codes of another place are not there', async () => {
    const seen = await within(officerOf(villageA), async tx => ({
      own: (await tx.confirmations.byId('q-a1'))?.question.text,
      other: await tx.confirmations.byId('q-b1'),
      code: await tx.shortCodes.redeem(new TextEncoder().encode('b1'), 'invitation', 1),
      filing: await tx.windowFilings.find('o', 'key-b1'),
    }))
    expect(seen).toEqual({ own: '是否在册', other: null, code: null, filing: null })
  })

  test('eyes changed within a transaction leave nothing of the former ones', async () => {
    const seen = await within(system, async tx => {
      await tx.as({ kind: 'resident', residentId: residentB })
      const asResident = (await tx.applications.list({ limit: 9 })).items.map(({ id }) => id)
      await tx.as(officerOf(villageA))
      return { asResident, asOfficer: (await tx.applications.list({ limit: 9 })).items.map(({ id }) => id) }
    })
    expect(seen).toEqual({ asResident: ['b1'], asOfficer: ['a1'] })
  })
})

const protectedTables = [
  'application',
  'application_action',
  'application_subject',
  'task',
  'task_action',
  'certificate',
  'rating',
  'audit',
  'application_content',
  'application_mark',
  'confirmation',
  'short_code',
  'window_filing',
]

describe('without a scope there are no rows', () => {
  let client: pg.Client
  beforeAll(async () => {
    client = new pg.Client({ ...db.owner, options: '-c role=nuanxin_app -c search_path=nuanxin' })
    await client.connect()
  })
  afterAll(() => client?.end())
  const count = async (table: string) => Number((await client.query(`select count(*) as n from ${table}`)).rows[0].n)

  test.each(protectedTables)('%s is empty on a fresh connection and after a transaction that saw rows', async table => {
    expect(await count(table)).toBe(0)
    await client.query(`begin; set local app.region = '420702'`)
    expect(await count(table)).toBeGreaterThan(0)
    await client.query('commit')
    expect(await count(table)).toBe(0)
  })

  test('also when many rows make the server read in parallel', async () => {
    await db.sql(
      `insert into task (id, source, region_code, summary, status, fence, due_provisional, created_at)
        select 'many-' || n, 'applicationStep', '420702104' || lpad((n % 500)::text, 3, '0'), repeat('x', 200), 'open', 0, false,
          now() from generate_series(1, 60000) n`,
    )
    await db.sql('analyze task')
    await client.query(
      'set parallel_setup_cost = 0; set parallel_tuple_cost = 0; set min_parallel_table_scan_size = 0; set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off',
    )
    const plan = await client.query('explain select count(*) from task')
    expect(JSON.stringify(plan.rows)).toContain('Parallel')
    expect(await count('task')).toBe(0)
    await client.query(`begin; set local app.region = '420702104212'`)
    expect(await count('task')).toBe(121)
    await client.query('commit')
    expect(await count('task')).toBe(0)
  })

  test('the list of a village reads its own part of the index', async () => {
    const fresh = new pg.Client({ ...db.owner, options: '-c role=nuanxin_app -c search_path=nuanxin' })
    await fresh.connect()
    await fresh.query(`begin; set local app.region = '420702104212'`)
    const plan = await fresh.query(
      `explain select * from task t where t.region_code >= '420702104212' and t.region_code < '420702104212~' order by due limit 20`,
    )
    await fresh.end()
    expect(JSON.stringify(plan.rows)).toContain('task_region_due')
  })

  test('every table with a place on it is protected, and none is reached by a view', async () => {
    const rows = await db.sql(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'nuanxin' and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)
          and c.relname <> 'officer'
          and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'region_code')`,
    )
    expect(rows).toEqual([])
    expect(await db.sql(`select * from pg_views where schemaname = 'nuanxin'`)).toEqual([])
    expect(await db.sql(`select rolbypassrls, rolsuper from pg_roles where rolname = 'nuanxin_app'`)).toEqual([
      { rolbypassrls: false, rolsuper: false },
    ])
  })

  test.each(['application_action', 'task_action', 'audit', 'trace'])('%s can only grow', async table => {
    await client.query(`set app.system = 'on'`)
    await expect(client.query(`delete from ${table}`)).rejects.toThrow('permission denied')
    await expect(client.query(`update ${table} set at = now()`)).rejects.toThrow('permission denied')
    await client.query('reset app.system')
  })

  test('a consent is never rewritten; it goes only with what its person has deleted', async () => {
    await client.query(`set app.system = 'on'`)
    await expect(client.query('update consent set at = now()')).rejects.toThrow('permission denied')
    await client.query('reset app.system')
  })
})

describe('one case for one person', () => {
  const subject = { matter: 'birthRegistration', subject: 'one', period: '2027' }
  test('a subject claimed in one village is held against another, without showing the row', async () => {
    await within(system, async tx => {
      await tx.applications.insert(applicationOf('s1', villageA, residentA))
      await tx.applications.claimSubject(subject, 's1')
    })
    const seen = await within({ kind: 'resident', residentId: residentB }, async tx => ({
      holder: await tx.applications.subjectHolder(subject),
      counted: await tx.audit.count({ actorId: 'nobody', action: 'x', since: 0 }),
      row: await tx.applications.byId('s1'),
      other: (await tx.applications.list({ limit: 50 })).items.filter(({ residentId }) => residentId !== residentB),
    }))
    expect(seen).toEqual({ holder: 's1', counted: 0, row: null, other: [] })
    await expect(
      within({ kind: 'resident', residentId: residentB }, async tx => {
        await tx.applications.insert(applicationOf('s2', villageB, residentB))
        await tx.applications.claimSubject(subject, 's2')
      }),
    ).rejects.toThrow(Conflict)
    expect(await within(system, tx => tx.applications.byId('s2'))).toBeNull()
  })

  test('of two claims at the same moment one wins', async () => {
    const two = db.open({ workers: 4 })
    const claim = (id: string) =>
      two.store.transaction(system, async tx => {
        await tx.applications.insert(applicationOf(id, villageA, residentA))
        await tx.applications.claimSubject({ ...subject, subject: 'race' }, id)
        return id
      })
    const ends = await Promise.allSettled(['r1', 'r2', 'r3', 'r4'].map(claim))
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(Conflict)
  })

  test('a refused case frees the subject', async () => {
    await within(officerOf(villageA), tx => tx.applications.releaseSubject('s1'))
    expect(await within(system, tx => tx.applications.subjectHolder(subject))).toBeNull()
  })
})

describe('what is written comes back', () => {
  test('an application with its actions, its certificate, its rating and its task', async () => {
    await within(system, async tx => {
      expect(await tx.applications.byId('a1')).toMatchObject({
        content: { applicantName: '欧阳测试' },
        actions: [{ seq: 1, event: { type: 'submitted' } }],
      })
      expect(await tx.certificates.ofApplication('a1')).toMatchObject({
        checkCode: 'code-a1',
        certificate: { number: 'C-a1' },
      })
      expect(await tx.ratings.ofApplications(['a1'])).toMatchObject([{ level: 5, comment: '很好' }])
      expect(await tx.tasks.byId('t-a1')).toMatchObject({ promiseDue: '2026-12-01', closedAt: null })
      expect(
        await tx.ratings.insert({
          applicationId: 'a1',
          regionCode: villageA,
          level: 1,
          reasons: [],
          comment: null,
          at: 0,
        }),
      ).toBe(false)
    })
  })

  test('an action number is taken once, and a lease with an older number is refused', async () => {
    const action = (seq: number) => ({
      applicationId: 'a1',
      seq,
      at: 0,
      actor: { kind: 'system' as const },
      event: { type: 'accepted' as const, bySilence: false, asOf: 0 },
    })
    await within(system, tx => tx.applications.append(action(2), 'accepted'))
    await expect(within(system, tx => tx.applications.append(action(2), 'accepted'))).rejects.toThrow(Conflict)
    await within(officerOf(villageA), async tx => {
      const task = await tx.tasks.lock('t-a1')
      if (task) await tx.tasks.save({ ...task, fence: 2 }, { ...created('t-a1'), seq: 2, fence: 2 })
    })
    const stale = within(officerOf(villageA), async tx => {
      const task = await tx.tasks.lock('t-a1')
      if (task) await tx.tasks.save({ ...task, fence: 1 }, { ...created('t-a1'), seq: 3, fence: 1 })
    })
    await expect(stale).rejects.toThrow(Conflict)
  })

  test('a list goes on where it ended, by due date, those without one last', async () => {
    await within(system, async tx => {
      for (const [i, due] of ['2026-12-05', '2026-12-03', null, '2026-12-04', '2026-12-03'].entries())
        await tx.tasks.insert(taskOf(`p${i}`, applicationOf('a1', '330100000000', residentA), due), created(`p${i}`))
    })
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const from: string = cursor
      const page: Page<Task> = await within(officerOf('330100'), tx => tx.tasks.list({ limit: 2, cursor: from }))
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(ids).toEqual(['p1', 'p4', 'p3', 'p0', 'p2'])
  })

  test('a check code finds its certificate, counts the look, and shows the first character only', async () => {
    expect(await open.auth.lookUpCertificate('code-a1', db.world.now())).toMatchObject({
      number: 'C-a1',
      surname: '欧',
    })
    expect(await open.auth.lookUpCertificate('code-none', db.world.now())).toBeNull()
    expect(await db.sql(`select looks from certificate where id = 'c-a1'`)).toEqual([{ looks: 1 }])
  })

  test('a hook runs after the commit and not after a rollback', async () => {
    const ran: string[] = []
    await within(system, async tx => tx.afterCommit(() => ran.push('kept')))
    await within(system, async tx => {
      tx.afterCommit(() => ran.push('lost'))
      throw new Conflict('no')
    }).catch(() => undefined)
    expect(ran).toEqual(['kept'])
  })
})
