import { errorAt, type Rule } from './finding.ts'

/** Every way out leads to a step that exists, and no id stands twice. */
export const unknownStep: Rule = {
  name: 'unknownStep',
  check: ({ flows }) =>
    flows.flatMap(flow => [
      ...flow.steps.flatMap(step =>
        step.exits
          .filter(({ to }) => to !== null && !flow.byId.has(to))
          .map(({ via, to }) =>
            errorAt('unknownStep', flow, step, `exit "${via}" leads to "${to}", which does not exist`),
          ),
      ),
      ...flow.steps
        .filter((step, n) => flow.steps.findIndex(({ id }) => id === step.id) !== n)
        .map(step => errorAt('unknownStep', flow, step, 'this id stands twice')),
    ]),
}
