import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLane } from './lane.ts'

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

describe('a lane', () => {
  test('sends what comes together in one batch, and answers each caller with his own result', async () => {
    const batches: number[][] = []
    const lane = openLane<number, number>({
      size: 64,
      lanes: 1,
      send: async batch => {
        batches.push(batch)
        return batch.map(n => n * 2)
      },
    })
    expect(await Promise.all([1, 2, 3].map(n => lane.submit(n)))).toEqual([2, 4, 6])
    expect(batches).toEqual([[1, 2, 3]])
  })

  test('lets those who come while a batch is under way share the next one', async () => {
    const batches: number[][] = []
    let finish = () => {}
    const lane = openLane<number, number>({
      size: 64,
      lanes: 1,
      send: batch => {
        batches.push(batch)
        return new Promise(resolve => (finish = () => resolve(batch)))
      },
    })
    const first = lane.submit(1)
    await turn()
    const others = [2, 3, 4].map(n => lane.submit(n))
    await turn()
    expect(batches).toEqual([[1]])
    finish()
    await first
    await turn()
    finish()
    await Promise.all(others)
    expect(batches).toEqual([[1], [2, 3, 4]])
  })

  test('fails all callers of a failed batch, and nobody else', async () => {
    let sends = 0
    const lane = openLane<number, number>({
      size: 2,
      lanes: 1,
      send: async batch => {
        if (++sends === 1) throw new Error('lost')
        return batch
      },
    })
    const ends = await Promise.allSettled([1, 2, 3].map(n => lane.submit(n)))
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  })

  test('goes on after a failure with those who waited for the same key', async () => {
    let sends = 0
    const lane = openLane<number, number>({
      size: 8,
      lanes: 2,
      keyOf: () => 'one',
      send: async batch => {
        if (++sends === 1) throw new Error('lost')
        return batch
      },
    })
    const ends = await Promise.allSettled([1, 2].map(n => lane.submit(n)))
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    await lane.idle()
  })

  test('keeps its promises whatever comes: sizes, keys one at a time and in order, all answered', async () => {
    const jobs = fc.array(fc.record({ key: fc.integer({ min: 0, max: 5 }), gap: fc.boolean() }), { maxLength: 60 })
    const options = fc.record({ size: fc.integer({ min: 1, max: 7 }), lanes: fc.integer({ min: 1, max: 3 }) })
    await fc.assert(
      fc.asyncProperty(jobs, options, async (arrivals, { size, lanes }) => {
        const underWay = new Set<number>()
        const done: { key: number; n: number }[] = []
        let batches = 0
        const lane = openLane<{ key: number; n: number }, number>({
          size,
          lanes,
          keyOf: ({ key }) => String(key),
          send: async batch => {
            batches++
            expect(batch.length).toBeLessThanOrEqual(size)
            expect(batches).toBeLessThanOrEqual(lanes)
            for (const { key } of batch) {
              expect(underWay.has(key)).toBe(false)
              underWay.add(key)
            }
            await turn()
            for (const item of batch) {
              underWay.delete(item.key)
              done.push(item)
            }
            batches--
            return batch.map(({ n }) => n)
          },
        })
        const answers: Promise<number>[] = []
        for (const [n, { key, gap }] of arrivals.entries()) {
          answers.push(lane.submit({ key, n }))
          if (gap) await turn()
        }
        expect(await Promise.all(answers)).toEqual(arrivals.map((_, n) => n))
        for (let key = 0; key <= 5; key++) {
          const order = done.filter(item => item.key === key).map(({ n }) => n)
          expect(order).toEqual([...order].sort((a, b) => a - b))
        }
        await lane.idle()
      }),
      { numRuns: 60 },
    )
  })
})
