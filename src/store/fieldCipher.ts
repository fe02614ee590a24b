/**
 * Encrypts single fields. A value is bound to the table, column and row it was written for: moved to another row it
 * does not open. `place` is `table|column`; `row` is the primary key as text.
 */
export interface FieldCipher {
  seal(place: FieldPlace, row: string, plain: string | Uint8Array): Buffer
  /** Throws `UnreadableField` when the value was altered, moved, or its key is gone. */
  open(place: FieldPlace, row: string, sealed: Uint8Array): Buffer
  /** Keyed hash for look-ups (blind index), 32 bytes, different for each `place`. */
  index(place: FieldPlace, value: string): Buffer
}

/** Every encrypted or indexed column. A name here is part of what is authenticated: never rename one. */
const fieldPlaces = [
  'resident_identity|sender',
  'resident_identity|union',
  'conversation|state',
  'inbox|body',
  'outbox|payload',
  'application|content',
  'application_action|event',
  'application_content|content',
  'application_mark|mark',
  'application_subject|subject',
  'task|detail',
  'task_evidence|place',
  'evidence_sound|bytes',
  'evidence_picture|bytes',
  'platform_token|token',
  'platform_token|digest',
  'task_action|event',
  'certificate|check_code',
  'certificate|link',
  'certificate_register|content',
  'certificate_register|holder',
  'certificate_register|digest',
  'certificate_register|number',
  'household|content',
  'household|number',
  'household|phone',
  'household|digest',
  'household_change|reason',
  'birth_list_entry|birth',
  'campaign_household|token',
  'survey_response|answers',
  'survey_door_code|code',
  'survey_words|words',
  'staff_survey_answer|person',
  'staff_survey_answer|answers',
  'commitment|holder',
  'notice|content',
  'notice|link',
  'bad_rating_action|event',
  'rating|comment',
  'complaint|content',
  'complaint_action|event',
  'deletion_record|digest',
  'cross_region_request|content',
  'cross_region_request|note',
  'officer|totp_secret',
  'officer|totp_pending',
  'officer_recovery_code|code',
  'officer_identity|sender',
  'upload|bytes',
  'confirmation|question',
  'confirmation|token',
  'short_code|content',
  'door_count|id',
  'care_action|event',
  'care_link|code',
  'care_link|index',
  'relative_action|event',
  'audit|reason',
  'audit_seal|hash',
] as const
export type FieldPlace = (typeof fieldPlaces)[number]

/** What a data key is for. Records of care families have keys of their own, which can be destroyed alone. */
export const keyKinds = ['general', 'care'] as const
export type KeyKind = (typeof keyKinds)[number]

/** By the table of the field. */
export const keyKindOf = (place: FieldPlace): KeyKind => (place.startsWith('care_') ? 'care' : 'general')

export class UnreadableField extends Error {
  override readonly name = 'UnreadableField'
}

/** A data key as it lies in the database: useless without the key file. */
export interface WrappedKey {
  kid: number
  algorithm: CipherAlgorithm
  kind: KeyKind
  wrapped: Uint8Array
}

export const cipherAlgorithms = ['aes', 'sm'] as const
export type CipherAlgorithm = (typeof cipherAlgorithms)[number]

/** Where wrapped data keys live. */
export interface DataKeys {
  list(): Promise<WrappedKey[]>
  /** Adds the key unless its number is taken, which is what happens to the slower of two instances. */
  add(key: WrappedKey): Promise<void>
  /** Destroys all keys for records of care families, and the records with them. Nothing else becomes unreadable. */
  destroyCare(): Promise<void>
}
