import { filingWays, matters } from '../../domain/application.ts'
import type { CaseFigure, ClockEnd } from '../../domain/figures/caseFigure.ts'
import { measures, type Count } from '../../domain/figures/counts.ts'
import { oneOf } from '../rows.ts'

/** A row of `case_figure`. */
export interface FigureRow {
  application_id: string
  region_code: string
  case_region: string
  resident_id: string
  matter: string
  way: string
  received_on: string
  accepted_on: string | null
  by_silence: boolean
  decided_on: string | null
  granted: boolean | null
  why_not_online: string | null
  office: string | null
  noticed_on: string | null
  notices: number
  exceptions: number
  promise_due: string | null
  legal_due: string | null
  promise_met: boolean | null
  promise_on: string | null
  legal_met: boolean | null
  legal_on: string | null
}

export const columns = `application_id, resident_id, matter, way, received_on, region_code, case_region, accepted_on, by_silence, decided_on,
  granted, why_not_online, office, noticed_on, notices, exceptions, promise_due, legal_due, promise_met, promise_on,
  legal_met, legal_on`

/** Values in the order of `columns`. */
export function rowOf(figure: CaseFigure): unknown[] {
  const { promise, legal } = figure
  return [
    ...[figure.applicationId, figure.residentId, figure.matter, figure.way, figure.receivedOn],
    ...[figure.regionCode, figure.caseRegion],
    ...[figure.acceptedOn, figure.bySilence, figure.decidedOn, figure.granted, figure.whyNotOnline, figure.office],
    ...[figure.noticedOn, figure.notices, figure.exceptions, figure.promiseDue, figure.legalDue],
    ...[promise?.met ?? null, promise?.on ?? null, legal?.met ?? null, legal?.on ?? null],
  ]
}

export function figureOfRow(row: FigureRow): CaseFigure {
  return {
    applicationId: row.application_id,
    regionCode: row.region_code,
    caseRegion: row.case_region,
    residentId: row.resident_id,
    matter: oneOf(matters, row.matter),
    way: oneOf(filingWays, row.way),
    receivedOn: row.received_on,
    acceptedOn: row.accepted_on,
    bySilence: row.by_silence,
    decidedOn: row.decided_on,
    granted: row.granted,
    whyNotOnline: row.why_not_online,
    office: row.office,
    noticedOn: row.noticed_on,
    notices: row.notices,
    exceptions: row.exceptions,
    promiseDue: row.promise_due,
    legalDue: row.legal_due,
    promise: endOf(row.promise_met, row.promise_on),
    legal: endOf(row.legal_met, row.legal_on),
  }
}

function endOf(met: boolean | null, on: string | null): ClockEnd | null {
  return met === null || on === null ? null : { met, on }
}

/** A counter of one day. */
export interface BucketRow {
  region_code: string
  day: string
  measure: string
  matter: string
  way: string
  detail: string
  n: number
}

export function countOfRow({ region_code: regionCode, day, measure, matter, way, detail, n }: BucketRow): Count {
  return {
    ...{ regionCode, day, detail, n },
    measure: oneOf(measures, measure),
    matter: matter === '' ? '' : oneOf(matters, matter),
    way: way === '' ? '' : oneOf(filingWays, way),
  }
}
