import { expect, test } from 'vitest'
import type { Application } from './application.ts'
import { showsAccount } from './ownCase.ts'

const person = { kind: 'resident' as const, id: 'r1' }
const officer = { kind: 'officer' as const, id: 'o1' }
const proxy = { name: '欧阳小花', relation: '女儿', consentAt: 0 }

/** A granted case; what is beside the point is left out. */
function granted(matter: Application['matter'], content: object, actor: object = officer): Application {
  const actions = [
    { actor: person, event: { type: 'submitted' } },
    { actor, event: { type: 'granted' } },
  ]
  return { matter, content: { proxy: null, ...content }, actions } as unknown as Application
}

test.each([
  ['a registration by the mother', granted('birthRegistration', { registrant: 'mother' }), true],
  ['a registration by a proxy', granted('birthRegistration', { registrant: 'proxy', proxy }), false],
  // The officer at the window writes no name of the proxy.
  ['a registration by a proxy at the window', granted('birthRegistration', { registrant: 'proxy' }), false],
  ['a certificate of one’s own', granted('certificateReissue', { forSelf: true }), true],
  ['a permit of one’s own', granted('additionalBirthPermit', { forSelf: true }), true],
  ['a certificate for another', granted('certificateReissue', { forSelf: false, proxy }), false],
  ['a certificate for another without a name', granted('certificateReissue', { forSelf: false }), false],
  ['a certificate of which nobody said whose it is', granted('certificateReissue', {}), false],
  ['one that the register granted', granted('certificateReissue', { forSelf: true }, { kind: 'system' }), false],
])('%s shows whose account it is: %s', (_, application, shows) => {
  expect(showsAccount(application)).toBe(shows)
})
