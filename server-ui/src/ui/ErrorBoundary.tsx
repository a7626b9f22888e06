import { Component, type ReactNode } from 'react'

interface Props {
  what: string
  children: ReactNode
}

/** Keeps a view that fails on unforeseen content from taking the page with it. */
export class ErrorBoundary extends Component<Props, { failure: Error | null }> {
  override state = { failure: null as Error | null }

  static getDerivedStateFromError(failure: Error) {
    return { failure }
  }

  override render() {
    const { failure } = this.state
    if (failure === null) return this.props.children
    return (
      <div className="broken" role="alert">
        <p>
          {this.props.what} could not be shown: <code>{failure.message}</code>
        </p>
        <p className="soft">The data itself is safe. Another tab, or the public API, shows it as it is.</p>
        <button type="button" className="button" onClick={() => this.setState({ failure: null })}>
          Try again
        </button>
      </div>
    )
  }
}
