/** The process of the residents' bot. */
import { run } from '../talk/run.ts'

await run('resident')
