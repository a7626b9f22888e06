import { useParam } from './useParam'

/** Which page of a list the address names. */
export function usePage(): [number, (page: number) => void] {
  const [wanted, setWanted] = useParam('page')
  return [Math.max(1, Number(wanted) || 1), (next) => setWanted(next === 1 ? null : String(next))]
}
