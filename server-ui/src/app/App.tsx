import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { createQueryClient } from '../api/queries'
import { ComparePage } from '../compare/lazy'
import { GroupsPage, UserPage } from '../overview/lazy'
import { DashboardPage } from '../dashboard/lazy'
import { DatasetPage, DatasetsPage } from '../datasets/lazy'
import { HealthPage } from '../health/HealthPage'
import { ImportProvider } from '../import/ImportProvider'
import { LiveProvider } from '../live/live'
import { PromptPage, PromptsPage } from '../prompts/lazy'
import { ScoresPage } from '../scores/lazy'
import { SessionPage } from '../session/SessionPage'
import { TracePage } from '../trace/TracePage'
import { TracesPage } from '../traces/TracesPage'
import { SignInGate } from '../signin/SignInGate'
import { ErrorBoundary } from '../ui/ErrorBoundary'
import { Missing } from '../ui/Notice'
import { pathId } from '../ui/pathId'
import { Shell } from './Shell'

export function App() {
  const [client] = useState(createQueryClient)
  return (
    <QueryClientProvider client={client}>
      <SignInGate>
        <LiveProvider>
          <ImportProvider>
            <Shell>
              <Pages />
            </Shell>
          </ImportProvider>
        </LiveProvider>
      </SignInGate>
    </QueryClientProvider>
  )
}

function Pages() {
  const [path] = useLocation()
  return (
    <ErrorBoundary key={path} what="This page">
      <Routes />
    </ErrorBoundary>
  )
}

/** Our own short addresses, and those that Langfuse's SDKs print. */
function Routes() {
  return (
    <Switch>
      <Route path="/" component={TracesPage} />
      <Route path="/traces" component={TracesPage} />
      <Route path="/project/:project/traces" component={TracesPage} />
      <Route path="/trace/:id">{({ id }) => <TracePage key={id} id={pathId(id)} />}</Route>
      <Route path="/traces/:id">{({ id }) => <TracePage key={id} id={pathId(id)} />}</Route>
      <Route path="/project/:project/traces/:id">{({ id }) => <TracePage key={id} id={pathId(id)} />}</Route>
      <Route path="/sessions">
        <GroupsPage kind="sessions" />
      </Route>
      <Route path="/project/:project/sessions">
        <GroupsPage kind="sessions" />
      </Route>
      <Route path="/users">
        <GroupsPage kind="users" />
      </Route>
      <Route path="/project/:project/users">
        <GroupsPage kind="users" />
      </Route>
      <Route path="/sessions/:id">{({ id }) => <SessionPage key={id} id={pathId(id)} />}</Route>
      <Route path="/project/:project/sessions/:id">{({ id }) => <SessionPage key={id} id={pathId(id)} />}</Route>
      <Route path="/compare/:left/:right">{({ left, right }) => <ComparePage key={`${left} ${right}`} left={pathId(left)} right={pathId(right)} />}</Route>
      <Route path="/dashboard" component={DashboardPage} />
      <Route path="/users/:id">{({ id }) => <UserPage key={id} id={pathId(id)} />}</Route>
      <Route path="/project/:project/users/:id">{({ id }) => <UserPage key={id} id={pathId(id)} />}</Route>
      <Route path="/scores" component={ScoresPage} />
      <Route path="/project/:project/scores" component={ScoresPage} />
      <Route path="/prompts" component={PromptsPage} />
      <Route path="/project/:project/prompts" component={PromptsPage} />
      <Route path="/prompts/:name">{({ name }) => <PromptPage key={name} name={pathId(name)} />}</Route>
      <Route path="/project/:project/prompts/:name">{({ name }) => <PromptPage key={name} name={pathId(name)} />}</Route>
      <Route path="/datasets" component={DatasetsPage} />
      <Route path="/project/:project/datasets" component={DatasetsPage} />
      <Route path="/datasets/:name">{({ name }) => <DatasetPage key={name} name={pathId(name)} />}</Route>
      <Route path="/project/:project/datasets/:name">{({ name }) => <DatasetPage key={name} name={pathId(name)} />}</Route>
      <Route path="/health" component={HealthPage} />
      <Route path="/project/:project">
        <Redirect to="/traces" replace />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  )
}

function NotFound() {
  return (
    <Missing title="There is no such page" href="/traces" link="All traces">
      <p>
        Traces live at <code>/trace/&lt;trace id&gt;</code>, sessions at <code>/sessions/&lt;session id&gt;</code>.
      </p>
    </Missing>
  )
}
