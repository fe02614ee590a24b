import { expect, test } from 'vitest'
import { ownData } from './ownDataApi.ts'

test('own data is shown by kind, a case without the code of its place and with who came for the person', () => {
  const shown = ownData({
    channels: ['web'],
    chat: { turns: 3, messages: 1, photos: 0 },
    consents: [{ purpose: 'birthRegistration', version: 1, at: '2026-11-22T09:00:00+08:00' }],
    serviceCalendars: 1,
    applications: [
      {
        ...{ number: 'SY420702-000001', matter: 'birthRegistration', receivedAt: '2026-11-22T09:00:00+08:00' },
        content: {
          ...{ applicantName: '欧小红', regionCode: '420702104212', regionName: '下柯村', childName: null },
          proxy: { name: '欧大山', relation: '父亲', consentAt: 1 },
        },
        log: [],
      },
    ],
    complaints: [],
  })
  expect(shown).toMatchObject({ turns: 3, calendars: 1, consents: [{ purpose: 'birthRegistration' }] })
  expect(shown.cases[0]?.content).toEqual({
    ...{ applicantName: '欧小红', regionName: '下柯村', proxyName: '欧大山', proxyRelation: '父亲' },
  })
})
