import type { RetrievedDocument } from './documentsIn'

export function Documents({ documents }: { documents: RetrievedDocument[] }) {
  const best = Math.max(...documents.map((document) => document.score ?? 0))
  return (
    <ol className="documents" aria-label="Retrieved documents">
      {documents.map((document, index) => (
        <li key={index}>
          <header>
            <span className="faint numeric">{index + 1}</span>
            <span className="clip document-title">{document.title ?? 'untitled'}</span>
            {document.score !== null && <Score score={document.score} best={best} />}
          </header>
          <p>{document.text}</p>
        </li>
      ))}
    </ol>
  )
}

function Score({ score, best }: { score: number; best: number }) {
  const share = best > 0 ? Math.max(0, Math.min(1, score / best)) : 0
  return (
    <span className="score numeric">
      <span className="score-track" aria-hidden>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {score.toFixed(3)}
    </span>
  )
}
