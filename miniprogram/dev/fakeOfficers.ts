import type { Call, Part, Reply } from './fakeService.ts'

const officer = { id: 'o1', username: 'village', name: '柯村长', role: 'village', regionCode: '420702104212' }

const day = (offset: number) => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10)

function task(id: string, summary: string, due: number, more: Record<string, unknown> = {}) {
  return {
    id,
    source: 'applicationStep',
    regionCode: '420702104212',
    applicationId: `a-${id}`,
    summary,
    status: 'open',
    fence: 0,
    assigneeId: null as string | null,
    assigneeName: null as string | null,
    firstReceiverName: null as string | null,
    leaseUntil: null as string | null,
    promiseDue: day(due),
    legalDue: day(due + 10),
    dueProvisional: due > 30,
    createdAt: '2026-11-20T10:00:00+08:00',
    closedAt: null,
    overdue: due < 0,
    allowedActions: ['lease'],
    ...more,
  }
}

const caseOf = (id: string, status: string) => ({
  id,
  number: '420702-20261122-X7K2M',
  matter: 'birthRegistration',
  status,
  regionCode: '420702104212',
  regionName: '鄂州市梁子湖区沼山镇下柯村',
  receivedAt: '2026-11-20T10:00:00+08:00',
  promiseDue: day(5),
  legalDue: day(15),
  dueProvisional: false,
  fields: [
    { key: 'applicantName', label: '姓名', value: '张**', masked: true },
    { key: 'applicantId', label: '身份证号', value: '4207**********0006', masked: true },
    { key: 'phone', label: '手机号', value: '138****0000', masked: true },
    { key: 'birthDate', label: '预产期', value: '2027年1月15日', masked: false },
  ],
  log: [{ at: '2026-11-20T10:00:00+08:00', type: 'submitted', actor: '群众', note: null }],
  certificateNumber: status === 'granted' ? 'DJ-420702-X7K2M' : null,
  rating: null,
  allowedActions: status === 'submitted' ? ['accept', 'decide', 'reveal'] : ['decide', 'reveal'],
  taskId: id.slice(2),
})

const full = {
  registrant: 'mother',
  applicantName: '张小花',
  applicantId: '420702199001010006',
  phone: '13800000000',
  proxy: null,
  stage: 'expecting',
  birthDate: '2027-01-15',
  childName: null,
  earlierChildren: 0,
  married: null,
  regionCode: '420702104212',
  regionName: '鄂州市梁子湖区沼山镇下柯村',
}

/** The task of an application closes with the decision. */
const held = (source: string) => (source === 'applicationStep' ? ['release', 'pause'] : ['release', 'pause', 'close'])

export function answerOfficer(): Part {
  const tasks = [
    task('t3', '生育登记 · 李** · 下柯村', 20),
    task('t1', '生育登记 · 张** · 下柯村', -2),
    task('t2', '生育登记 · 王** · 下柯村', 2),
    task('t4', '差评回访 · 赵** · 下柯村', 1, { source: 'badRating', applicationId: null }),
    task('t5', '生育登记 · 别人先接 · 下柯村', 6),
  ]
  const statuses = new Map<string, string>()

  function write(call: Call, id: string, action: string): Reply {
    const found = tasks.find(item => item.id === id)
    if (!found) return { status: 404, body: { code: 'notFound', title: '没有找到。' } }
    if (id === 't5')
      return { status: 409, body: { code: 'taken', title: '已被别人接走。', heldBy: '朱干部', allowed: [] } }
    if (call.headers['if-match']?.replace(/"/g, '') !== String(found.fence))
      return { status: 409, body: { code: 'staleFence', title: '任务已变化。', allowed: found.allowedActions } }
    if (action === 'lease')
      Object.assign(found, {
        status: 'leased',
        fence: found.fence + 1,
        assigneeId: officer.id,
        assigneeName: officer.name,
        firstReceiverName: officer.name,
        leaseUntil: '2026-11-22T18:00:00+08:00',
        allowedActions: held(found.source),
      })
    if (action === 'release')
      Object.assign(found, { status: 'open', assigneeId: null, assigneeName: null, allowedActions: ['lease'] })
    if (action === 'pause') Object.assign(found, { status: 'paused', allowedActions: ['resume', 'release'] })
    if (action === 'resume') Object.assign(found, { status: 'leased', allowedActions: held(found.source) })
    if (action === 'close') Object.assign(found, { status: 'done', allowedActions: [] })
    return { status: 200, body: found }
  }

  function writeCase(id: string, action: string): Reply {
    if (action === 'reveal') return { status: 200, body: full }
    statuses.set(id, action === 'accept' ? 'accepted' : 'granted')
    if (action === 'decide')
      Object.assign(tasks.find(item => `a-${item.id}` === id) ?? {}, { status: 'done', allowedActions: [] })
    return { status: 200, body: caseOf(id, statuses.get(id) ?? 'submitted') }
  }

  return call => {
    const { method, path, headers, body } = call
    if (path === '/api/officer/login') {
      const { password }: { password: string } = JSON.parse(body)
      if (password !== 'secret') return { status: 401, body: { code: 'badLogin', title: '账号或密码不对。' } }
      return {
        status: 200,
        body: { officer, csrfToken: 'csrf' },
        headers: { 'set-cookie': 'officer=1; HttpOnly; Path=/; SameSite=Strict' },
      }
    }
    if (!path.startsWith('/api/officer/') && !path.startsWith('/api/tasks') && !path.startsWith('/api/applications'))
      return null
    if (!headers['cookie']?.includes('officer=1'))
      return { status: 401, body: { code: 'unauthenticated', title: '请登录。' } }
    if (method === 'POST' && headers['x-csrf-token'] !== 'csrf')
      return { status: 403, body: { code: 'csrf', title: '请刷新页面。' } }
    if (path === '/api/officer/me') return { status: 200, body: { officer, csrfToken: 'csrf' } }
    if (path === '/api/officer/logout')
      return { status: 200, body: {}, headers: { 'set-cookie': 'officer=; Max-Age=0; Path=/' } }
    if (path === '/api/officer/binding-code')
      return { status: 200, body: { code: '482913', expiresAt: '2026-11-22T12:10:00+08:00' } }
    if (path === '/api/tasks') {
      const mine = call.query.get('mine') === '1'
      const items = tasks.filter(item => item.status !== 'done' && (!mine || item.assigneeId === officer.id))
      return { status: 200, body: { items, next: null } }
    }
    const [, kind, id = '', action] = /^\/api\/(tasks|applications)\/([\w-]+)(?:\/(\w+))?$/.exec(path) ?? []
    if (kind === 'tasks' && action) return write(call, id, action)
    if (kind === 'tasks')
      return {
        status: 200,
        body: {
          task: tasks.find(item => item.id === id),
          actions: [{ seq: 1, at: '2026-11-20T10:00:00+08:00', by: 'system', fence: 0, type: 'created' }],
          detail: null,
        },
      }
    if (kind === 'applications' && action) return writeCase(id, action)
    if (kind === 'applications') return { status: 200, body: caseOf(id, statuses.get(id) ?? 'submitted') }
    return null
  }
}
