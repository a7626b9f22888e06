/**
 * A segment of the address as what it stands for. The router decodes only what may stand in an address anyway, and
 * leaves the rest as it is: a colon or a slash of an id is still written with a percent sign.
 */
export function pathId(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
