import { lazyPage } from '../ui/lazyPage'

export const DatasetsPage = lazyPage('the datasets', () => import('./DatasetsPage'))
export const DatasetPage = lazyPage<{ name: string }>('the dataset', () => import('./DatasetPage'))
