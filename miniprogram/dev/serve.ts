/** `npm run dev:fake`: the built H5 with canned answers, on loopback. Officers: any name, password `secret`. */
import { startFakeService } from './fakeService.ts'

const port = Number(process.env['PORT'] ?? 3100)
await startFakeService(port, new URL('../dist/build/h5', import.meta.url).pathname)
process.stdout.write(`http://127.0.0.1:${port}/  http://127.0.0.1:${port}/officer\n`)
