/** The second file for a page without a build: `cdn/b131-payout.parts.js`. */
import { Course, styles } from '../course/course.js';
import { drawDirect, expectDirect } from '../widget/drawing/direct.js';
import { arrive } from './imports.js';

arrive({ Course, styles, drawDirect, expectDirect });

export { Course, drawDirect, expectDirect, styles };
