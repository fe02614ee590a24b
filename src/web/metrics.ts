/** Upper bounds in seconds; 0.5 and 5 are the promises of the platform callback. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 1, 5]

interface Series {
  count: number
  seconds: number
  buckets: number[]
}

export interface Metrics {
  /** `route` is the pattern, never the address: addresses hold codes. */
  observe(call: { method: string; route: string; status: number; ms: number }): void
  /** Prometheus text format 0.0.4. */
  print(): string
}

/** Three counters and a histogram: too little for a library. */
export function createMetrics(): Metrics {
  const series = new Map<string, Series>()
  return {
    observe({ method, route, status, ms }) {
      const labels = `method="${method}",route="${route}",status="${status}"`
      const known = series.get(labels) ?? { count: 0, seconds: 0, buckets: BUCKETS.map(() => 0) }
      series.set(labels, known)
      known.count++
      known.seconds += ms / 1000
      known.buckets = known.buckets.map((n, i) => (ms / 1000 <= (BUCKETS[i] ?? 0) ? n + 1 : n))
    },
    print: () =>
      `${[...header, ...[...series].flatMap(([labels, one]) => lines(labels, one)), ...memory()].join('\n')}\n`,
  }
}

const header = [
  '# HELP http_request_seconds Time from the first byte to the answer.',
  '# TYPE http_request_seconds histogram',
]

function lines(labels: string, { count, seconds, buckets }: Series): string[] {
  return [
    ...buckets.map((n, i) => `http_request_seconds_bucket{${labels},le="${BUCKETS[i]}"} ${n}`),
    `http_request_seconds_bucket{${labels},le="+Inf"} ${count}`,
    `http_request_seconds_sum{${labels}} ${seconds.toFixed(3)}`,
    `http_request_seconds_count{${labels}} ${count}`,
  ]
}

function memory(): string[] {
  const { rss, heapUsed } = process.memoryUsage()
  return [
    ...['# HELP process_resident_memory_bytes Memory of the process.', '# TYPE process_resident_memory_bytes gauge'],
    `process_resident_memory_bytes ${rss}`,
    ...['# HELP nodejs_heap_used_bytes Heap in use.', '# TYPE nodejs_heap_used_bytes gauge'],
    `nodejs_heap_used_bytes ${heapUsed}`,
  ]
}
