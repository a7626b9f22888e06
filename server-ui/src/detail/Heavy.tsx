import { bytes } from '../format/format'

/** Stands for what is too large to be fetched unasked. */
export function Heavy({ size, onLoad }: { size: number; onLoad: () => void }) {
  return (
    <p className="heavy">
      Its input and output are large: {bytes(size)}.
      <button type="button" className="button" onClick={onLoad}>
        Load them
      </button>
    </p>
  )
}
