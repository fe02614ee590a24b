const person = { people: [{ name: '王秀英', birthday: null }], phone: null, address: null, consentWay: 'paper' }

/** A body that each write about a family takes, by its address, so that nothing but the right is missing. */
export const careBodies: Record<string, object> = {
  '/api/care-families/{id}/people': person,
  '/api/care-families/{id}/contacts': { post: 'leader', officer: 'demo-town' },
  '/api/care-families/{id}/duties': { doctor: null },
  '/api/care-families/{id}/visits': {
    ...{ task: null, on: '2026-11-20', way: 'home', mood: 'calm', words: '坐了半个钟头', needs: [], promise: null },
  },
  '/api/care-families/{id}/promises': { visit: 'some', words: '办好了' },
  '/api/care-families/{id}/occasions': { occasion: 'illness' },
  '/api/care-families/{id}/lift-mute': { words: '常去看，好多了' },
  '/api/care-families/{id}/end': { why: 'moved' },
  '/api/care-families/{id}/helpers': { kind: 'volunteer', name: '小周', phone: null },
  '/api/care-families/{id}/helpers/end': { helper: 'some' },
  '/api/care-families/{id}/errands': {
    ...{ helper: 'some', need: 'talk', on: '2035-01-08', time: '09:30', place: '医院门口' },
  },
  '/api/care-families/{id}/errands/end': { errand: 'some', how: 'done' },
  '/api/care-activities/{id}/signups': { family: 'some', people: 1 },
  '/api/relative-requests/{id}/check': { papers: '身份证、户口簿' },
  '/api/relative-requests/{id}/verdict': { granted: true },
}
