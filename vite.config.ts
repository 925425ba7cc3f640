import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** The workbench: built into dashboards/dist, from where the API serves it; `vite` alone passes /api on to a running one. */
export default defineConfig({
  root: 'dashboards',
  plugins: [vue()],
  build: { outDir: 'dist', emptyOutDir: true },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
