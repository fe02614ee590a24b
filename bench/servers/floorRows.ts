import { randomBytes } from 'node:crypto'

/** Mean bytes of a sealed conversation and of a sealed inbox row over the dialogue, as our service writes them. */
const STATE_BYTES = 580
const BODY_BYTES = 600

const state = randomBytes(STATE_BYTES)
const body = randomBytes(BODY_BYTES)

/** About as long as a question of the birth registration. */
export const answerText = `请问预产期是哪一天？可以写公历，也可以写农历，例如“2027年3月8日”或“腊月初八”。`.repeat(2)

/** What a turn leaves behind at a step, as the store writes it. */
const stops = JSON.stringify([
  ['birth-registration', 1, 'expectedDate', 'answered'],
  ['birth-registration', 1, 'phone', 'entered'],
])
const DAY_MS = 24 * 3600_000

/** The tables that an ordinary turn touches, with the product's columns, keys and storage. */
export const createTables = `
  drop schema if exists bench_floor cascade;
  create schema bench_floor;
  create table conversation (
    resident_id text collate "C" primary key,
    version int not null,
    state bytea,
    last_channel text,
    updated_at timestamptz not null
  );
  alter table conversation alter column state set storage external;
  alter table conversation set (fillfactor = 50, toast_tuple_target = 4080);
  create table inbox (
    channel text collate "C" not null,
    sender text collate "C" not null,
    message_key text collate "C" not null,
    turn_id text collate "C" not null,
    resident_id text collate "C" not null,
    body bytea not null,
    at timestamptz not null,
    primary key (channel, sender, message_key)
  );
  alter table inbox alter column body set storage external;
  create index inbox_resident on inbox (resident_id, at desc);
  create table trace (turn_id text collate "C", at timestamptz not null, stops jsonb not null);
  create index trace_at on trace using brin (at);
  create table timer (
    session_id text collate "C" not null,
    name text collate "C" not null,
    turn_id text collate "C" not null,
    due_at timestamptz not null,
    primary key (session_id, name)
  );
  alter table timer set (fillfactor = 70);
  create index timer_due on timer (due_at)`

/** Inbox, conversation, trace and one timer, as an ordinary turn: four rows, one round trip, one commit. */
export const writeTurn = {
  name: 'floor.turn',
  text: `
    with kept as (
      insert into inbox (channel, sender, message_key, turn_id, resident_id, body, at)
        values ('wechat-official', $1::text, $2::text, $3::text, $1::text, $4::bytea, $5::timestamptz)
        on conflict do nothing returning resident_id
    ), moved as (
      insert into conversation as c (resident_id, version, state, last_channel, updated_at)
        select resident_id, 1, $6::bytea, 'wechat-official', $5::timestamptz from kept
        on conflict (resident_id) do update set version = c.version + 1, state = excluded.state,
          last_channel = excluded.last_channel, updated_at = excluded.updated_at
    ), traced as (
      insert into trace (turn_id, at, stops) select $3::text, $5::timestamptz, $7::jsonb from kept
    ), timed as (
      insert into timer (session_id, name, turn_id, due_at)
        select resident_id, 'remind', $3::text, $8::timestamptz from kept
        on conflict (session_id, name) do update set turn_id = excluded.turn_id, due_at = excluded.due_at
    )
    select count(*) from kept`,
}

export function rowsOf(sender: string, messageKey: string, turnId: string, now: number): unknown[] {
  const moment = (at: number) => new Date(at).toISOString()
  return [sender, messageKey, turnId, body, moment(now), state, stops, moment(now + DAY_MS)]
}
