import { lazyPage } from '../ui/lazyPage'

export const ScoresPage = lazyPage('the scores', () => import('./ScoresPage'))
