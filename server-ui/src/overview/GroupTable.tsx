import { Link } from 'wouter'
import type { TraceGroup } from '../api/types'
import { unmarked } from '../traces/rowParts'
import { ago, compact, cost, count } from '../format/format'

export type GroupKind = 'users' | 'sessions'

/** Head and rows: who or which conversation, and what their traces come to. */
export function GroupTable({ kind, groups, users = kind === 'sessions' }: { kind: GroupKind; groups: TraceGroup[]; users?: boolean }) {
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{kind === 'users' ? 'User' : 'Session'}</th>
          <th scope="col" className="wide">
            Latest
          </th>
          {users && (
            <th scope="col" className="optional">
              User
            </th>
          )}
          <th scope="col" className="number">
            Traces
          </th>
          <th scope="col" className="number">
            Errors
          </th>
          <th scope="col" className="number optional">
            Tokens
          </th>
          <th scope="col" className="number optional">
            Cost
          </th>
          <th scope="col" className="number">
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Row key={group.id} kind={kind} group={group} users={users} />
        ))}
      </tbody>
    </>
  )
}

function Row({ kind, group, users }: { kind: GroupKind; group: TraceGroup; users: boolean }) {
  const href = kind === 'users' ? `/users/${encodeURIComponent(group.id)}` : `/sessions/${encodeURIComponent(group.id)}`
  return (
    <tr>
      <th scope="row">
        <Link href={href}>{group.id}</Link>
      </th>
      <td className="wide soft">
        <span className="clip" dir="auto">
          {unmarked(group.inputPreview) ?? group.name ?? ''}
        </span>
      </td>
      {users && <td className="optional">{group.userId && <Link href={`/users/${encodeURIComponent(group.userId)}`}>{group.userId}</Link>}</td>}
      <td className="number numeric">{count(group.traces)}</td>
      <td className={`number numeric ${group.errors > 0 ? 'bad' : 'faint'}`}>{count(group.errors)}</td>
      <td className="number numeric optional">{compact(group.totalTokens)}</td>
      <td className="number numeric optional">{cost(group.totalCost)}</td>
      <td className="number numeric soft" title={`${group.first} – ${group.last}`}>
        {ago(group.last)}
      </td>
    </tr>
  )
}
