/** Thrown deep inside a reader, caught at its door, where it becomes `{ problem }`. */
export class Refusal extends Error {
  constructor(readonly problem: { field: "file"; rule: string }) {
    super(problem.rule);
  }
}
