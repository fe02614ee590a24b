import alarmCues from './data/alarmCues.json' with { type: 'json' }
import cues from './data/cues.json' with { type: 'json' }
import { cuesOf, type Signs } from './intentFeatures.ts'

/** What the reader of intents looks at. */
export const intentSigns: Signs = { cues: cuesOf(cues), longest: 3, sounds: true, farthest: 0, seldomest: 2 }

/**
 * What the judge of crisis and emergency looks at. Of the cries of ten sets that teach nothing and that no rule hears, pairs of characters
 * near each other left 7 unheard instead of 12 where one in a hundred ordinary messages is taken for one; farther than 4 brings nothing more.
 * Signs seen twice to five times are two thirds of all and bring nothing.
 */
export const alarmSigns: Signs = { cues: cuesOf(alarmCues), longest: 3, sounds: true, farthest: 4, seldomest: 6 }

/** What is looked at first, of every message, to tell what is certainly no alarm: as little as does that. */
export const screenSigns: Signs = { cues: cuesOf({}), longest: 2, sounds: false, farthest: 0, seldomest: 6 }
