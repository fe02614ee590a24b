/**
 * GB/T 22239-2019 8.1.4.1 asks for passwords that are not simple and names no length. Ten signs are ours: long enough to
 * outlast five tries in a quarter of an hour, short enough to be remembered without a note under the keyboard.
 */
export const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 128
/** 1111111111 and 1212121212 are among the first that anybody tries. */
const FEWEST_SIGNS = 5

/** Whether nobody should have this password: too short, a few signs over and over, or the user name itself. */
export function isWeakPassword(password: string, username: string): boolean {
  const signs = Array.from(password.normalize('NFC'))
  if (signs.length < SHORTEST_PASSWORD || signs.length > LONGEST_PASSWORD) return true
  return new Set(signs).size < FEWEST_SIGNS || password.toLowerCase().includes(username.toLowerCase())
}
