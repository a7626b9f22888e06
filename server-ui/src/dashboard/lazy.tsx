import { lazyPage } from '../ui/lazyPage'

export const DashboardPage = lazyPage('the dashboard', () => import('./DashboardPage'))
