/**
 * What Chromium says of a request that a cut line spoilt, each by its name in `net_error_list.h`. Which of them it is hangs on the
 * moment of the cut: before the socket stood, while it stood idle, in the middle of an answer, or when the page's worker asked.
 */
const NETWORK_ERRORS = [
  'ADDRESS_UNREACHABLE',
  'CONNECTION_ABORTED',
  'CONNECTION_CLOSED',
  'CONNECTION_FAILED',
  'CONNECTION_REFUSED',
  'CONNECTION_RESET',
  'CONTENT_LENGTH_MISMATCH',
  'EMPTY_RESPONSE',
  'FAILED',
  'INCOMPLETE_CHUNKED_ENCODING',
  'INTERNET_DISCONNECTED',
  'NETWORK_CHANGED',
  'SOCKET_NOT_CONNECTED',
]

const word = new RegExp(`^console: Failed to load resource: net::ERR_(${NETWORK_ERRORS.join('|')})\\b`)

/**
 * Whether the browser itself noted this because there was no line. What a page or the service did wrong is another word: a
 * status, something thrown, a request to elsewhere.
 */
export const isOfCutLine = (problem: string): boolean => word.test(problem)
