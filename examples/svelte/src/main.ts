import { mount } from 'svelte';
import Earnings from './Earnings.svelte';

const target = document.querySelector('#app');
if (target) mount(Earnings, { target });
