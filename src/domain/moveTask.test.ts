import { expect, test } from 'vitest'
import { moveTask } from './moveTask.ts'
import { openTask } from './taskState.ts'

const begun = { id: 't', source: 'applicationStep' as const, applicationId: 'a', summary: '生育登记', createdAt: 0 }
const held = {
  ...openTask({ ...begun, regionCode: '420702104212' }),
  ...{ status: 'paused' as const, fence: 3, assigneeId: 'o1', firstReceiverId: 'o1' },
}

const by = { actor: { kind: 'system' as const }, at: 1 }

test('a task that moves along is free for the officers there, and keeps its first receiver', () => {
  expect(moveTask(held, { to: '420704108202', reason: '搬家' }, by)).toMatchObject({
    ok: true,
    event: { type: 'moved', from: '420702104212', to: '420704108202', reason: '搬家' },
    task: { status: 'open', assigneeId: null, fence: 4, firstReceiverId: 'o1', regionCode: '420704108202' },
  })
})

test('a task of the town or the county goes to the town or the county there', () => {
  for (const level of [9, 6]) {
    const above = { ...held, regionCode: held.regionCode.slice(0, level) }
    expect(moveTask(above, { to: '420704108202', reason: '搬家' }, by)).toMatchObject({
      task: { regionCode: '420704108202'.slice(0, level) },
    })
  }
})

test('a task that has ended changes no more', () => {
  expect(moveTask({ ...held, status: 'done' }, { to: '420704108202', reason: '搬家' }, by)).toEqual({
    ok: false,
    code: 'notAllowed',
  })
})
