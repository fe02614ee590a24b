import { WAITS_FOR_MORNING } from '../app/outboxMessage.ts'
import { isWaiting } from './waiting.ts'

/**
 * The shared statements of turns. Each carries the rows of up to 64 callers as arrays. Ciphertexts of one batch travel as
 * one binary parameter and are cut apart on the server: node-postgres would otherwise write them as hexadecimal text.
 */

/** Two channels and keys in, one row for each caller out. Reads only. */
export const openTurns = {
  name: 'turns.open',
  text: `
    select q.n::int as n, i.resident_id, c.version, c.state, x.turn_id, x.body, x.delivery, o.officer_id
    from unnest($1::text[], $2::bytea[], $3::text[]) with ordinality as q (channel, sender_index, message_key, n)
    left join resident_identity i on i.channel = q.channel and i.sender_index = q.sender_index
    left join conversation c on c.resident_id = i.resident_id
    left join inbox x on x.channel = q.channel and x.sender_index = q.sender_index and x.message_key = q.message_key
    left join officer_identity o on o.channel = q.channel and o.sender_index = q.sender_index
      and exists (select from officer f where f.id = o.officer_id and not f.disabled and f.role <> 'auditor')
    order by q.n`,
}

/**
 * First contact: identity, resident and conversation at once. Whoever loses the race writes nothing and reads again.
 * Foreign keys are checked at the end of the statement, so the identity may come first and decide.
 */
export const createResidents = {
  name: 'turns.create',
  text: `
    with q as materialized (
      select * from unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[], $6::timestamptz[])
        as q (resident_id, channel, sender_index, sender, union_index, at)
    ), won as (
      insert into resident_identity (channel, sender_index, resident_id, sender, union_index, created_at)
        select channel, sender_index, resident_id, sender, union_index, at from q order by channel, sender_index
        on conflict do nothing
        returning resident_id, created_at
    ), people as (
      insert into resident (id, created_at) select resident_id, created_at from won
    )
    insert into conversation (resident_id, updated_at) select resident_id, created_at from won`,
}

/**
 * Answers the turns that were committed. A row that a slow transaction has locked is skipped: it must not keep 63 other
 * residents waiting. What the others met, `refusedTurns` tells.
 *
 * Word about a case that waits for the end of the quiet hours is released in passing: whoever writes is awake. What a platform
 * could not take yet keeps its hour, and a row that a worker has in hand is on its way already.
 */
export const commitTurns = {
  name: 'turns.commit',
  text: `
    with q as materialized (
      select t.*, substring($11::bytea from state_from for body_from - state_from) as state,
        substring($11::bytea from body_from for body_to - body_from) as body
      from unnest($1::text[], $2::int[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
          $9::text[], $10::int[], $12::int[], $13::int[]) with ordinality
        as t (resident_id, expected, channel, sender_index, message_key, turn_id, delivery, at, stops, state_from,
          body_from, body_to, n)
    ), held as materialized (
      select q.n, q.turn_id from q join conversation c on c.resident_id = q.resident_id
      where c.version = q.expected
      order by c.resident_id
      for update of c skip locked
    ), kept as (
      insert into inbox (channel, sender_index, message_key, turn_id, resident_id, body, delivery, at)
        select channel, sender_index, message_key, q.turn_id, resident_id, body, delivery, at from q join held using (n)
        on conflict do nothing
        returning turn_id, resident_id
    ), moved as (
      update conversation c set version = q.expected + 1, state = q.state, last_channel = q.channel,
          last_sender_index = q.sender_index, updated_at = q.at
        from q join kept using (turn_id)
        where c.resident_id = q.resident_id
    ), traced as (
      insert into trace (turn_id, at, stops)
        select q.turn_id, q.at, q.stops::jsonb from q join kept using (turn_id) where q.stops <> '[]'
    ), ended as (
      delete from timer t
        using unnest($14::text[], $15::text[], $16::text[]) as e (turn_id, session_id, stay) join kept using (turn_id)
        where t.session_id = e.session_id and t.name <> all (string_to_array(e.stay, ','))
    ), timed as (
      insert into timer (session_id, name, resident_id, turn_id, due_at)
        select e.session_id, e.name, kept.resident_id, e.turn_id, e.due_at
        from unnest($17::text[], $18::text[], $19::text[], $20::timestamptz[]) as e (turn_id, session_id, name, due_at)
        join kept using (turn_id)
        order by e.session_id, e.name
        on conflict (session_id, name) do update set turn_id = excluded.turn_id, due_at = excluded.due_at,
          resident_id = excluded.resident_id, claimed_at = null, fired_at = null
    ), agreed as (
      insert into consent (resident_id, session_id, purpose, version, text_hash, granted, turn_id, at)
        select kept.resident_id, e.session_id, e.purpose, e.version, e.text_hash, e.granted, e.turn_id, e.at
        from unnest($21::text[], $22::text[], $23::text[], $24::int[], $25::text[], $26::boolean[], $27::timestamptz[])
          as e (turn_id, session_id, purpose, version, text_hash, granted, at)
        join kept using (turn_id)
    ), posted as (
      insert into outbox (id, resident_id, channel, payload, dedupe_key, critical, not_before, created_at)
        select e.id, kept.resident_id, q.channel, substring($11::bytea from e.payload_from for e.payload_to - e.payload_from),
          'turn:' || e.turn_id, false, q.at, q.at
        from unnest($28::text[], $29::text[], $30::int[], $31::int[]) as e (turn_id, id, payload_from, payload_to)
        join kept using (turn_id) join q using (turn_id)
        on conflict (dedupe_key) do nothing
    ), released as (
      update outbox o set not_before = word.at from (
          select w.id, q.at from kept join q using (turn_id) join outbox w on w.resident_id = kept.resident_id
            where ${isWaiting('w')} and w.unasked and w.not_before > q.at
              and coalesce(w.failure ->> 'name', '${WAITS_FOR_MORNING}') = '${WAITS_FOR_MORNING}'
            for update of w skip locked
        ) word
        where o.id = word.id
        returning o.resident_id
    )
    select turn_id, exists (select from released r where r.resident_id = kept.resident_id) as released from kept`,
}

/** For turns that were not committed: `locked` when nothing but a lock stood in the way, so that they may be tried again. */
export const refusedTurns = {
  name: 'turns.refused',
  text: `
    select q.turn_id, c.version = q.expected and x.turn_id is null as locked
    from unnest($1::text[], $2::int[], $3::text[], $4::bytea[], $5::text[], $6::text[])
      as q (resident_id, expected, channel, sender_index, message_key, turn_id)
    join conversation c on c.resident_id = q.resident_id
    left join inbox x on x.channel = q.channel and x.sender_index = q.sender_index and x.message_key = q.message_key`,
}
