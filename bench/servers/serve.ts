import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'

/** What the bench hands to a contender of its own as the first argument, as JSON. */
export function settingsOf<T>(shape: z.ZodType<T>): T {
  return shape.parse(JSON.parse(process.argv[2] ?? '{}'))
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Listens on the port that the bench chose, and says `ready` to the bench. Ends with it, after `close`. */
export function serve(listener: Listener, close: () => Promise<void> = async () => undefined): void {
  const { port } = settingsOf(z.looseObject({ port: z.int() }))
  const server = createServer((request, response) => void listener(request, response))
  server.listen(port, '127.0.0.1', () => process.send?.('ready'))
  // Ctrl-C goes to the whole group: the bench ends its contenders in order.
  process.on('SIGINT', () => undefined)
  process.once('disconnect', () => {
    server.close()
    server.closeAllConnections()
    void close().then(() => process.exit())
  })
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  const incoming: AsyncIterable<Buffer> = request
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks)
}
