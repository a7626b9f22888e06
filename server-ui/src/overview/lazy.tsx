import { lazyPage } from '../ui/lazyPage'

export const GroupsPage = lazyPage('the list', () => import('./GroupsPage'))
export const UserPage = lazyPage<{ id: string }>('the user', () => import('./UserPage'))
