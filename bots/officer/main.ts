/** The process of the officers' bot. */
import { run } from '../talk/run.ts'

await run('officer')
