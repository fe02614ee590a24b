import type { StaffSurvey, StaffSurveyPort } from '../../app/surveys/staffSurveyPort.ts'
import type { SurveyAnswers } from '../../domain/survey/answers.ts'
import { staffParts, staffRoles, type StaffCount } from '../../domain/survey/staffSurvey.ts'
import { moment, oneOf, parseOwn } from '../rows.ts'
import type { Work } from '../work.ts'

interface SurveyRow {
  id: string
  region_code: string
  flow: string
  revision: number
  title: string
  opens_at: number
  closes_at: number
}

const columns = 's.id, s.region_code, s.flow, s.revision, s.title, s.opens_at, s.closes_at'

const surveyOf = (row: SurveyRow): StaffSurvey => ({
  ...{ id: row.id, regionCode: row.region_code, flow: row.flow, revision: row.revision, title: row.title },
  ...{ opensAt: row.opens_at, closesAt: row.closes_at },
})

/** What binds an answer to its row and nobody's name. */
const rowOf = (id: string, person: Buffer) => `${id}|${person.toString('hex')}`

export function staffSurveysIn(work: Work): StaffSurveyPort {
  const { client } = work
  const read = async (condition: string, values: unknown[]) => {
    const { rows } = await client.query<SurveyRow>(`select ${columns} from staff_survey s ${condition}`, values)
    return rows.map(surveyOf)
  }
  return {
    insert: async (survey, asked) => {
      const { id, regionCode, flow, revision, title, opensAt, closesAt, by } = survey
      await client.query(
        `insert into staff_survey (id, region_code, flow, revision, title, opens_at, closes_at, created_by)
          values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, regionCode, flow, revision, title, moment(opensAt), moment(closesAt), by],
      )
      await client.query(
        `insert into staff_survey_asked (survey_id, officer_id, role, region_code)
          select $1, * from unnest($2::text[], $3::text[], $4::text[])`,
        [id, asked.map(one => one.officerId), asked.map(({ role }) => role), asked.map(one => one.regionCode)],
      )
    },
    list: (regionCode, limit) =>
      read('where s.region_code = $1 order by s.opens_at desc, s.id desc limit $2', [regionCode, limit]),
    byId: async id => (await read('where s.id = $1', [id]))[0] ?? null,
    end: async (id, at) => {
      const { rowCount } = await client.query(
        'update staff_survey set closes_at = $2 where id = $1 and closes_at > $2::timestamptz',
        [id, moment(at)],
      )
      return rowCount === 1
    },
    counts: id => countsOf(work, id),
    count: async (id, counts) => {
      // In one order, or two answers of one survey would wait for each other.
      const sorted = counts.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
      await client.query(
        `insert into staff_survey_count as c (survey_id, part, cell, question, option, n)
          select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[])
          on conflict (survey_id, part, cell, question, option) do update set n = c.n + excluded.n`,
        [id, ...turned(sorted)],
      )
    },
    openFor: (officerId, at) =>
      openFor(work, officerId, at).then(ids => read('where s.id = any($1) order by s.closes_at, s.id', [ids])),
    ...answersIn(work),
  }
}

const orderOf = ({ part, cell, question, option }: StaffCount) => [part, cell, question, option].join('|')

const turned = (counts: readonly StaffCount[]) => [
  counts.map(({ part }) => part),
  counts.map(({ cell }) => cell),
  counts.map(({ question }) => question),
  counts.map(({ option }) => option),
  counts.map(({ n }) => n),
]

async function countsOf({ client }: Work, id: string): Promise<StaffCount[]> {
  const { rows } = await client.query<Omit<StaffCount, 'part'> & { part: string }>(
    'select part, cell, question, option, n from staff_survey_count where survey_id = $1',
    [id],
  )
  return rows.map(row => ({ ...row, part: oneOf(staffParts, row.part) }))
}

/** Surveys that still run, in which he is asked and his hash has not handed in. */
async function openFor(work: Work, officerId: string, at: number): Promise<string[]> {
  const { rows } = await work.client.query<{ id: string }>(
    `select s.id from staff_survey_asked a join staff_survey s on s.id = a.survey_id
      where a.officer_id = $1 and s.opens_at <= $2 and s.closes_at > $2`,
    [officerId, moment(at)],
  )
  const persons = rows.map(({ id }) => personOf(work, id, officerId))
  const { rows: done } = await work.client.query<{ survey_id: string }>(
    `select f.survey_id from staff_survey_answer f join unnest($1::text[], $2::bytea[]) as p (survey_id, person)
      on p.survey_id = f.survey_id and p.person = f.person where f.finished`,
    [rows.map(({ id }) => id), persons],
  )
  return rows.flatMap(({ id }) => (done.some(one => one.survey_id === id) ? [] : [id]))
}

const personOf = ({ cipher }: Work, id: string, officerId: string) =>
  cipher.index('staff_survey_answer|person', `${id}|${officerId}`)

function answersIn(work: Work): Pick<StaffSurveyPort, 'lock' | 'keep' | 'finish'> {
  const { client, cipher } = work
  const write = async (id: string, person: Buffer, sealed: Buffer | null) => {
    const { rowCount } = await client.query(
      `insert into staff_survey_answer as f (survey_id, person, answers, finished) values ($1, $2, $3, $3::bytea is null)
        on conflict (survey_id, person) do update set answers = excluded.answers, finished = excluded.finished
        where not f.finished`,
      [id, person, sealed],
    )
    return rowCount === 1
  }
  return {
    lock: async (id, officerId) => {
      const person = personOf(work, id, officerId)
      const { rows } = await client.query<
        SurveyRow & { role: string; place: string; answers: Buffer | null; finished: boolean | null }
      >(
        `select ${columns}, a.role, a.region_code as place, f.answers, f.finished
          from staff_survey_asked a join staff_survey s on s.id = a.survey_id
            left join staff_survey_answer f on f.survey_id = s.id and f.person = $3
          where a.survey_id = $1 and a.officer_id = $2 for update of a`,
        [id, officerId, person],
      )
      const [row] = rows
      if (!row) return null
      const answers =
        row.answers &&
        parseOwn<SurveyAnswers>(cipher.open('staff_survey_answer|answers', rowOf(id, person), row.answers))
      return {
        survey: surveyOf(row),
        officer: { officerId, role: oneOf(staffRoles, row.role), regionCode: row.place },
        ...{ answers: answers ?? {}, finished: row.finished ?? false },
      }
    },
    keep: async (id, officerId, answers) => {
      const person = personOf(work, id, officerId)
      return write(id, person, cipher.seal('staff_survey_answer|answers', rowOf(id, person), JSON.stringify(answers)))
    },
    finish: (id, officerId) => write(id, personOf(work, id, officerId), null),
  }
}
