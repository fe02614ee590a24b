import { type Answer, type Send } from './answer.ts'
import { fields, flag, number, text, texts } from './decode.ts'
import { officerCalls } from './officerCalls.ts'

export interface OwnAccount {
  secondFactor: boolean
  recoveryCodesLeft: number
}

/** What an authenticator takes in: `key` to type or paste, `qr` the same as a picture for another phone. */
export interface FactorSecret {
  key: string
  qr: string
}

export interface OwnAccountApi {
  look(): Promise<Answer<OwnAccount>>
  /** Counts when a code of it was confirmed. */
  begin(password: string): Promise<Answer<FactorSecret>>
  /** Answers the recovery codes, which the service tells this once. */
  confirm(code: string): Promise<Answer<string[]>>
  /** `code`: of the phone, or a recovery code. */
  end(password: string, code: string): Promise<Answer<null>>
  changePassword(password: string, next: string): Promise<Answer<null>>
}

function account(value: unknown): OwnAccount {
  const from = fields(value)
  return { secondFactor: flag(from, 'secondFactor'), recoveryCodesLeft: number(from, 'recoveryCodesLeft') }
}

function secret(value: unknown): FactorSecret {
  const from = fields(value)
  return { key: text(from, 'key'), qr: text(from, 'qr') }
}

const nothing = () => null

/** Password and second factor of whoever is logged in: his own, also while he stands in for somebody. */
export function createOwnAccountApi(send: Send, csrf: () => string): OwnAccountApi {
  const { get, post } = officerCalls(send, csrf)
  return {
    look: () => get('/api/officer/account', account),
    begin: password => post('/api/officer/second-factor', { password }, secret),
    confirm: code =>
      post('/api/officer/second-factor/confirm', { code }, value => texts(fields(value)['recoveryCodes'])),
    end: (password, code) => post('/api/officer/second-factor/end', { password, code }, nothing),
    changePassword: (password, next) => post('/api/officer/password', { password, next }, nothing),
  }
}
