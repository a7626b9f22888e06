/** A command that adds an item to a dataset of this server. */
export function addItem(datasetName: string): string {
  const item = JSON.stringify({ datasetName, input: 'Do you deliver to Norway?', expectedOutput: 'Yes.' })
  return `curl ${window.location.origin}/api/public/dataset-items \\
  -H 'Content-Type: application/json' \\
  -d '${item.replaceAll("'", "'\\''")}'`
}
