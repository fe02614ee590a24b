import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startMockWeChat, type MockWeChat } from '../mock-wechat/server.ts'
import { UNAVAILABLE } from '../mock-wechat/people.ts'
import { openBooks, startProduct, type Product, type ProductOptions } from './product.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

let mock: MockWeChat
let products: Product[]

beforeEach(async () => {
  mock = await startMockWeChat({ rules: { cutMs: 1600 } })
  products = []
})

afterEach(async () => {
  for (const product of products) await product.close()
  await mock.close()
})

/** The platform's 5 s and the product's limits under it, shrunk so that the suite is short; wide enough for a busy machine. */
const shrunk = { passiveBudgetMs: 600, hardLimitMs: 1200 }

async function start(options: ProductOptions = {}): Promise<Product> {
  const product = await startProduct(mock, { limits: shrunk, ...options })
  products.push(product)
  mock.connect({ url: product.url })
  return product
}

describe('the address', () => {
  test('is proven by the echo', async () => {
    await start()
    expect(await mock.verifyAddress()).toMatchObject({ ok: true, status: 200 })
  })

  test.each([
    ['a wrong signature', (query: URLSearchParams) => query.set('signature', '0'.repeat(40))],
    ['a missing nonce', (query: URLSearchParams) => query.delete('nonce')],
    ['a doubled nonce', (query: URLSearchParams) => query.append('nonce', 'b')],
  ])('is not proven by %s', async (_name, tamper) => {
    await start()
    expect(await mock.verifyAddress(undefined, tamper)).toMatchObject({ ok: false, status: 403 })
  })
})

describe('a message and its answer', () => {
  const ways = (['plain', 'compatible', 'safe'] as const).flatMap(mode =>
    (['xml', 'json'] as const).map(format => ({ mode, format })),
  )

  test.each(ways)('in $mode mode as $format', async way => {
    const { books } = await start({ allowPlain: true })
    mock.connect(way)
    const granny = mock.user()
    await granny.follow()
    await granny.say('我要登记 ]]> <b>&amp;')
    await granny.tapMenu('进度')
    await granny.sendVoice('生育登记')
    expect(granny.seen()).toEqual([
      '收到：wechat.said.hello',
      '收到：我要登记 ]]> <b>&amp;',
      '收到：进度',
      '收到：生育登记',
    ])
    expect(books.effects).toHaveLength(4)
    expect(mock.problems).toEqual([])
  })

  test('plain mode is refused unless it was allowed', async () => {
    const { books } = await start()
    const delivery = await mock.user().say('你好', { mode: 'plain' })
    expect(delivery.attempts.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(delivery.unavailable).toBe(true)
    expect(books.effects).toEqual([])
  })

  test('in compatible mode the unsigned copy counts for nothing', async () => {
    const { books } = await start()
    const plainCopy = { MsgType: 'text', Content: '伪造', MsgId: 1 }
    await mock.user().say('真的', { mode: 'compatible', plainCopy })
    expect(books.effects).toEqual(['真的'])
  })

  test('during a change of keys both keys are answered with the one that came', async () => {
    mock.rotateKey()
    await start()
    const granny = mock.user()
    await granny.say('旧', { key: 'previous' })
    await granny.say('新', { key: 'current' })
    expect(granny.seen()).toEqual(['收到：旧', '收到：新'])
  })

  test('who unfollows is passed on and hears nothing', async () => {
    const { books } = await start()
    const granny = mock.user()
    await granny.follow()
    await granny.unfollow()
    await granny.revoke()
    expect(books.left.map(({ kind }) => kind)).toEqual(['left', 'revoked'])
    expect(granny.seen()).toHaveLength(1)
    expect(mock.problems).toEqual([])
  })

  test('an unknown kind of push is acknowledged', async () => {
    await start()
    const delivery = await mock.user().push({ MsgType: 'event', Event: 'brand_new_event' }, { msgId: null })
    expect(delivery.attempts).toMatchObject([{ status: 200, body: 'success' }])
  })

  test('a long answer is cut to what the platform takes', async () => {
    const { books } = await start({ say: () => ['请带上身份证原件。'.repeat(300)] })
    const granny = mock.user()
    await granny.say('材料')
    expect(Buffer.byteLength(granny.seen().join(''))).toBeLessThanOrEqual(2048)
    expect(books.later).toHaveLength(1)
    expect(mock.problems).toEqual([])
  })

  test('an answer with choices can be answered by label', async () => {
    await start({ say: ({ said }) => [said === '办事' ? '请选择：\n1. 出生前登记\n2. 补办登记' : `选了${said}`] })
    const granny = mock.user()
    await granny.say('办事')
    await granny.choose('补办')
    expect(granny.seen().at(-1)).toBe('选了2')
  })
})

describe('three deliveries of one message', () => {
  test('lost answers: one effect, one answer seen', async () => {
    const { books } = await start({ loseAnswers: 2 })
    const granny = mock.user()
    const delivery = await granny.say('我要登记')
    expect(delivery.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'answered'])
    expect(granny.seen()).toEqual(['收到：我要登记'])
    expect(books.effects).toEqual(['我要登记'])
  })

  test('slower than the cut: delivered again, one effect, acknowledged and left to the outbox', async () => {
    const { books } = await start({
      say: async () => {
        await pause(1500)
        return ['慢慢来']
      },
    })
    const delivery = await mock.user().say('我要登记')
    expect(delivery.attempts.map(({ status }) => status)).toEqual([503, 200])
    expect(delivery.attempts.at(-1)?.body).toBe('success')
    expect(books.effects).toEqual(['我要登记'])
  })

  test('slower than the passive budget, faster than the cut: success in the first call', async () => {
    await start({
      say: async () => {
        await pause(900)
        return ['慢慢来']
      },
    })
    const delivery = await mock.user().say('我要登记')
    expect(delivery.attempts).toMatchObject([{ status: 200, body: 'success' }])
  })

  test('never done: three attempts, then the platform tells the person', async () => {
    const { books } = await start({ say: () => new Promise<string[]>(() => {}) })
    const granny = mock.user()
    const delivery = await granny.say('我要登记')
    expect(delivery.attempts.map(({ status }) => status)).toEqual([503, 503, 503])
    expect(granny.seen()).toEqual([UNAVAILABLE])
    expect(books.effects).toEqual([])
  })

  test('overlapping attempts wait for the same turn', async () => {
    const { books } = await start({
      say: async () => {
        await pause(250)
        return ['好']
      },
    })
    const granny = mock.user()
    const delivery = await granny.say('我要登记', { overlapMs: 60 })
    expect(delivery.attempts.map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 3 }, () => ({ ok: true, kind: 'message', type: 'text', text: '好' })),
    )
    expect(granny.seen()).toEqual(['好'])
    expect(books.effects).toEqual(['我要登记'])
  })

  test('a duplicate that comes much later gets the stored answer', async () => {
    const { books } = await start()
    const granny = mock.user()
    const first = await granny.say('我要登记')
    await granny.say('第二句')
    expect((await granny.again(first)).verdict).toMatchObject({ text: '收到：我要登记' })
    expect(books.effects).toEqual(['我要登记', '第二句'])
  })
})

test('two at once on two instances: one effect, the same answer', async () => {
  const books = openBooks()
  const one = await start({ books })
  const two = await start({ books })
  const granny = mock.user()
  const delivery = await granny.say('我要登记', { urls: [one.url, two.url] })
  expect(delivery.attempts.map(({ verdict }) => verdict)).toMatchObject([
    { text: '收到：我要登记' },
    { text: '收到：我要登记' },
  ])
  expect(granny.seen()).toHaveLength(1)
  expect(books.effects).toEqual(['我要登记'])
})

test('the real 5 s cut: an answer after 3.9 s leaves by the outbox, in the first call', async () => {
  const real = await startMockWeChat()
  const product = await startProduct(real, {
    say: async () => {
      await pause(3900)
      return ['慢']
    },
  })
  real.connect({ url: product.url })
  const delivery = await real.user().say('我要登记')
  expect(delivery.attempts).toMatchObject([{ status: 200, body: 'success' }])
  expect(delivery.attempts[0]?.ms).toBeGreaterThan(3800)
  await product.close()
  await real.close()
}, 20_000)

test('nothing that the product logged names the person or what was said', async () => {
  const { books } = await start({ say: () => Promise.reject(new Error('database gone')) })
  const granny = mock.user()
  await granny.say('秘密')
  await granny.push({ MsgType: 'mystery', Content: '秘密' })
  expect(books.log.length).toBeGreaterThan(1)
  expect(books.log.join('\n')).not.toContain('秘密')
  expect(books.log.join('\n')).not.toContain(granny.openid)
})
