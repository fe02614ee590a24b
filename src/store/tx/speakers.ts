/** Who ended a link whose phone was confirmed too long ago: nobody said that the household is not his. */
export const BY_AGE = 'retention'

/**
 * Whether a confirmed phone (`p`, of `resident_phone`) speaks for a household that the list has under it. Not for one that its
 * resident said is not his; not beside a household of the same county for which he speaks by another proof; for none of several
 * that the county lists under one number, until he says which is his; and not where a link by phone ran out before: the number may
 * be somebody else's by now, so whoever confirms it says first that it is his. `household`: alias of a row with id, region_code
 * and phone_index.
 */
export const phoneSpeaks = (household: string): string => `not exists (
    select from household_resident e left join household k on k.id = e.household_id
    where e.resident_id = p.resident_id and (
      e.ended_at is not null and e.proof = 'phone' and e.household_id = ${household}.id
      or e.ended_at is null and left(k.region_code, 6) = left(${household}.region_code, 6)))
  and not exists (select from household_resident e where e.household_id = ${household}.id and e.ended_by = '${BY_AGE}')
  and not exists (
    select from household o where o.phone_index = p.phone_index and o.id <> ${household}.id and o.gone is null
      and left(o.region_code, 6) = left(${household}.region_code, 6)
      and not exists (select from household_resident e where e.household_id = o.id and e.resident_id = p.resident_id
        and e.proof = 'phone' and e.ended_by <> '${BY_AGE}'))`

/** Proved links that hold: those written down, and phones that the platform confirmed and the list has. */
export const speakers = `(
  select household_id, resident_id, proof, linked_by, linked_at from household_resident where ended_at is null
  union all
  select h.id, p.resident_id, 'phone', 'service', p.confirmed_at
    from resident_phone p join household h on h.phone_index = p.phone_index
    where ${phoneSpeaks('h')}
)`
