import { reactive } from 'vue'
import { ask, Refused, send, type Officer } from './api.ts'

/** Who is logged in: the same session as at the officers' pages. `unknown` until the service was asked. */
export const session = reactive<{ state: 'unknown' | 'out' | 'in'; officer: Officer | null; csrfToken: string }>({
  state: 'unknown',
  officer: null,
  csrfToken: '',
})

interface Answer {
  officer: Officer
  csrfToken: string
}

function enter({ officer, csrfToken }: Answer): void {
  Object.assign(session, { state: 'in', officer, csrfToken })
}

export async function whoAmI(): Promise<void> {
  try {
    enter(await ask<Answer>('/api/officer/me'))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    session.state = 'out'
  }
}

export async function logIn(username: string, password: string, totp: string): Promise<void> {
  enter(await send<Answer>('/api/officer/login', { username, password, ...(totp === '' ? {} : { totp }) }))
}

export async function logOut(): Promise<void> {
  await send('/api/officer/logout', {}, { 'x-csrf-token': session.csrfToken }).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
  })
  Object.assign(session, { state: 'out', officer: null, csrfToken: '' })
}

/** An ended session shows the log-in instead of an error. */
export function noteEnd({ status }: Refused): void {
  if (status === 401) session.state = 'out'
}
