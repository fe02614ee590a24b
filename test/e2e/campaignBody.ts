/** A draft of a campaign that the service takes. */
export const campaignBody = {
  ...{
    kind: 'satisfaction',
    flow: 'survey-satisfaction',
    title: '满意度',
    pacePerMinute: 60,
    doorstepsPerVillage: 5,
  },
  filter: { places: [], membersFrom: null, membersTo: null, way: 'any', coolDownDays: 0 },
  sample: { method: 'everyone', size: 0, allocation: 'equal', leastPerVillage: 0 },
  ...{ opensAt: '2035-01-08T09:00:00+08:00', closesAt: '2035-01-09T09:00:00+08:00' },
}
