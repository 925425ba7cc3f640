import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { textsOfPages } from './dashboards/texts-of-pages.ts';

const plugins = [
  // A standard element that Vue does not know yet.
  vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'search' } } }),
  textsOfPages(),
];

/** The workbench: built into dashboards/dist, from where the API serves it; `vite` alone passes /api on to a running one. */
export default defineConfig({
  root: 'dashboards',
  // The pages may stand below a path of the school's own host: nothing in them begins with a slash.
  base: './',
  plugins,
  build: { outDir: 'dist', emptyOutDir: true },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
