/**
 * Cuts a server-sent event stream into its events. Only the fact that something came matters here: the history is
 * then read again, so that a lost or doubled event changes nothing.
 */
export function createEventReader(onEvent: () => void): (chunk: string) => void {
  let line = ''
  let hasData = false
  return chunk => {
    for (const character of chunk) {
      if (character !== '\n' && character !== '\r') {
        line += character
        continue
      }
      if (line.startsWith('data:')) hasData = true
      if (line === '' && hasData) {
        hasData = false
        onEvent()
      }
      line = ''
    }
  }
}
