import { lazyPage } from '../ui/lazyPage'

export const GroupsPage = lazyPage('the list', () => import('./GroupsPage'))
