import type { ServerInfo } from '../api/types'
import { ago, bytes, plural } from '../format/format'
import { CopyButton } from '../ui/CopyButton'

/** What this server is, and how it was started. */
export function AboutServer({ info }: { info: ServerInfo }) {
  return (
    <section>
      <h2>This server</h2>
      <table>
        <tbody>
          <Row name="Version" value={info.version} />
          <Row name="Address" value={window.location.origin} copy />
          <Row name="Project" value={`${info.projectName} (${info.projectId})`} />
          <Row name="Keys" value={info.requireKeys ? 'required' : 'any are accepted'} />
          <Row name="Data folder" value={info.dataDir} copy />
          <Row name="Retention" value={retention(info)} />
          <Row name="Filtered" value="nothing: what arrives is stored, programs filter before they send" />
          <Row name="Started" value={ago(info.startedAt)} />
        </tbody>
      </table>
    </section>
  )
}

/** "30 days, at most 5.0 GB". */
export function retention({ retention: { keepDays, keepBytes } }: ServerInfo): string {
  if (keepDays === null && keepBytes === null) return 'everything is kept (--keep-days and --keep-megabytes set bounds)'
  const bounds = [keepDays === null ? null : plural(Math.round(keepDays * 10) / 10, 'day'), keepBytes === null ? null : `at most ${bytes(keepBytes)}`]
  return bounds.filter((bound) => bound !== null).join(', ')
}

function Row({ name, value, copy = false }: { name: string; value: string; copy?: boolean }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {value} {copy && <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} />}
      </td>
    </tr>
  )
}
