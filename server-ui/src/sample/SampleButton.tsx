import { FlaskConical } from 'lucide-react'
import { useImport } from '../import/ImportProvider'

export function SampleButton() {
  const take = useSample()
  return (
    <button type="button" className="button" onClick={take}>
      <FlaskConical size={14} aria-hidden /> Load sample data
    </button>
  )
}

/** Three traces of a travel desk that does not exist, tagged "sample" and in the environment of that name. */
export function useSample(): () => void {
  const take = useImport()
  return () => void take('the sample', async () => (await import('./sample')).sampleText())
}
