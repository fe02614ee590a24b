/** As much of a summary as tells tasks apart in a line that is read standing. Our own choice. */
const BRIEF = 28

/** A summary without what stands in brackets behind it; 查 tells all of it. */
export function brief(summary: string): string {
  const [head = ''] = summary.split(/[（(]/u)
  const characters = Array.from(head.trim() === '' ? summary : head.trim())
  return characters.length > BRIEF ? `${characters.slice(0, BRIEF - 1).join('')}…` : characters.join('')
}
