import { createHash } from 'node:crypto'
import { countingStore, type ClockOf } from '../app/figures/countingStore.ts'
import type { AppParts } from '../app/parts.ts'
import { converse } from '../conversation/converse.ts'
import { surveySheetOf } from '../conversation/surveySheet.ts'
import type { Application } from '../domain/application.ts'
import { clocksOf } from '../domain/clocks.ts'
import { messageRules } from '../domain/message/messageRules.ts'
import { retentionDays } from '../domain/privacy/retention.ts'
import { limitsOf } from '../domain/packs/limits.ts'
import { regionName } from '../domain/region.ts'
import { addWorkingDays } from '../domain/workingDays.ts'
import { nextLook } from '../domain/nextLook.ts'
import type { Config } from './config.ts'
import { loadTemplates } from './loadRegions.ts'
import { crashAt } from './crash.ts'
import type { Knowledge } from './knowledge.ts'

/** The parts from which the use cases are made. */
export function appParts(
  config: Config,
  knowledge: Knowledge,
  around: Pick<AppParts, 'store' | 'world' | 'wake' | 'report'>,
): AppParts {
  const { library, regions, calendars, policies } = knowledge
  const limitsAt = (regionCode: string, application: Application) => limitsOf(library.packFor(regionCode), application)
  const limits = (application: Application) => limitsAt(application.regionCode, application)
  const clockOf: ClockOf = application => {
    const known = limits(application)
    // Of a case that moved the place may be the one that had it then.
    return ({ regionCode, actions }) =>
      clocksOf(actions, regionCode === application.regionCode ? known : limitsAt(regionCode, application), calendars)
  }
  return {
    ...around,
    store: countingStore(around.store, clockOf),
    clockOf,
    crash: crashAt(config.crashAt),
    settings: { ...config.settings, retention: retentionDays(knowledge.retention) },
    converse: (conversation, input, context) => converse(library, conversation, input, context),
    text: library.text,
    packFor: library.packFor,
    surveySheet: (flow, revision) => surveySheetOf(library, flow, revision),
    messageRules: messageRules(knowledge.messages),
    quietHoursAnywhere: knowledge.quietHours,
    templates: loadTemplates(config.templatesFile),
    questionnaires: library.flows.flatMap(({ survey: kind, name: flow, revision }) =>
      kind ? [{ kind, flow, revision }] : [],
    ),
    policies,
    regionName: code => regionName(regions, code) || code,
    clocks: application => clocksOf(application.actions, limits(application), calendars),
    nextLook: ({ actions }) => nextLook(actions, config.settings.looks, calendars),
    addWorkingDays: (from, days) => addWorkingDays(calendars, from, days),
    calendars,
    hashToken: token => createHash('sha256').update(token).digest(),
  }
}
