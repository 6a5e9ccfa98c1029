import { openFrame } from './open.js';

openFrame(window);
