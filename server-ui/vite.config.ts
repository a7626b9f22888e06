import { createHash } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { minify, type Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const output = join(root, '../server/src/main/resources/ui')

/** What the bundle is made from. BuiltUiTest recomputes the same hash in Java: keep the two in step. */
function sourceFiles(): string[] {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => join(root, 'src', path))
    .filter((path) => statSync(path).isFile())
  return [...sources, ...['index.html', 'package-lock.json', 'vite.config.ts'].map((name) => join(root, name))]
}

function stamp(): string {
  const files = sourceFiles()
    .map((path) => ({ path, name: relative(root, path).split(sep).join('/') }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const hash = createHash('sha256')
  for (const { path, name } of files) hash.update(name).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

/** Dependencies are shipped small, our own code is shipped readable: its diffs are small and anybody can follow them. */
function minifyVendor(): Plugin {
  return {
    name: 'minify-vendor',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.name === 'vendor') {
          chunk.code = (await minify(chunk.fileName, chunk.code, { module: true })).code
        }
      }
    },
  }
}

/** The list of licences that Vite writes knows scripts only; the font comes with one as well. */
function fontLicence(): Plugin {
  const licence = readFileSync(join(root, 'node_modules/@fontsource-variable/inter/LICENSE'), 'utf8')
  return {
    name: 'font-licence',
    closeBundle: () => appendFileSync(join(output, 'third-party.txt'), `\n## Inter (OFL-1.1)\n\n${licence}`),
  }
}

/** Writes build.json, by which a stale bundle is recognised without Node. */
function buildStamp(): Plugin {
  return {
    name: 'build-stamp',
    closeBundle() {
      writeFileSync(join(output, 'build.json'), `{"sources":"${stamp()}"}\n`)
      writeFileSync(join(output, '.gitattributes'), '* linguist-generated\n')
    },
  }
}

export default defineConfig(({ command }) => ({
  plugins: [react(), ...(command === 'build' ? [minifyVendor(), fontLicence(), buildStamp()] : [])],
  server: { proxy: { '/api': process.env.LANGFUSE4J_SERVER ?? 'http://127.0.0.1:3000' } },
  build: {
    outDir: output,
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    cssMinify: false,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    license: { fileName: 'third-party.txt' },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        entryFileNames: 'app.js',
        chunkFileNames: '[name].js',
        assetFileNames: (asset) => (asset.names[0]?.endsWith('.css') ? 'app.css' : '[name][extname]'),
        // What only a part of the readers needs comes with that part.
        codeSplitting: { groups: [{ name: 'vendor', test: /node_modules\/(?!diff\/)/ }] },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    // The exported page carries its styles as text.
    css: { include: [/\?raw$/] },
    testTimeout: 30_000,
    restoreMocks: true,
  },
}))
