import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allowedActions, applicationActionNames, type ApplicationActionName } from './allowedActions.ts'
import { applicationStatuses, type ApplicationEvent } from './application.ts'
import { foldApplication, statusAfter, type ApplicationState } from './applicationState.ts'
import * as e from './testdata/applicationLogs.ts'

/** A state that was really reached, and what makes it different. */
interface Reached {
  name: string
  state: ApplicationState
}

const flagsOf = (state: ApplicationState): string =>
  [
    ...(state.paused ? ['paused'] : []),
    ...(state.acceptedBySilence ? ['bySilence'] : []),
    ...(state.noticeIssued ? ['notice'] : []),
    ...(state.confirmationOpen ? ['asked'] : []),
    ...(state.certificate === 'none' ? [] : [state.certificate]),
    ...(state.breachOpen ? ['breach'] : []),
  ].join('+')

/** Every status × flags that can be reached, each once, by the shortest way. */
function everyState(): Reached[] {
  const found = new Map<string, Reached>()
  const waiting: ApplicationEvent[][] = [[e.submitted]]
  for (let events = waiting.shift(); events; events = waiting.shift()) {
    const state = foldApplication(e.log(...events))
    const name = `${state.status} ${flagsOf(state) || '-'}`
    if (found.has(name)) continue
    found.set(name, { name, state })
    for (const event of e.someEvents) {
      if (statusAfter(state, event) !== null && event.type !== 'notDuplicate') waiting.push([...events, event])
    }
  }
  const order = (state: ApplicationState) => applicationStatuses.indexOf(state.status)
  return [...found.values()].toSorted((a, b) => order(a.state) - order(b.state) || (a.name < b.name ? -1 : 1))
}

test('every status is reached', () => {
  expect(new Set(everyState().map(({ state }) => state.status))).toEqual(new Set(applicationStatuses))
})

test('who may do what, in each status with each of its flags', () => {
  const table = everyState().flatMap(({ name, state }) =>
    e.actingRoles.map(role => `${name} | ${role}: ${allowedActions(state, role).join(', ') || '-'}`),
  )
  expect(table).toMatchSnapshot()
})

/** The event by which each action is known in the log. */
const eventOf: Record<Exclude<ApplicationActionName, 'reveal'>, (event: ApplicationEvent) => boolean> = {
  accept: event => event.type === 'accepted' && !event.bySilence,
  acceptBySilence: event => event.type === 'accepted' && event.bySilence,
  startReview: event => event.type === 'reviewStarted',
  decide: event => event.type === 'granted' || event.type === 'refused',
  notice: event => event.type === 'supplementRequested' && event.exception === null,
  noticeException: event => event.type === 'supplementRequested' && event.exception !== null,
  remindSupplement: event => event.type === 'supplementReminded',
  lapseSupplement: event => event.type === 'supplementLapsed',
  requestConfirmation: event => event.type === 'confirmationRequested',
  answerConfirmation: event => event.type === 'confirmationAnswered',
  pause: event => event.type === 'paused',
  resume: event => event.type === 'resumed',
  correct: event => event.type === 'corrected',
  notDuplicate: event => event.type === 'notDuplicate',
  move: event => event.type === 'moved',
  deliver: event => event.type === 'delivered',
  supplement: event => event.type === 'supplemented',
  withdraw: event => event.type === 'withdrawn',
  commit: event => event.type === 'commitmentMade',
  breakCommitment: event => event.type === 'commitmentBroken',
  mendCommitment: event => event.type === 'commitmentMended',
  revoke: event => event.type === 'certificateRevoked',
  supersede: event => event.type === 'certificateSuperseded',
  reopen: event => event.type === 'reopened',
  firstReceive: event => event.type === 'firstReceived',
  archive: event => event.type === 'archived',
}

function isDone(name: string): name is keyof typeof eventOf {
  return name in eventOf
}

test('an action is offered to somebody exactly where the fold takes its event', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 99 })), picks => {
      const events: ApplicationEvent[] = [e.submitted]
      for (const pick of picks) {
        const state = foldApplication(e.log(...events))
        const legal = e.someEvents.filter(event => statusAfter(state, event) !== null)
        const offered = new Set(e.actingRoles.flatMap(role => allowedActions(state, role)))
        for (const name of applicationActionNames.filter(isDone)) {
          // A name stands for events of one kind with any id; the samples hold one id only.
          if (['requestConfirmation', 'notDuplicate', 'commit', 'breakCommitment', 'mendCommitment'].includes(name))
            continue
          // Where the plain notice is possible the exception is legal too, and is not offered.
          if (name === 'noticeException' && offered.has('notice')) continue
          expect([name, offered.has(name)]).toEqual([name, legal.some(eventOf[name])])
        }
        const next = legal[pick % legal.length]
        if (next) events.push(next)
      }
    }),
  )
})

test('whoever follows only what is offered to a role never meets a refusal of the fold', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat())), steps => {
      const events: ApplicationEvent[] = [e.submitted]
      for (const [who, what] of steps) {
        const state = foldApplication(e.log(...events))
        const role = e.actingRoles[who % e.actingRoles.length] ?? 'resident'
        const names = allowedActions(state, role).filter(isDone)
        const name = names[what % names.length]
        const event = name ? e.someEvents.find(some => eventOf[name](some) && statusAfter(state, some) !== null) : null
        if (event) events.push(event)
      }
      expect(() => foldApplication(e.log(...events))).not.toThrow()
    }),
  )
})

test('auditors do nothing, and nothing of a withdrawn case is revealed', () => {
  for (const { state } of everyState()) expect(allowedActions(state, 'auditor')).toEqual([])
  expect(allowedActions(foldApplication(e.log(e.submitted, e.withdrawn)), 'county')).toEqual(['reopen'])
})
