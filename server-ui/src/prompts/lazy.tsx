import { lazyPage } from '../ui/lazyPage'

export const PromptsPage = lazyPage('the prompts', () => import('./PromptsPage'))
export const PromptPage = lazyPage<{ name: string }>('the prompt', () => import('./PromptPage'))
