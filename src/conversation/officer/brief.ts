/** As much of a summary as tells tasks apart in a line that is read standing. Our own choice. */
const BRIEF = 28

/** A summary without what stands in brackets behind it; 查 tells all of it. */
export function brief(summary: string): string {
  const [head = ''] = summary.split(/[（(]/u)
  return cutTo(BRIEF, head.trim() === '' ? summary : head.trim())
}

/** A text of at most so many characters; where it is cut an ellipsis says so. */
export function cutTo(most: number, text: string): string {
  const characters = Array.from(text)
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text
}
