import './no-eval.ts';
import { createApp } from 'vue';
import { loadLocale } from './i18n/t.ts';
import './style/tokens.css';
import './style/base.css';

await loadLocale();
const { default: AppRoot } = await import('./app-root.vue');
const { createAppRouter } = await import('./router.ts');
const router = createAppRouter();
const app = createApp(AppRoot).use(router);
await router.isReady();
app.mount('#app');
