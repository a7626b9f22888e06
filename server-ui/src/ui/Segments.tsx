interface Props<K extends string> {
  label: string
  options: readonly K[]
  /** Where a key is not what readers call it. */
  titles?: Partial<Record<K, string>>
  selected: K
  onSelect: (key: K) => void
}

/** A few ways to show the same thing, side by side; one of them is pressed. */
export function Segments<K extends string>({ label, options, titles, selected, onSelect }: Props<K>) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option} type="button" aria-pressed={option === selected} onClick={() => onSelect(option)}>
          {titles?.[option] ?? option.slice(0, 1).toUpperCase() + option.slice(1)}
        </button>
      ))}
    </div>
  )
}
