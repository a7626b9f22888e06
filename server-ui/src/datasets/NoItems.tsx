import { Snippet } from '../ui/Snippet'
import { addItem } from './snippets'

/** How the first item gets into a dataset. */
export function NoItems({ name }: { name: string }) {
  return (
    <section className="no-items" aria-label="No item yet">
      <h2>No item yet</h2>
      <p className="soft">An item is an input and the answer that you expect. Add them from a program with any of Langfuse&apos;s SDKs, or with curl:</p>
      <Snippet label="curl command" code={addItem(name)} />
    </section>
  )
}
