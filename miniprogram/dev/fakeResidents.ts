import type { ServerResponse } from 'node:http'
import type { Call, Part, Reply } from './fakeService.ts'

interface Line {
  text: string
  choices?: string[]
  input?: Record<string, unknown>
  kind?: string
  url?: string
}

/** One question of each kind, in turn. */
const script: Line[] = [
  {
    text: '您好，我是暖心。要办什么事？',
    choices: ['生育登记', '补证、换证', '查办到哪了', '找人工'],
    input: { type: 'choice' },
  },
  { text: '谁来登记？', choices: ['母亲本人', '父亲本人', '家里人或村干部代办'], input: { type: 'choice' } },
  {
    text: '下面要问您的姓名、身份证号和手机号，只用来办生育登记，可以随时收回同意。您同意吗？',
    input: { type: 'yesNo' },
  },
  { text: '请问您叫什么名字？', input: { type: 'name', example: '张小花' } },
  { text: '请说您的身份证号。', input: { type: 'idNumber', sensitive: true, example: '420702199001010006' } },
  { text: '请留一个手机号，办好了给您捎话。', input: { type: 'phone', sensitive: true, example: '13800000000' } },
  { text: '您住在哪个村（社区）？', input: { type: 'region' } },
  {
    text: '预产期是哪一天？农历也可以说。',
    input: { type: 'date', min: '2026-11-22', max: '2027-09-30', example: '腊月初八' },
  },
  { text: '之前生过几个孩子？填 0 也行，不影响登记。', input: { type: 'number', min: 0, max: 15 } },
  { text: '想一起了解哪些？可以选几项。', choices: ['育儿补贴', '产检', '生育津贴'], input: { type: 'multiChoice' } },
  { text: '请拍一张身份证人像面。', input: { type: 'photo' } },
  { text: '请签名。', input: { type: 'signature' } },
  {
    text: '请核对：\n1. 登记人：母亲本人\n2. 姓名：张小花\n3. 预产期：2027年1月15日（星期五），农历腊月初八\n都对吗？要改就说“改第3项”。',
    input: { type: 'confirm' },
  },
  {
    text: '已经提交，办件编号 420702-20261122-X7K2M。村里最迟 2026年12月1日（星期二）给您办好。',
    kind: 'file',
    url: '/api/certificates/DJ-420702-X7K2M.pdf',
  },
]

const regions: Record<string, [string, string, boolean][]> = {
  '': [
    ['420000', '湖北省', true],
    ['410000', '河南省', true],
    ['440000', '广东省', true],
  ],
  '420000': [['420700', '鄂州市', true]],
  '420700': [
    ['420702', '梁子湖区', true],
    ['420704', '鄂城区', true],
  ],
  '420702': [['420702104', '沼山镇', true]],
  '420702104': [
    '下柯村',
    '朱山村',
    '楠竹村',
    '沼山村',
    '王铺村',
    '桐油村',
    '李伯寿村',
    '永塘村',
    '新桥村',
    '蔡家海村',
    '丛林村',
    '牛石村',
    '嘴头村',
  ].map((name, index) => [`4207021042${String(index).padStart(2, '0')}`, name, false]),
}

const cases = [
  {
    id: 'c1',
    number: '420702-20261122-X7K2M',
    matter: 'birthRegistration',
    status: 'accepted',
    receivedAt: '2026-11-22T09:30:00+08:00',
    promiseDue: '2026-12-01',
    legalDue: '2026-12-18',
    certificateNumber: null,
    office: '鄂州市梁子湖区沼山镇下柯村',
    officePhone: null,
  },
  {
    id: 'c2',
    number: '420702-20261102-P3Q9R',
    matter: 'birthRegistration',
    status: 'granted',
    receivedAt: '2026-11-02T15:12:00+08:00',
    promiseDue: '2026-11-09',
    legalDue: '2026-11-30',
    certificateNumber: 'DJ-420702-X7K2M',
    verifyUrl: '/verify/abcd',
    office: '鄂州市梁子湖区沼山镇下柯村',
    officePhone: null,
  },
]

interface Entry {
  id: string
  from: string
  at: string
  text: string | null
  replies: unknown[]
}

const stamp = () => `${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

function replyOf(line: Line, id: string) {
  return {
    id,
    kind: line.kind ?? (line.choices ? 'choices' : 'text'),
    text: line.text,
    ...(line.choices ? { choices: line.choices.map((label, index) => ({ key: `s:${id}:${index}`, label })) } : {}),
    ...(line.input ? { input: { slot: id, required: true, sensitive: false, ...line.input } } : {}),
    ...(line.url ? { url: line.url } : {}),
  }
}

export function answerResident(): Part {
  const history: Entry[] = []
  const answered = new Map<string, unknown>()
  const listeners = new Set<ServerResponse>()
  let step = -1

  function said(turn: { text?: string; choice?: string; mediaId?: string }): string {
    if (turn.mediaId) return '[图片]'
    const index = Number(turn.choice?.split(':').at(-1))
    return turn.choice ? (script[step]?.choices?.[index] ?? turn.choice) : (turn.text ?? '')
  }

  function takeTurn(body: string): Reply {
    const turn: { messageId: string; text?: string; choice?: string; mediaId?: string } = JSON.parse(body)
    const before = answered.get(turn.messageId)
    if (before) return { status: 200, body: before }
    if (turn.text === '太长')
      return { status: 413, body: { code: 'tooLarge', title: '您发的内容太长了，请分几次说。' } }
    const words = said(turn)
    const own = { id: `r${history.length}`, from: 'resident', at: stamp(), text: words, replies: [] }
    step = words === '上一步' ? Math.max(0, step - 1) : Math.min(script.length - 1, step + 1)
    const line = script[step] ?? { text: '好。' }
    const reply = replyOf(line, `m${history.length}`)
    history.push(own, { id: `e${history.length}`, from: 'service', at: stamp(), text: null, replies: [reply] })
    const answer = {
      replies: [reply],
      state: { sessionId: 's', flow: 'birth-registration', revision: 1, step: String(step), done: false },
    }
    answered.set(turn.messageId, answer)
    listeners.forEach(listener => listener.write('event: message\ndata: {}\n\n'))
    return { status: 200, body: answer }
  }

  function listen({ response }: Call): 'held' {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': here\n\n')
    listeners.add(response)
    response.on('close', () => listeners.delete(response))
    return 'held'
  }

  return call => {
    const { method, path, headers, query } = call
    if (path === '/api/guest' || path === '/api/mini/login')
      return { status: 200, body: { token: 'fake-token', expiresAt: '2026-12-22T00:00:00+08:00' } }
    const id = /^\/api\/applications\/(c\d)$/.exec(path)?.[1]
    const mine = path.startsWith('/api/chat/') || path.startsWith('/api/certificates/') || id || path === '/api/uploads'
    const isCases = path === '/api/applications' && !headers['cookie']?.includes('officer=1')
    if ((mine || isCases) && headers['authorization'] !== 'Bearer fake-token')
      return { status: 401, body: { code: 'unauthenticated', title: '请重新打开页面。' } }
    if (path === '/api/chat/turns' && method === 'POST') return takeTurn(call.body)
    if (path === '/api/chat/history') return { status: 200, body: { items: history, next: null } }
    if (path === '/api/chat/events') return listen(call)
    if (path === '/api/uploads') return { status: 201, body: { mediaId: 'photo-1' } }
    if (path === '/api/regions') {
      const items = (regions[query.get('parent') ?? ''] ?? []).map(([code, name, hasChildren]) => ({
        code,
        name,
        hasChildren,
      }))
      return { status: 200, body: { items } }
    }
    if (path.startsWith('/api/certificates/')) return { status: 200, body: Buffer.from('%PDF-1.4\n%%EOF\n') }
    if (isCases) return { status: 200, body: { items: cases, next: null } }
    if (id) return { status: 200, body: cases.find(item => item.id === id) }
    return null
  }
}
