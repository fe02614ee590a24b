import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addWorkingDays, statutoryDays } from '../../src/domain/workingDays.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'
import { eventLog, openLog } from '../../src/runtime/log.ts'
import { openDatabase } from '../../src/runtime/openDatabase.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { projectRoot } from '../../src/runtime/root.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import { json, logIn } from './people.ts'
import { withCheck } from './registration.ts'
import { DEMO_PASSWORD, startService, type RunningService } from './service.ts'

/** Each command starts and stops the database: seconds on a busy machine. */
const SLOW_MS = 120_000

let dataDir: string
let service: RunningService | null = null

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxin-import-'))
})

afterEach(async () => {
  await service?.stop()
  service = null
  rmSync(dataDir, { recursive: true, force: true })
})

/** Runs the built command as an office would, on the data of this test. */
async function runImport(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [path.join(projectRoot, 'dist/runtime/importCli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += String(chunk)))
  const [code]: unknown[] = await once(child, 'close')
  return { code: typeof code === 'number' ? code : null, said }
}

function file(name: string, ...lines: string[]): string {
  const at = path.join(dataDir, name)
  writeFileSync(at, lines.join('\r\n'))
  return at
}

/** Looks into the data as a process of the service does. */
async function onData<T>(look: (kept: OpenStore) => Promise<T>): Promise<T> {
  const log = openLog('silent')
  const world = realWorld()
  const database = await openDatabase(readConfig({ DATA_DIR: dataDir }), world, { log, events: eventLog(log, world) })
  try {
    return await look(database.kept)
  } finally {
    await database.close()
  }
}

const calendar = (name: string, ...extra: string[]) =>
  file(name, '来源,合成的测试日历', '日期,类型', ...statutoryDays(2027).map(day => `${day},休`), ...extra)

test(
  'a calendar and a list of villages are tried, written, found unchanged, and used from the next start',
  { timeout: SLOW_MS },
  async () => {
    const year = calendar('calendar.csv', '2027-01-02,班')
    const villages = file('villages.csv', '代码,名称,别名', '420703100,华容镇,', '420703100201,试验村村委会,小试验')

    expect(await runImport('calendar', year)).toMatchObject({ code: 0, said: expect.stringContaining('试运行') })
    expect((await onData(kept => kept.masterData.read())).calendars).toEqual([])
    expect(await runImport('calendar', year, '--apply')).toMatchObject({
      code: 0,
      said: expect.stringContaining('已全部写入'),
    })
    expect(await runImport('regions', villages, '--apply')).toMatchObject({
      code: 0,
      said: expect.stringContaining('包王村 → 试验村'),
    })
    expect((await runImport('calendar', year, '--apply')).said).toContain('没有要改的')

    const header = '代码,名称,别名,经度,纬度,坐标系'
    const rows = ['420703100,华容镇,,,,', '420703100201,试验村村委会,小试验,114.7,30.5,WGS-84']
    const placed = file('placed.csv', header, ...rows, '420703100202,远村,,116.7,30.5,CGCS2000')
    const wrong = file('wrong.csv', header, ...rows, '420703100202,远村,,30.5,116.7,CGCS2000')
    expect((await runImport('regions', wrong, '--apply')).said).toMatch(/第 4 行【经度】.*和纬度写反了（30.5）/)
    expect((await runImport('regions', placed, '--apply')).said).toMatch(
      /请核对 420703100202 远村：离本镇最近的别的村委会 19\d 公里。[^]*村委会的位置：新增 2，修改 0，不变 0。/,
    )
    expect((await runImport('regions', placed, '--apply')).said).toContain('没有要改的')
    expect(await onData(kept => kept.masterData.seats('420703'))).toMatchObject([
      { regionCode: '420703100201', point: { longitude: 114.7, latitude: 30.5 }, system: 'wgs84', source: 'list' },
      { regionCode: '420703100202', system: 'cgcs2000' },
    ])

    const knowledge = await onData(async kept => loadKnowledge(projectRoot, await kept.masterData.read()))
    expect(addWorkingDays(knowledge.calendars, '2026-12-31', 1)).toEqual({ date: '2027-01-02', provisional: false })
    service = await startService({ dataDir })
    const { items } = await json<{ items: { code: string; name: string }[] }>(
      await fetch(`${service.url}/api/regions?parent=420703100`),
    )
    expect(items).toMatchObject([{ code: '420703100201', name: '试验村' }, { name: '远村' }])
    const refused = await runImport('calendar', year)
    expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/^服务正在运行并占用数据库[^\n]*\n$/) })
  },
)

test('one bad row and nothing of the file is written', { timeout: SLOW_MS }, async () => {
  const bad = calendar('calendar.csv', '2027-01-04,班')
  const { code, said } = await runImport('calendar', bad, '--apply')
  expect(code).toBe(1)
  expect(said).toContain('第 16 行【日期】：调休上班的日子应是星期六或星期日（2027-01-04）')
  expect((await onData(kept => kept.masterData.read())).calendars).toEqual([])
})

test(
  'a new officer logs in with the password that was printed once, and is out when the list leaves him off',
  { timeout: SLOW_MS },
  async () => {
    const header = '用户名,姓名,级别,地区代码,办公电话'
    const both = file('officers.csv', header, 'ke,柯小满,村,420702104212,', 'shen,沈立秋,乡镇,420702104,0711-2345678')
    const one = file('fewer.csv', header, 'shen,沈立秋,县,420702,')

    expect((await runImport('officers', both)).said).not.toContain('初始密码')
    const made = await runImport('officers', both, '--apply')
    const password = /ke {2}柯小满 {2}(\S{16})/.exec(made.said)?.[1] ?? ''
    const again = await runImport('officers', both, '--apply')
    expect(again.said).toContain('没有要改的')
    expect(again.said).not.toContain('初始密码')

    service = await startService({ dataDir, env: { NUANXIN_DEMO: '0' } })
    await expect((await logIn(service.url, 'ke', password)).get('/api/officer/me')).resolves.toMatchObject({
      status: 200,
    })
    await service.stop()
    expect((await runImport('officers', one, '--apply', '--disable-missing')).said).toMatch(/停用 ke[^]*不变 0/)
    const officers = await onData(kept => kept.masterData.officers())
    expect(officers).toMatchObject([
      { username: 'ke', disabled: true },
      { username: 'shen', disabled: false, role: 'county', officePhone: null },
    ])
    service = await startService({ dataDir, port: service.port, env: { NUANXIN_DEMO: '0' } })
    await expect(logIn(service.url, 'ke', password)).rejects.toThrow()
  },
)

test(
  'households are told, refused by line without a word of what stood there, written once, and found unchanged',
  { timeout: SLOW_MS },
  async () => {
    const header = '户编号,村代码,户主姓名,联系电话,家庭人口'
    const sound = file(
      'households.csv',
      '沼山镇住户名册',
      header,
      'H-1,420702104212,柯小满,13800000001,4',
      'H-2,下柯村,柯立秋,,',
    )
    const bad = file(
      'bad.csv',
      header,
      'H-1,420702104212,柯小满,1.38E+10,4',
      'H-2,999999999999,柯立秋,,',
      'H-3,420702104212,,,',
    )

    const refused = await runImport('households', bad, '--apply')
    expect(refused.code).toBe(1)
    expect(refused.said).toMatch(
      /第 2 行【联系电话】：数字已经失真[^]*第 3 行【村代码】：不认得这个地区\n第 4 行【户主姓名】：没有填写\n共 3 处有错/,
    )
    expect(refused.said).not.toMatch(/柯|13800000001|E\+10，4|999999999999/)
    expect((await runImport('households', sound)).said).toMatch(/住户 2 行[^]*新增 2，修改 0，不变 0。\n以上是试运行/)
    expect((await runImport('households', sound, '--apply')).said).toContain('已全部写入')
    expect(await runImport('households', sound, '--apply')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/新增 0，修改 0，不变 2。\n与现有资料一致/),
    })
  },
)

test('households are ended in number only by saying that number', { timeout: SLOW_MS }, async () => {
  const rows = (standing: string) => [
    '户编号,村代码,户主姓名,住户状态',
    ...[1, 2, 3, 4].map(n => `H-${n},下柯村,柯小满,${standing}`),
  ]
  expect((await runImport('households', file('there.csv', ...rows('在')), '--apply')).code).toBe(0)
  const gone = file('gone.csv', ...rows('搬走'))
  const trial = await runImport('households', gone)
  expect(trial).toMatchObject({ code: 0, said: expect.stringMatching(/4 户里有 4 户记为不在了[^]*加 --ends 4/) })
  for (const ends of [[], ['--ends', '3']])
    expect(await runImport('households', gone, '--apply', ...ends)).toMatchObject({
      ...{ code: 1, said: expect.stringContaining('什么都没有写入：记为不在了的是 4 户') },
    })
  expect((await runImport('households', gone, '--apply', '--ends', '4')).said).toContain('已全部写入')
  expect((await runImport('births', gone, '--ends', '4')).code).toBe(2)
})

test(
  'a county uploads its list: trial first, then the same file with its hash, and no row of others',
  { timeout: SLOW_MS },
  async () => {
    service = await startService({ dataDir })
    const { url } = service
    const login = await fetch(`${url}/api/officer/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ username: 'county', password: DEMO_PASSWORD }),
    })
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const { csrfToken } = await json<{ csrfToken: string }>(login)
    const headers = { cookie, origin: url, 'x-csrf-token': csrfToken, 'content-type': 'text/csv' }
    const send = async (body: string, confirm = '') => {
      const response = await fetch(`${url}/api/imports?kind=births${confirm}`, { method: 'POST', headers, body })
      return { code: response.status, report: await json<{ hash: string }>(response) }
    }
    const header = '地区代码,出生日期,母亲身份证号,出生证编号\n'
    const mother = withCheck('42070219980101000')
    const list = `${header}沼山镇,2026年10月1日,${mother},T1\n420702104212,2026-10-02,${mother.toLowerCase()},T2`

    const trial = await send(list)
    expect(trial.report).toMatchObject({ status: 'trial', rows: 2, added: 2, faultCount: 0 })
    const { hash } = trial.report
    await expect(send(`${list}\n`, `&confirm=${hash}`)).rejects.toThrow()
    expect((await send(list, `&confirm=${hash}`)).report).toMatchObject({ status: 'done', added: 2 })
    expect((await send(list, `&confirm=${hash}`)).report).toMatchObject({ status: 'nothing', unchanged: 2 })
    const others = await send(`${header}420704108,2026-10-01,${mother},T3\n420702104,2026-10-01,4.20702E+17,T4`)
    expect(others.report).toMatchObject({
      status: 'refused',
      faults: [
        { line: 2, column: '地区代码', reason: 'otherPlace', told: '不属于您所在的县（区）' },
        { line: 3, column: '母亲身份证号', reason: 'idRounded' },
      ],
    })
    const trail = await json<{ items: { action: string }[] }>(
      await fetch(`${url}/api/audit?limit=50`, { headers: { cookie } }),
    )
    expect(trail.items.map(({ action }) => action).filter(action => action.startsWith('import.'))).toEqual([
      'import.births',
    ])
  },
)
