/** What a step is called: what it is, where nobody gave it a name. */
export function stepName({ name, type }: { name: string | null; type: string }): string {
  return name || type.toLowerCase()
}
