import { createApp } from 'vue';
import Earnings from './Earnings.vue';

createApp(Earnings).mount('#app');
