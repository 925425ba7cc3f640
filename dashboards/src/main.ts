import { createApp } from 'vue';
import AppRoot from './app-root.vue';
import './style/tokens.css';
import './style/base.css';

createApp(AppRoot).mount('#app');
