import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** Where `npm start` listens: only for the development server. */
const api = 'http://127.0.0.1:4000'

export default defineConfig({
  root: here('.'),
  // Relative, so that a proxy may put it under any path.
  base: './',
  plugins: [react()],
  resolve: {
    alias: {
      '@colloquy/apollo/react': here('../../clients/apollo/src/react.ts'),
      '@colloquy/apollo': here('../../clients/apollo/src/main.ts'),
    },
  },
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // These know light-dark(): what stands in for it elsewhere does not see the scheme that Mantine sets.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 2_000,
  },
  server: {
    proxy: { '/graphql': { target: api, ws: true }, '/demo': api, '/files': api, '/thumbnails': api, '/uploads': api },
  },
})
