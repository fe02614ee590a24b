import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Wordbook } from '../conversation/policy/policyIndex.ts'
import { parseSubsidyRules, type SubsidyRules } from '../domain/policy/childcareSubsidy.ts'
import { parsePolicyLayer, type PolicyLayer } from '../domain/policy/policyEntry.ts'
import { parseRewardProgrammes, type RewardProgramme } from '../domain/policy/rewardSupport.ts'
import { parseCalendarItems, type CalendarItem } from '../domain/policy/serviceCalendar.ts'
import { decoded, filesIn } from './loadRegions.ts'

/** Everything in `regions/knowledge`: what people are told about policy, each with its source. */
export interface Policies {
  layers: PolicyLayer[]
  wordbook: Wordbook
  subsidy: SubsidyRules
  rewards: RewardProgramme[]
  calendar: CalendarItem[]
}

const pairs = z.array(z.tuple([z.string(), z.string()]))
const named = z.record(z.string(), z.string())

/** Reads `regions/knowledge`. A file that breaks its form stops the start with its name. */
export function loadPolicies(root: string): Policies {
  const folder = path.join(root, 'regions', 'knowledge')
  const answers = path.join(folder, 'answers')
  const layers = filesIn(answers, '.yaml').map(file => read(path.join(answers, file), parsePolicyLayer))
  const twice = layers.find(({ code }, n) => layers.findIndex(other => other.code === code) !== n)
  if (twice) throw new Error(`Two files of answers carry the code ${twice.code}`)
  return {
    layers,
    wordbook: {
      synonyms: read(path.join(folder, 'synonyms.yaml'), data => pairs.parse(data)).map(
        ([words, one]) => [new RegExp(words, 'gu'), one] as const,
      ),
      concepts: Object.entries(read(path.join(folder, 'concepts.yaml'), data => named.parse(data))).map(
        ([name, words]) => [name, new RegExp(words, 'u')] as const,
      ),
    },
    subsidy: read(path.join(folder, 'childcare-subsidy.yaml'), parseSubsidyRules),
    rewards: read(path.join(folder, 'rewards.yaml'), parseRewardProgrammes),
    calendar: read(path.join(folder, 'service-calendar.yaml'), parseCalendarItems),
  }
}

function read<T>(file: string, decode: (data: unknown) => T): T {
  return decoded(file, parse, decode)
}
