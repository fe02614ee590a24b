/**
 * Why a case came to the window (words: `app.whyNotOnline.<id>`). A fixed list, so that the reasons can be counted and ranked;
 * a note in the officer's words may stand beside it.
 */
export const whyNotOnlineReasons = [
  'noPhone',
  'cannotUse',
  'oldOrIll',
  'noNetwork',
  'noAccount',
  'identityNotProved',
  'systemDown',
  'materialsNeedOriginal',
  'prefersWindow',
  'other',
] as const
export type WhyNotOnline = (typeof whyNotOnlineReasons)[number]
