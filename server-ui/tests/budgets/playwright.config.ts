import { defineConfig } from '@playwright/test'
import usual from '../../playwright.config'

// Budgets take no pictures to look through.
export default defineConfig({ ...usual, testDir: '.', timeout: 900_000, globalTeardown: undefined })
