import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * The line between a phone and the service, byte by byte, which a test can cut: `cut` refuses and drops everything, `deaf`
 * lets requests through and loses the answers to writes. What the browser itself calls offline does not reach its workers.
 */
export interface CuttableLine {
  url: string
  state: 'whole' | 'cut' | 'deaf'
  set(state: CuttableLine['state']): void
  close(): Promise<void>
}

export async function openLine(service: string): Promise<CuttableLine> {
  const sockets = new Set<Socket>()
  const { hostname, port } = new URL(service)
  const line: Pick<CuttableLine, 'state'> = { state: 'whole' }
  const server = createServer(phone => {
    if (line.state === 'cut') return void phone.destroy()
    const far = connect(Number(port), hostname)
    for (const socket of [phone, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        phone.destroy()
        far.destroy()
      })
    }
    let writes = false
    phone.on('data', (bytes: Buffer) => {
      writes = bytes.subarray(0, 5).toString() === 'POST '
      far.write(bytes)
    })
    // The service has answered: it did what it was asked, and the phone never hears of it.
    far.on('data', bytes => (line.state === 'deaf' && writes ? phone.destroy() : phone.write(bytes)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    get state() {
      return line.state
    },
    set(state) {
      line.state = state
      if (state === 'cut') sockets.forEach(socket => socket.destroy())
    },
    close: () =>
      new Promise(resolve => {
        sockets.forEach(socket => socket.destroy())
        server.close(() => resolve())
      }),
  }
}
