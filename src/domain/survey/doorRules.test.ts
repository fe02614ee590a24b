import { expect, test } from 'vitest'
import { mayAskAtDoor } from './doorRules.ts'

const village = { id: 'v', role: 'village' as const, regionCode: '420702104212' }
const neighbour = { id: 'n', role: 'village' as const, regionCode: '420702104201' }
const town = { id: 't', role: 'town' as const, regionCode: '420702104' }
const other = { id: 'o', role: 'town' as const, regionCode: '420704108' }
const county = { id: 'c', role: 'county' as const, regionCode: '420702' }
const household = { villageCode: '420702104212', kind: 'satisfaction' as const, handledBy: [] }

test.each([
  ['the officer of the village about himself', village, household, 'aboutHimself'],
  [
    'the officer of the village about what is known',
    village,
    { ...household, kind: 'knowledge' as const },
    'aboutHimself',
  ],
  ['the officer of the village about needs', village, { ...household, kind: 'needs' as const }, 'yes'],
  ['the officer of another village of the town', neighbour, household, 'yes'],
  ['the officer of the town', town, household, 'yes'],
  ['the officer of the town who handled their case', town, { ...household, handledBy: ['t'] }, 'aboutHimself'],
  ['the officer of another town', other, household, 'elsewhere'],
  ['the county', county, household, 'yes'],
])('%s: %#', (_, officer, asked, may) => {
  expect(mayAskAtDoor(officer, asked)).toBe(may)
})
