/** One figure over the time, a value for each step; null where there is none. */
export interface Series {
  name: string
  kind: 'bar' | 'line'
  colour: string
  values: (number | null)[]
}
