export { type KeepAliveOptions, keepAliveFetch } from './keep-alive-fetch.js';
