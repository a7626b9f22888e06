import type { ServerInfo } from '../api/types'
import { ago, count } from '../format/format'

/** The last requests that were turned away, and why. */
export function Rejections({ info: { health } }: { info: ServerInfo }) {
  if (health.lastRejections.length === 0) return null
  return (
    <section>
      <h2>Last rejections</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Why</th>
            <th scope="col">Times</th>
          </tr>
        </thead>
        <tbody>
          {health.lastRejections.map((rejection) => (
            <tr key={`${rejection.at} ${rejection.reason}`}>
              <td title={rejection.at}>{ago(rejection.at)}</td>
              <td>{rejection.reason}</td>
              <td className="numeric">{count(rejection.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
