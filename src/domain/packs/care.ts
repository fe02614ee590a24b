import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** Days of the year on which visits are paid as of old. */
export const careFestivals = ['spring', 'lantern', 'dragonBoat', 'midAutumn', 'doubleNinth'] as const
export type CareFestival = (typeof careFestivals)[number]

/** 暖心: how a place looks after its families. */
export interface CareFacts {
  /** One visit in so many months. No national rule was found: null until the county sets it. */
  everyMonths: Fact<number>
  festivals: Fact<CareFestival[]>
  /** Days before a festival from which its visit is paid. */
  festivalDays: Fact<number>
  /** Days before a birthday or a kept day from which somebody is reminded of it. */
  dayAhead: Fact<number>
  /** Days within which somebody goes there after an illness, an accident, a death. */
  atOnceDays: Fact<number>
  /** Days within which a new contact has introduced himself. */
  introduceDays: Fact<number>
  /** Share of the families for each of the three duties. */
  coverageTarget: Fact<number>
}

const days = (most: number) => z.int().min(0).max(most)

/** The section of one pack file. */
export const careSchema = z.strictObject({
  everyMonths: fact(z.int().min(1).max(12)),
  festivals: fact(z.array(z.enum(careFestivals))),
  festivalDays: fact(days(30)),
  dayAhead: fact(days(30)),
  atOnceDays: fact(days(7)),
  introduceDays: fact(days(60)),
  coverageTarget: fact(z.number().gt(0).max(1)),
})

export type CareLayer = z.infer<typeof careSchema>

/** Lays the sections over each other, widest first, fact by fact. */
export function layerCare(layers: readonly (CareLayer | undefined)[]): CareFacts {
  return {
    everyMonths: narrowestFact(layers.map(layer => layer?.everyMonths)),
    festivals: narrowestFact(layers.map(layer => layer?.festivals)),
    festivalDays: narrowestFact(layers.map(layer => layer?.festivalDays)),
    dayAhead: narrowestFact(layers.map(layer => layer?.dayAhead)),
    atOnceDays: narrowestFact(layers.map(layer => layer?.atOnceDays)),
    introduceDays: narrowestFact(layers.map(layer => layer?.introduceDays)),
    coverageTarget: narrowestFact(layers.map(layer => layer?.coverageTarget)),
  }
}

/** The rules in force, as numbers. `everyMonths` null: nobody has set how often, and no monthly visit is planned. */
export interface CareRules {
  everyMonths: number | null
  festivals: CareFestival[]
  festivalDays: number
  dayAhead: number
  atOnceDays: number
  introduceDays: number
  coverageTarget: number
}

/** Where no pack says anything (packs of tests): the product's own defaults, as in regions/packs/nation.yaml. */
const DEFAULTS = { festivalDays: 7, dayAhead: 3, atOnceDays: 1, introduceDays: 7, coverageTarget: 1 }

/** The rules of a place, each fact of its pack or else the product's default; what has none stays unset. */
export function careRulesOf(facts: CareFacts | undefined): CareRules {
  return {
    everyMonths: facts?.everyMonths.value ?? null,
    festivals: facts?.festivals.value ?? ['spring', 'midAutumn'],
    festivalDays: facts?.festivalDays.value ?? DEFAULTS.festivalDays,
    dayAhead: facts?.dayAhead.value ?? DEFAULTS.dayAhead,
    atOnceDays: facts?.atOnceDays.value ?? DEFAULTS.atOnceDays,
    introduceDays: facts?.introduceDays.value ?? DEFAULTS.introduceDays,
    coverageTarget: facts?.coverageTarget.value ?? DEFAULTS.coverageTarget,
  }
}
